"""A mentor's own pages in the network, and that nobody else learns what stands there, nor where else they asked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.applications.models import Application
from alongside.enquiries.models import Enquiry
from alongside.journeys import become_mentor as journey
from alongside.kernel import clock, scope
from alongside.mentors import actions
from alongside.mentors.queries import approaches_of, invitations_to, profile_of
from alongside.people.models import Person
from tests.paired import SECRET
from tests.placed import school, trained
from tests.queries import queries_of
from tests.volunteering import SAID, offered, vic, wanting
from tests.world import LEAK, NOW, World, person

POSTED = {**{name: value for name, value in SAID.items() if value not in (None, [])}, "name": "Vic Volunteer"}
PRIVATE = ("Volunteer", "vic.volunteer@", SECRET, "Loaves")
"""What whoever finds a mentor must not see before their yes."""


@pytest.fixture
def browser(world: World) -> Client:
    client = Client()
    client.force_login(person("Vic Volunteer"))
    return client


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def others(world: World) -> Iterator[Client]:
    for who in (world.carys, world.piotr, world.olu, world.stella, world.bea.person):
        yield signed_in(who)


def test_what_was_chosen_on_the_way_stands_in_the_profile(world: World, browser: Client) -> None:
    page = text(browser, f"/me/mentor/?network={world.network.ref}&place=Swansea&topics=finance&topics=nonsense")
    assert 'value="Swansea"' in page
    assert 'value="finance" id="id_topics_5" checked' in page
    assert profile_of(person("Vic Volunteer")) is None  # reading decides nothing


def test_the_profile_is_saved_as_typed_and_leads_to_where_to_help(world: World, browser: Client) -> None:
    response = browser.post("/me/mentor/", {**POSTED, "capacity": "3"})
    assert response.headers["Location"] == "/me/mentor/offer/"
    profile = profile_of(person("Vic Volunteer"))
    assert profile is not None
    assert {name: getattr(profile, name) for name in SAID} == SAID
    assert profile.person.mentor_capacity == 3
    assert profile.shown_at is None  # nobody agrees by leaving something out


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("place", "Atlantis-upon-Nowhere", "We do not know this place"),
        ("place", "", "Write a town"),
        ("topics", [], "Tick at least one"),
        ("max_km", "-3", "0"),
        ("capacity", "1000", "100"),
        ("name", "\u200b", "Write your name in letters"),
    ],
)
def test_bad_input_says_what_is_right_and_nothing_typed_is_lost(
    browser: Client, field: str, value: object, words: str
) -> None:
    response = browser.post("/me/mentor/", {**POSTED, field: value})
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert "Thirty years of ovens." in page
    assert profile_of(person("Vic Volunteer")) is None


def test_places_say_which_programme_has_how_many(world: World) -> None:
    who = world.maya.person
    journey.write_profile(who, world.network, SAID, name=who.name, capacity=5, shown=False, at=NOW)
    page = text(signed_in(who), "/me/mentor/")
    assert "0 of 5 taken, 5 free" in page
    assert world.programme.name in page


def test_training_shows_until_when_it_holds(world: World, browser: Client) -> None:
    trained(school(world), "Vic Volunteer")
    vic(world)
    assert "by Mentor School, holds until 9 March 2028" in text(browser, "/me/mentor/")


def test_ticks_begin_applications_and_enquiries_and_home_shows_how_each_stands(world: World, browser: Client) -> None:
    there = wanting(world)
    vic(world)
    response = browser.post("/me/mentor/offer/", {"to": [each.ref for each in there.values()]}, follow=True)
    page = response.content.decode()
    assert "begun, not sent yet" in page
    assert page.count("sent, not answered yet") == 2
    again = text(browser, "/me/mentor/offer/")
    assert again.count("You wrote to them.") == 2
    assert "You have an application there." in again


def test_nothing_ticked_is_said_and_nothing_sent(world: World, browser: Client) -> None:
    wanting(world)
    vic(world)
    assert "Tick at least one." in browser.post("/me/mentor/offer/").content.decode()
    assert "Tick at least one." in browser.post("/me/mentor/offer/", {"to": "nothing"}).content.decode()


def test_a_programme_that_wants_no_mentors_is_not_to_be_ticked(world: World, browser: Client) -> None:
    there = wanting(world)
    vic(world)
    with scope.everywhere("a test"):
        type(there["quay"]).objects.filter(pk=there["quay"].pk).update(wants_mentors=False)
        browser.post("/me/mentor/offer/", {"to": there["quay"].ref})
        assert not Enquiry.objects.exists()


def test_a_change_goes_on_by_a_button_and_only_there(world: World, browser: Client) -> None:
    there = wanting(world)
    profile = vic(world)
    offered(profile, there["harbour"], there["quay"])
    assert "Send them my profile" not in text(browser, "/me/")
    actions.write_profile(profile.person, world.network, {"job_title": "Captain"}, at=NOW + timedelta(minutes=1))
    assert text(browser, "/me/").count("Send them my profile") == 2
    approach = approaches_of(profile.person).get(organisation=world.harbour)
    with clock.stopped(NOW + timedelta(minutes=2)):
        browser.post(f"/me/mentor/places/{approach.ref}/update/")
        assert text(browser, "/me/").count("Send them my profile") == 1


def test_a_profile_is_deleted_by_one_click_and_not_by_looking(world: World, browser: Client) -> None:
    vic(world)
    browser.get("/me/mentor/delete/")
    assert profile_of(person("Vic Volunteer"))
    browser.post("/me/mentor/delete/")
    assert profile_of(person("Vic Volunteer")) is None
    assert browser.get("/me/mentor/delete/").status_code == 404


def test_who_sees_what_names_each_place_and_who_may_find_them(world: World, browser: Client) -> None:
    there = wanting(world)
    profile = vic(world)
    assert "Only you." in text(browser, "/me/who-sees-what/")
    offered(profile, there["quay"])
    actions.let_be_found(profile, agreed=True, at=NOW)
    page = text(browser, "/me/who-sees-what/")
    assert "Quay Partners" in page
    assert "as you agreed on 9 March 2026" in page


# What others learn.


def test_a_profile_that_is_not_shown_is_nowhere(world: World) -> None:
    wanting(world)
    vic(world)
    for client in (Client(), *others(world)):
        for path in ("/mentors/", "/me/mentor/", "/become-a-mentor/", "/organisations/", "/find/?q=Vic", "/me/"):
            page = text(client, path)
            for words in (*PRIVATE, "Retired baker"):
                assert words not in page, (path, words)


def test_who_may_be_found_shows_no_surname_employer_or_address(world: World, as_olu: Client) -> None:
    vic(world, shown=True)
    page = text(as_olu, "/mentors/")
    assert "Retired baker, Wales" in page
    for words in PRIVATE:
        assert words not in page


def test_contact_details_come_with_the_yes_alone_and_to_whoever_asked(world: World, as_olu: Client) -> None:
    profile = vic(world, shown=True)
    as_olu.post("/mentors/", {"mentor": profile.ref, "words": "Would you?"})
    invitation = invitations_to(profile.person).get()
    assert "vic.volunteer@" not in text(as_olu, "/mentors/")
    signed_in(profile.person).post(f"/me/mentor/asked/{invitation.ref}/", {"answer": "yes"})
    page = text(as_olu, "/mentors/")
    assert "Vic Volunteer" in page
    assert "vic.volunteer@example.org" in page
    assert SECRET not in page
    assert "vic.volunteer@" not in text(signed_in(world.carys), "/mentors/")


def test_a_no_shows_nobody(world: World, as_olu: Client) -> None:
    profile = vic(world, shown=True)
    as_olu.post("/mentors/", {"mentor": profile.ref, "words": "Would you?"})
    invitation = invitations_to(profile.person).get()
    signed_in(profile.person).post(f"/me/mentor/asked/{invitation.ref}/", {"answer": "no"})
    page = text(as_olu, "/mentors/")
    assert "not this time" in page
    for words in PRIVATE:
        assert words not in page


def test_who_is_not_found_cannot_be_asked_and_words_are_wanted(world: World, as_olu: Client) -> None:
    profile = vic(world)
    assert as_olu.post("/mentors/", {"mentor": profile.ref, "words": "x"}).status_code == 404
    actions.let_be_found(profile, agreed=True, at=NOW)
    assert "Write a sentence or two" in as_olu.post("/mentors/", {"mentor": profile.ref}).content.decode()
    assert not invitations_to(profile.person).exists()


@pytest.mark.parametrize("who", ["bea", "stella"])
def test_only_coordinators_find_mentors(world: World, who: str) -> None:
    vic(world, shown=True)
    someone = world.bea.person if who == "bea" else world.stella
    assert signed_in(someone).get("/mentors/").status_code == 404
    assert Client().get("/mentors/").status_code == 302


def test_no_organisation_learns_where_else_somebody_asked_nor_of_their_places(world: World) -> None:
    there = wanting(world)
    profile = vic(world, capacity=77)
    offered(profile, *there.values())
    with scope.everywhere("a test"):
        application = Application.objects.get()
        Application.objects.update(state="sent", sent_at=NOW, due_at=NOW + timedelta(days=9))
        enquiries = {each.organisation_id: each for each in Enquiry.objects.all()}
    olu, carys = signed_in(world.olu), signed_in(world.carys)
    mine = enquiries[world.elsewhere.pk]
    page = text(olu, f"/enquiries/{mine.ref}/")
    assert SECRET in page  # what came to them they read
    for words in ("Harbour", "Quay", LEAK, "77"):
        assert words not in page
    assert olu.get(f"/enquiries/{enquiries[world.quay.pk].ref}/").status_code == 404
    assert olu.get(f"/applications/{application.ref}/").status_code == 404
    page = text(carys, f"/applications/{application.ref}/")
    assert "Vic Volunteer" in page
    for words in ("Quay Partners", "Elsewhere", "77"):
        assert words not in page


def test_others_do_not_open_what_is_a_mentors_own(world: World) -> None:
    there = wanting(world)
    profile = vic(world, shown=True)
    (approach,) = offered(profile, there["quay"])
    invitation = journey.invite(profile, world.harbour, f"Would you? {SECRET}", by=world.carys, at=NOW)
    doors = [reverse("update_there", args=[approach.ref]), reverse("my_invitation", args=[invitation.ref])]
    for client in others(world):
        for door in doors:
            assert client.post(door, {"answer": "yes"}).status_code == 404
    for door in doors:
        assert Client().post(door).status_code == 302
    invitation.refresh_from_db()
    assert invitation.state == "asked"


def test_the_application_says_who_trained_them(world: World) -> None:
    there = wanting(world)
    trained(school(world), "Vic Volunteer")
    offered(vic(world), there["harbour"])
    with scope.everywhere("a test"):
        Application.objects.update(state="sent", sent_at=NOW, due_at=NOW + timedelta(days=9))
        application = Application.objects.get()
    page = text(signed_in(world.carys), f"/applications/{application.ref}/")
    assert "Mentor School" in page
    assert "holds until 9 March 2028" in page


def test_home_asks_as_much_for_one_place_as_for_three(world: World, browser: Client) -> None:
    there = wanting(world)
    profile = vic(world)
    offered(profile, there["quay"])
    one = queries_of(browser, "/me/")
    offered(profile, there["elsewhere"])
    assert queries_of(browser, "/me/") == one


def test_the_list_of_mentors_asks_as_much_for_one_as_for_two(world: World, as_olu: Client) -> None:
    vic(world, shown=True)
    one = queries_of(as_olu, "/mentors/")
    who = world.maya.person
    journey.write_profile(who, world.network, SAID, name=who.name, capacity=5, shown=True, at=NOW)
    assert queries_of(as_olu, "/mentors/") == one
    assert "<h2>Maya</h2>" in text(as_olu, "/mentors/?topic=finance&region=Wales")
    assert "<h2>Maya</h2>" not in text(as_olu, "/mentors/?topic=export")
    assert "<h2>Maya</h2>" not in text(as_olu, "/mentors/?region=Scotland")
