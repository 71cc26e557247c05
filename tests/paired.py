"""Shorthand for tests inside mentorships: a pair at a stage of its life, its members, their scope and browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.test import Client

from alongside.journeys.go_on import answer_going_on
from alongside.kernel import scope
from alongside.mentorships import actions
from alongside.mentorships.clocks import months_after
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import GoingOn, MentorshipState
from alongside.programmes.models import Participant
from tests.world import NOW

S = MentorshipState
PATH = (S.INTRODUCED, S.BOOKED, S.COOLING_OFF, S.GOING_ON, S.ACTIVE)
SECRET = "SECRET between the two"
"""What is written inside a mentorship in tests: a page shown to anybody else must not contain it."""


def pair(*members: Participant, stage: MentorshipState = S.INTRODUCED, at: datetime = NOW) -> Mentorship:
    """Return a mentorship of these at a stage of its life, all on one day."""
    mentorship = actions.start_mentorship(*members, first_meeting_at=None, by=None, at=at)
    for step in PATH[1 : PATH.index(stage) + 1]:
        if step == S.BOOKED:
            actions.book_first_meeting(mentorship, starts_at=at + timedelta(days=7), by=None, at=at)
        elif step == S.COOLING_OFF:
            actions.record_first_meeting(mentorship, by=None, at=at)
        elif step == S.GOING_ON:
            for member in mentorship.members.select_related("participant__person", "mentorship"):
                answer_going_on(member, GoingOn.YES, at=at)
            mentorship.refresh_from_db()
        else:
            actions.agree(mentorship, until=months_after(at, 12), by=None, at=at)
    return mentorship


def member_in(mentorship: Mentorship, participant: Participant) -> Member:
    """The membership of somebody, as it is in the database now."""
    rows = Member.objects.select_related("participant__person", "participant__key_contact", "mentorship__programme")
    found: Member = rows.get(mentorship=mentorship, participant=participant)
    return found


@contextmanager
def inside(mentorship: Mentorship) -> Iterator[None]:
    """Work as its members may: what is written inside can be read."""
    with scope.within(scope.Scope.of(programmes=[mentorship.programme_id], mentorships=[mentorship.pk])):
        yield


def browser_of(participant: Participant) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(participant.person)
    return client
