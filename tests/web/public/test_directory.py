"""The directory as visitors see it."""

import pytest
from django.core import mail
from django.test import Client

from alongside.directory import actions
from alongside.directory.models import Claim, Listing, Search
from alongside.directory.states import ListingState
from alongside.finding.offers import Standing
from alongside.kernel import scope
from alongside.notifications.models import Email
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from tests.listed import list_organisation
from tests.world import LEAK, NOW, World


def text(client: Client, url: str, **data: object) -> str:
    page = client.get(url, data)
    assert page.status_code == 200, (url, page.status_code)
    return page.content.decode()


def link_in(email: Email) -> str:
    """The address of the one button of a letter, without the host."""
    url = next(word for word in email.text.split() if word.startswith("http"))
    return "/" + url.split("/", 3)[3]


def test_a_visitor_finds_an_organisation_by_their_own_words_and_reads_why(world: World, client: Client) -> None:
    list_organisation(world)
    page = text(client, "/find/", q="cashflow in my bakery", place="Liverpool")
    assert "Harbour Enterprise" in page
    assert "Helps with: Cash flow and finance" in page
    assert "Not assessed" in page


def test_the_search_without_a_word_is_a_form_and_counts_nothing(world: World, client: Client) -> None:
    list_organisation(world)
    assert "What would you like help with?" in text(client, "/find/")
    assert not Search.objects.exists()


def test_each_search_counts_once_and_the_second_page_does_not(world: World, client: Client) -> None:
    list_organisation(world)
    text(client, "/find/", q="finance")
    text(client, "/find/", q="finance", page=2)
    assert Search.objects.count() == 1


def test_a_search_that_finds_nothing_offers_a_way_on(world: World, client: Client) -> None:
    list_organisation(world, online=False)
    page = text(client, "/find/", q="learn the harp", place="Penzance", how="in_person")
    assert "/enquire/" in page
    assert "Only say that it is missing" in page


def test_who_says_that_something_is_missing_is_counted_and_thanked(world: World, client: Client) -> None:
    list_organisation(world)
    answer = client.post("/find/missing/", {"q": "export", "place": "Leeds"}, follow=True)
    assert "counts what is missing" in answer.content.decode()
    assert list(Search.objects.filter(missed=True).values_list("topics", "region")) == [
        (["export"], "Yorkshire and The Humber")
    ]


@pytest.mark.parametrize(
    "bad", ["sector=nonsense", "topics=nonsense", "page=-1", "page=x", "region=Atlantis", "q=%00", "q=" + "a" * 900]
)
def test_no_address_breaks_the_search(world: World, client: Client, bad: str) -> None:
    list_organisation(world)
    assert client.get(f"/find/?q=finance&{bad}").status_code in (200, 400)


def test_a_listing_shows_what_is_public_and_nothing_of_its_people(world: World, client: Client) -> None:
    listing = list_organisation(world, about="Bring **your books**.", website="https://harbour.example.org/")
    with scope.within(world.harbour_scope):
        actions.add_offering(listing, name="First Steps", by=world.carys, at=NOW, topics=["finance"])
    page = text(client, "/organisations/harbour-enterprise/")
    assert "<strong>your books</strong>" in page
    assert "First Steps" in page
    assert 'itemtype="https://schema.org/Organization"' in page
    assert "not reported" in page
    for secret in (LEAK, "Maya", "Bea", "carys.coordinator", listing.email):
        assert secret not in page


def test_markup_in_a_listing_does_nothing(world: World, client: Client) -> None:
    list_organisation(world, about="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>")
    page = text(client, "/organisations/harbour-enterprise/")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("state", [s for s in ListingState if s != ListingState.LISTED])
def test_a_page_that_is_not_in_the_directory_is_not_there(world: World, client: Client, state: ListingState) -> None:
    listing = list_organisation(world)
    Listing.unscoped.filter(pk=listing.pk).update(state=state)
    for url in ("/organisations/harbour-enterprise/", "/organisations/harbour-enterprise/claim/"):
        assert client.get(url).status_code == 404
    assert "Harbour" not in text(client, "/organisations/")
    assert "harbour" not in text(client, "/sitemap.xml")


def test_what_an_assessment_came_to_is_said_in_plain_words(world: World, client: Client) -> None:
    listing = list_organisation(world)
    with scope.within(world.harbour_scope):
        actions.set_standing(listing, Standing.ASSESSED, since=NOW.date(), until=None, by=None, at=NOW)
    page = text(client, "/organisations/harbour-enterprise/")
    assert "Assessed, March 2026" in page
    assert "Two independent assessors judged its evidence" in page


def test_people_in_figures_of_a_listing_are_counted_in_fives(world: World, client: Client) -> None:
    listing = list_organisation(world, runs_here=True)
    with scope.within(world.harbour_scope):
        actions.keep_measured(listing, {"mentors": 3, "mentorships": 13, "free_places": 7}, places={}, at=NOW)
    page = text(client, "/organisations/harbour-enterprise/")
    assert "fewer than 5" in page
    assert ">15<" in page
    assert ">13<" not in page


def test_the_search_can_be_framed_by_other_sites_and_no_other_page_can(world: World, client: Client) -> None:
    framed = client.get("/find/embedded/")
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert not framed.cookies
    other = client.get("/find/")
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    assert other.headers["X-Frame-Options"] == "DENY"


