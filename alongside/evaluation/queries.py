from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.evaluation.clocks import LATE, REMIND_AFTER
from alongside.evaluation.models import FollowUp, Pulse
from alongside.mentorships.clocks import months_before
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import mentorships_run_by
from alongside.mentorships.states import WORKING, MentorshipState
from alongside.people.models import Person
from alongside.programmes.queries import each_by_rule

LOW = 2
DROP = 2
A_DAY = timedelta(days=1)  # an hour more or less, in March and October, is looked at by whoever is due


class Signal(NamedTuple):
    """How a mentorship goes, as its members last said each, and whether that asks for a look."""

    scores: tuple[int, ...] = ()
    low: bool = False
    call_wanted: bool = False


def signals_of(mentorships: Iterable[Mentorship]) -> dict[int, Signal]:
    """What the pulses of each mentorship say together, by primary key, in one query; without any, nothing.

    Low is a last score of 2 or less, or one that is 2 or more below the one before it.
    """
    rows = Pulse.objects.filter(mentorship__in=[m.pk for m in mentorships], answered_at__isnull=False)
    rows = rows.filter(member__left_at=None).order_by("due_on", "pk")
    said: dict[int, dict[int, list[int]]] = {}
    calls: set[int] = set()
    columns = ("mentorship", "member", "score", "call_wanted", "call_done_at")
    for mentorship, member, score, call_wanted, call_done_at in rows.values_list(*columns):
        said.setdefault(mentorship, {}).setdefault(member, []).extend([score] if score else [])
        if call_wanted and call_done_at is None:
            calls.add(mentorship)
    return {key: _signal(list(scores.values()), key in calls) for key, scores in said.items()}


def _signal(scores: list[list[int]], call_wanted: bool) -> Signal:
    last = [each[-1] for each in scores if each]
    drops = [each[-2] - each[-1] for each in scores if len(each) > 1]
    low = any(score <= LOW for score in last) or any(drop >= DROP for drop in drops)
    return Signal(tuple(sorted(last)), low, call_wanted)


def pulses_run_by(person: Person) -> QuerySet[Pulse]:
    """The pulses of the mentorships ``person`` watches over."""
    rows = Pulse.objects.filter(mentorship__in=mentorships_run_by(person).order_by().values("pk"))
    return rows.select_related("member__participant__person", "mentorship__cohort__programme")


def calls_wanted(person: Person) -> QuerySet[Pulse]:
    """The pulses in which somebody asks ``person`` to call, and nobody has yet."""
    return pulses_run_by(person).filter(call_wanted=True, call_done_at=None)


def pulses_of(member: Member) -> list[Pulse]:
    """What one member was asked, the earliest first: for that member's own eyes."""
    return list(Pulse.objects.filter(member=member).order_by("due_on"))


def pulse_of(member: Member, ref: str) -> Pulse | None:
    found: Pulse | None = Pulse.objects.filter(member=member, ref=ref).first()
    return found


def open_pulses(members: Iterable[Member], *, at: datetime) -> list[Pulse]:
    """What these members were asked of late and have not answered."""
    rows = Pulse.objects.filter(member__in=[m.pk for m in members], answered_at=None, asked_at__gt=at - LATE)
    return list(rows.order_by("due_on"))


def mentorships_to_ask(at: datetime) -> QuerySet[Mentorship]:
    """The mentorships in which the rhythm of their programme has gone by since their members were last asked."""

    def due(days: int) -> Q:
        rhythm = timedelta(days=days)
        asked = Pulse.objects.filter(mentorship=OuterRef("pk"), due_on__gt=(at - rhythm).date())
        return Q(~Exists(asked), going_on_at__lte=at - rhythm + A_DAY)

    rows = Mentorship.objects.filter(each_by_rule(lambda rules: rules.pulse.rhythm_days, due), state__in=WORKING)
    return rows.select_related("programme__organisation", "cohort")


def pulses_to_remind(at: datetime) -> QuerySet[Pulse]:
    """The questions nobody answered or was reminded of, asked some days ago, where the two still work together."""
    rows = Pulse.objects.filter(answered_at=None, reminded_at=None, asked_at__gt=at - LATE)
    rows = rows.filter(asked_at__lte=at - timedelta(days=REMIND_AFTER) + A_DAY, mentorship__state__in=WORKING)
    return rows.filter(member__left_at=None).select_related(
        "member__participant__person", "member__participant__key_contact", "member__mentorship__programme__organisation"
    )


def mentorships_to_follow_up(at: datetime) -> QuerySet[Mentorship]:
    """The mentorships that ended after the two had gone on, for which it is not planned yet to ask what came of it."""
    rows = Mentorship.objects.filter(state=MentorshipState.ENDED, going_on_at__isnull=False)
    rows = rows.filter(ended_at__gt=at - timedelta(days=90), followups=None)
    return rows.select_related("programme__organisation")


def follow_ups_due(at: datetime) -> QuerySet[FollowUp]:
    """The questions what became of a mentorship that are to be asked by ``at``."""
    rows = FollowUp.objects.filter(due_at__lte=at, asked_at=None)
    return rows.select_related(
        "member__participant__person", "member__participant__key_contact", "member__mentorship__programme__organisation"
    )


def follow_up_of(member: Member, ref: str) -> FollowUp | None:
    found: FollowUp | None = FollowUp.objects.filter(member=member, ref=ref).first()
    return found


def pulses_to_forget(at: datetime) -> QuerySet[Pulse]:
    """The pulses kept long enough as somebody's, but for those in which a call is wanted that nobody has made."""
    rows = Pulse.objects.filter(_asked_long_ago(at)).exclude(call_wanted=True, call_done_at=None)
    return rows.order_by("pk")


def follow_ups_to_forget(at: datetime) -> QuerySet[FollowUp]:
    """The follow-ups kept long enough as somebody's."""
    return FollowUp.objects.filter(_asked_long_ago(at)).order_by("pk")


def _asked_long_ago(at: datetime) -> Q:
    return each_by_rule(
        lambda rules: rules.kept.answers_months,
        lambda months: Q(asked_at__lte=months_before(at, months)),
        cohort="mentorship__cohort",
    )


def mentorships_with_answers_to_forget(at: datetime) -> QuerySet[Mentorship]:
    """The mentorships of which there are pulses or follow-ups kept long enough."""
    pulses = pulses_to_forget(at).order_by().values("mentorship")
    follow_ups = follow_ups_to_forget(at).order_by().values("mentorship")
    return Mentorship.objects.filter(Q(pk__in=pulses) | Q(pk__in=follow_ups)).order_by("pk")


def told_of(mentorship: Mentorship) -> list[FollowUp]:
    """What members said became of it, for the coordinators."""
    rows = FollowUp.objects.filter(mentorship=mentorship, answered_at__isnull=False)
    return list(rows.select_related("member__participant__person").order_by("due_at", "pk"))
