"""Shorthand for tests of groups: the cohort of the cast as one of groups, or of peers; asks and their answers."""

from typing import Any

from alongside.groups.models import Ask, Group
from alongside.groups.states import AskState
from alongside.journeys import ask_group as journey
from alongside.programmes.models import Participant
from tests.world import NOW, World, set_rules


def of_groups(world: World, *, members: int = 3, mentors: int = 2, **rules: Any) -> None:
    set_rules(world, shape={"of": "group", "members": members, "mentors": mentors}, **rules)
    _afresh(world)


def of_peers(world: World, *, members: int = 2, **rules: Any) -> None:
    applications = {"mentor": False, "mentee": {"form": "mentee-application"}}
    set_rules(world, shape={"of": "peers", "members": members, "mentors": 1}, applications=applications, **rules)
    _afresh(world)


def _afresh(world: World) -> None:
    world.cohort.refresh_from_db()
    for each in (*world.mentees, *world.mentors):
        each.cohort = world.cohort


def group_of(world: World, *people: Participant, name: str = "New cabinet") -> Group:
    return journey.make_group(world.cohort, people, name=name, by=world.carys, at=NOW)


def asked(world: World, *people: Participant, name: str = "New cabinet") -> Group:
    """A group whose people have been asked."""
    group = group_of(world, *people, name=name)
    journey.ask_group(group, by=world.carys, at=NOW)
    return fresh(group)


def fresh(group: Group) -> Group:
    found: Group = Group.objects.select_related("cohort__programme__organisation").get(pk=group.pk)
    return found


def ask_of(group: Group, participant: Participant) -> Ask:
    """What somebody was asked last, as it is in the database now."""
    rows = Ask.objects.filter(group=group, participant=participant).exclude(state=AskState.WITHDRAWN)
    rows = rows.select_related("group__cohort__programme__organisation", "participant__person", "participant__cohort")
    found: Ask = rows.latest("pk")
    return found


def yes(group: Group, participant: Participant) -> Any:
    return journey.say_yes(ask_of(group, participant), at=NOW)


def no(group: Group, participant: Participant, reason: str = "") -> None:
    journey.say_no(ask_of(group, participant), reason=reason, at=NOW)
