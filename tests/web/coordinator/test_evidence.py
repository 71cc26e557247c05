"""Evidence for whoever pays: that people met, how often and how long; nobody else's name, no pulse, no word."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from tests.paired import browser_of, pair
from tests.queries import queries_of
from tests.world import NOW, World, set_rules


def page(world: World) -> str:
    return reverse("evidence", args=[world.cohort.ref])


def file(world: World, kind: str) -> str:
    return reverse("export_evidence", args=[world.cohort.ref, kind])


def met(world: World, mentee: object) -> Mentorship:
    return pair(world.maya, mentee, stage=MentorshipState.ACTIVE, at=NOW - timedelta(days=40))  # type: ignore[arg-type]


def test_where_nobody_is_to_be_shown_anything_there_is_no_such_page(world: World, as_carys: Client) -> None:
    met(world, world.bea)
    for url in (page(world), file(world, "csv")):
        assert as_carys.get(url).status_code == 404
    assert "Evidence for" not in as_carys.get(reverse("cohort_mentorships", args=[world.cohort.ref])).content.decode()


def test_it_says_who_met_how_often_and_nothing_of_the_other_side(world: World, as_carys: Client) -> None:
    set_rules(world, seen={"funder": "the lender"})
    met(world, world.bea)
    shown = as_carys.get(page(world)).content.decode()
    csv = as_carys.get(file(world, "csv")).content.decode("utf-8-sig")
    for text in (shown, csv):
        assert world.bea.person.name in text
        assert world.maya.person.name not in text.split("<main")[-1]
        assert "ulse" not in text.split("<main")[-1]
    assert csv.splitlines()[0] == "Mentee,Introduced,Ended,Meetings,Hours"
    assert csv.splitlines()[1].split(",")[-2:] == ["1", "0.0"]
    assert as_carys.get(file(world, "xlsx")).content[:2] == b"PK"
    link = as_carys.get(reverse("cohort_mentorships", args=[world.cohort.ref])).content.decode()
    assert "Evidence for the lender" in link


def test_its_people_are_told(world: World) -> None:
    seen = reverse("who_sees_what")
    assert "Pays for the programme" not in browser_of(world.bea).get(seen).content.decode()
    set_rules(world, seen={"funder": "the lender"})
    told = browser_of(world.bea).get(seen).content.decode()
    assert "the lender" in told
    assert "Pays for the programme" in told


def test_nobody_elsewhere_finds_it(world: World, as_olu: Client) -> None:
    set_rules(world, seen={"funder": "the lender"})
    for url in (page(world), file(world, "csv")):
        assert as_olu.get(url).status_code == 404
        assert Client().get(url).status_code == 302


def test_more_mentorships_take_no_more_queries(world: World, as_carys: Client) -> None:
    set_rules(world, seen={"funder": "the lender"})
    world.maya.capacity = 5
    world.maya.save()
    met(world, world.mentees[0])
    one = queries_of(as_carys, page(world))
    for mentee in world.mentees[1:3]:
        met(world, mentee)
    assert queries_of(as_carys, page(world)) == one