def test_search_engines_are_told_of_the_directory_alone(world: World, client: Client) -> None:
    list_organisation(world)
    assert "http://testserver/organisations/harbour-enterprise/" in text(client, "/sitemap.xml")
    assert "Disallow: /me/" in text(client, "/robots.txt")


def test_an_organisation_comes_from_nothing_to_listed(world: World, client: Client) -> None:
    told = {"organisation": "Copper Kettle Mentors", "name": "Ana Silva", "email": "Ana@kettle.example.org"}
    assert "Look at your email" in client.post("/organisations/add/", told).content.decode()
    assert not Organisation.objects.filter(name="Copper Kettle Mentors").exists()
    assert not Person.objects.filter(email="ana@kettle.example.org").exists()
    email = Email.objects.get(kind="confirm_joining")
    link = link_in(email)
    assert client.get(link).status_code == 200
    assert not Organisation.objects.filter(name="Copper Kettle Mentors").exists()
    mine = client.post(link).headers["Location"]
    client.post(f"{mine}about/", {"summary": "Tea and accounts.", "email": "hello@kettle.example.org"})
    client.post(f"{mine}for-whom/", {"topics": ["finance"]})
    client.post(f"{mine}where/", {"ways": ["in_person"], "towns": "Hexham, 40", "cost": "free"})
    client.post(f"{mine}move/", {"move": "send"})
    assert "Copper Kettle" not in text(client, "/organisations/")
    steward = Client()
    steward.force_login(world.stella)
    listing = Listing.unscoped.get(organisation__name="Copper Kettle Mentors")
    assert "Copper Kettle" in text(steward, "/network/listings/")
    steward.post(f"/network/listings/{listing.ref}/", {"move": "list"})
    assert "Tea and accounts." in text(Client(), "/organisations/copper-kettle-mentors/")
    assert Email.objects.filter(kind="tell_listed", to="ana@kettle.example.org").exists()


def test_a_link_to_begin_is_spent_by_the_sign_in_it_led_to(world: World, client: Client) -> None:
    client.post("/organisations/add/", {"organisation": "Once", "name": "Ana", "email": "ana@kettle.example.org"})
    link = link_in(Email.objects.get(kind="confirm_joining"))
    client.post(link)
    assert Client().post(link).status_code == 404


def test_nobodys_inbox_is_flooded_by_who_types_their_address(world: World, client: Client) -> None:
    list_organisation(world)
    for number in range(6):
        client.post("/organisations/add/", {"organisation": f"Org {number}", "name": "Mal", "email": "Ana@example.org"})
        client.post("/organisations/harbour-enterprise/claim/", {"name": "Mal", "email": "ana@example.org"})
    assert Email.objects.filter(kind="confirm_joining", to="ana@example.org").count() == 3
    assert Email.objects.filter(kind="confirm_claim", to="ana@example.org").count() == 3


def test_nobody_takes_the_name_of_an_organisation_that_is_there(world: World, client: Client) -> None:
    told = {"organisation": "harbour enterprise", "name": "Mal", "email": "mal@example.org"}
    page = client.post("/organisations/add/", told).content.decode()
    assert "is in this network already" in page
    assert not Email.objects.exists()
    assert not mail.outbox


def test_who_works_for_a_listed_organisation_claims_its_entry_and_a_steward_decides(
    world: World, client: Client
) -> None:
    listing = list_organisation(world, world.elsewhere)
    told = {"name": "Ana Silva", "email": "ana@elsewhere.example.org", "words": "I run it."}
    client.post("/organisations/elsewhere-trust/claim/", told)
    assert not Claim.unscoped.exists()
    link = link_in(Email.objects.get(kind="confirm_claim"))
    client.post(link)
    client.post(link)
    claim = Claim.unscoped.get()
    assert Email.objects.filter(kind="tell_stewards_of_claim").count() == 1
    assert not Person.objects.filter(email="ana@elsewhere.example.org").exists()
    steward = Client()
    steward.force_login(world.stella)
    assert "I run it." in text(steward, "/network/listings/")
    steward.post(f"/network/claims/{claim.ref}/", {"decide": "accept"})
    ana = Client()
    ana.force_login(Person.objects.get(email="ana@elsewhere.example.org"))
    assert text(ana, f"/listings/{listing.ref}/")


def test_a_claim_that_is_declined_gives_nobody_anything(world: World, client: Client) -> None:
    list_organisation(world, world.elsewhere)
    client.post("/organisations/elsewhere-trust/claim/", {"name": "Mal", "email": "mal@example.org"})
    client.post(link_in(Email.objects.get(kind="confirm_claim")))
    steward = Client()
    steward.force_login(world.stella)
    steward.post(f"/network/claims/{Claim.unscoped.get().ref}/", {"decide": "decline"})
    assert not Person.objects.filter(email="mal@example.org").exists()
    assert Email.objects.filter(kind="tell_claim_declined", to="mal@example.org").exists()


@pytest.mark.parametrize("purpose", ["begin", "claim"])
def test_a_link_that_was_not_made_here_opens_nothing(world: World, client: Client, purpose: str) -> None:
    assert client.get(f"/organisations/{purpose}/eyJhIjoxfQ:1abc:xyz/").status_code == 404
