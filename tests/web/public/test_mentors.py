"""Becoming a mentor, for everybody: where mentors are wanted, before anybody says who they are."""

import pytest
from django.test import Client

from alongside.directory.models import Search
from alongside.finding.vocabulary import label
from alongside.mentors.begin_links import Beginning, begin_token
from alongside.notifications.models import Email
from alongside.people.models import Person
from alongside.web.shared.mentors.offers import need_of, wanting
from alongside.web.shared.mentors.wanted import wanted
from tests import volunteering
from tests.world import NOW, World


def looked_for(world: World, topic: str, number: int, region: str = "Wales") -> None:
    for _ in range(number):
        Search.objects.create(network=world.network, on=NOW.date(), region=region, topics=[topic], found=0)


def text(path: str) -> str:
    return Client().get(path).content.decode()


def test_what_is_missing_most_stands_first(world: World) -> None:
    volunteering.wanting(world)
    looked_for(world, "export", 7)
    looked_for(world, "finance", 20)
    looked_for(world, "sales", 9, region="Scotland")
    assert [each.topic for each in wanted(world.network)] == ["finance", "sales", "export"]
    assert [each.topic for each in wanted(world.network, region="Wales")] == ["finance", "export"]
    assert [each.topic for each in wanted(world.network, topics=["export"])] == ["export"]


def test_free_places_are_held_against_it(world: World) -> None:
    offering = volunteering.wanting(world)["quay"]
    type(offering).unscoped.filter(pk=offering.pk).update(free_places=8)
    looked_for(world, "sales", 9)
    assert [each.gap for each in wanted(world.network)] == [1]
    looked_for(world, "export", 3)
    type(offering).unscoped.filter(pk=offering.pk).update(free_places=9)
    assert [each.topic for each in wanted(world.network)] == ["export"]


def test_small_numbers_and_what_is_long_ago_are_not_said(world: World) -> None:
    looked_for(world, "export", 3)
    Search.objects.create(network=world.network, on=NOW.date().replace(year=2025), topics=["law"], found=0)
    (found,) = wanted(world.network)
    assert found.words == "Looked for a few times in three months. Free places: none."


def test_only_programmes_that_want_mentors_are_shown_the_best_fit_first(world: World) -> None:
    there = volunteering.wanting(world)
    need = need_of(topics=["sales"], sectors=[], place="")
    assert wanting(world.network, need)[0].offering == there["quay"]
    type(there["quay"]).unscoped.filter(pk=there["quay"].pk).update(wants_mentors=False)
    assert there["quay"].ref not in [each.ref for each in wanting(world.network, need)]


def test_one_sees_where_before_saying_who_one_is(world: World) -> None:
    volunteering.wanting(world)
    looked_for(world, "finance", 20)
    page = text("/become-a-mentor/?place=Swansea&topics=finance")
    assert "Wanted most: Wales" in page
    assert label("topics", "finance") in page
    assert "Mentors for Harbour Enterprise" in page
    assert not Person.objects.filter(email__contains="vic").exists()


@pytest.mark.parametrize(
    "query", ["?place=Atlantis-upon-Nowhere", "?topics=nonsense", "?network=nothing", "?place=" + "x" * 999]
)
def test_what_means_nothing_to_us_breaks_nothing(world: World, query: str) -> None:
    volunteering.wanting(world)
    assert Client().get(f"/become-a-mentor/{query}").status_code == 200


def test_an_unknown_place_is_said(world: World) -> None:
    volunteering.wanting(world)
    assert "We do not know this place" in text("/become-a-mentor/?place=Atlantis-upon-Nowhere")


def test_the_link_goes_by_email_and_what_was_chosen_along(world: World) -> None:
    volunteering.wanting(world)
    client = Client()
    client.post("/become-a-mentor/?topics=finance&place=Swansea", {"name": "New", "email": "new@example.org"})
    assert not Person.objects.filter(email="new@example.org").exists()
    letter = Email.objects.get(to="new@example.org").text
    path = "/become-a-mentor/" + letter.split("/become-a-mentor/")[1].split()[0]
    client.get(path)
    assert not Person.objects.filter(email="new@example.org").exists()  # a mail scanner fetches
    response = client.post(path)
    assert response.headers["Location"].startswith("/me/mentor/?")
    assert "topics=finance" in response.headers["Location"]
    assert client.get(response.headers["Location"]).status_code == 200
    assert Client().post(path).status_code == 404  # spent by the sign-in


def test_a_wrong_address_is_said_and_the_name_kept(world: World) -> None:
    page = Client().post("/become-a-mentor/", {"name": "New", "email": "new"}).content.decode()
    assert "Write a whole address" in page
    assert 'value="New"' in page


def test_a_link_that_does_not_work_says_so(world: World) -> None:
    assert Client().get("/become-a-mentor/nothing/").status_code == 404
    gone = begin_token(Beginning("nowhere", "New", "new@example.org"))
    assert Client().post(f"/become-a-mentor/{gone}/").status_code == 404


def test_where_there_is_no_network_there_is_no_page(db: None) -> None:
    assert Client().get("/become-a-mentor/").status_code == 404
