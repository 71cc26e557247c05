"""A cohort's way from joined to introduced: counts with denominators, a median wait for each step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import QuerySet

from alongside.groups.models import Place
from alongside.matching.models import Offer
from alongside.matching.states import OfferState
from alongside.mentorships.models import Member
from alongside.mentorships.states import MentorshipState
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState, Side


@dataclass(frozen=True)
class Stage:
    """One stage: how many mentees reached it, and the median wait since the stage before (None where nobody has)."""

    name: str
    count: int
    wait: timedelta | None = None


def funnel_of(cohort: Cohort) -> list[Stage]:
    """Return the stages of a cohort's mentees: joined, ready, offered, chosen, introduced, met; of groups their own.

    Each counts the mentees who ever reached it, so no stage is larger than the one before. Withdrawn mentees count in
    the stages they reached: leaving is not hidden.
    """
    mentees = Participant.objects.filter(cohort=cohort, side=Side.MENTEE)
    offers = list(Offer.objects.filter(cohort=cohort).order_by("offered_at"))
    members = Member.objects.filter(mentorship__cohort=cohort, side=Side.MENTEE).select_related("mentorship")
    joined = dict(mentees.values_list("pk", "joined_at"))
    introduced = _first((row.participant_id, row.mentorship.introduced_at) for row in members)
    met = _first((row.participant_id, row.mentorship.met_at) for row in members)
    offered = introduced | _first((offer.mentee_id, offer.offered_at) for offer in offers)
    chosen = _first((offer.mentee_id, offer.answered_at) for offer in offers if offer.state != OfferState.DECLINED)
    if cohort.rules.shape.of != "pair":
        return _of_groups(cohort, mentees, joined, introduced, met)
    ready = set(mentees.exclude(state=ParticipantState.WAITING).values_list("pk", flat=True)) | set(offered)
    return [
        Stage("Joined", len(joined)),
        Stage("Ready to be matched", len(ready)),
        Stage("Offered mentors", len(offered), _wait(joined, offered)),
        Stage("Chose a mentor", len(chosen | introduced), _wait(offered, chosen)),
        Stage("Introduced", len(introduced), _wait(chosen, introduced)),
        Stage("First met", len(met), _wait(introduced, met)),
    ]


def _of_groups(
    cohort: Cohort,
    mentees: QuerySet[Participant],
    joined: dict[int, datetime],
    introduced: dict[int, datetime],
    met: dict[int, datetime],
) -> list[Stage]:
    """Return the stages where people work in groups: joined, ready, in a group, introduced, met."""
    places = Place.objects.filter(group__cohort=cohort, participant__side=Side.MENTEE).select_related("group")
    together = introduced | _first((place.participant_id, place.group.made_at) for place in places)
    ready = set(mentees.exclude(state=ParticipantState.WAITING).values_list("pk", flat=True)) | set(together)
    return [
        Stage("Joined", len(joined)),
        Stage("Ready to be in a group", len(ready)),
        Stage("In a group", len(together), _wait(joined, together)),
        Stage("Introduced", len(introduced), _wait(together, introduced)),
        Stage("First met", len(met), _wait(introduced, met)),
    ]


@dataclass(frozen=True)
class Figures:
    """A cohort at a glance."""

    mentors: int
    places: int
    mentees: int
    introduced: int
    running: int


def figures_of(cohort: Cohort) -> Figures:
    """Count the people of a cohort who take part, and the mentorships they are in."""
    people = Participant.objects.filter(cohort=cohort).exclude(state=ParticipantState.WITHDRAWN)
    capacities = list(people.filter(side=Side.MENTOR).values_list("capacity", flat=True))
    members = Member.objects.filter(mentorship__cohort=cohort, side=Side.MENTEE)
    running = members.exclude(mentorship__state=MentorshipState.ENDED)
    return Figures(
        mentors=len(capacities),
        places=sum(capacities),
        mentees=people.filter(side=Side.MENTEE).count(),
        introduced=members.values("participant").distinct().count(),
        running=running.count(),
    )


def _first(moments: Iterable[tuple[int, datetime | None]]) -> dict[int, datetime]:
    """Keep the earliest moment of each, leaving out those that have none."""
    first: dict[int, datetime] = {}
    for key, moment in moments:
        if moment and (key not in first or moment < first[key]):
            first[key] = moment
    return first


def _wait(before: dict[int, datetime], after: dict[int, datetime]) -> timedelta | None:
    seconds = [(after[key] - before[key]).total_seconds() for key in after if key in before]
    return timedelta(seconds=median(seconds)) if seconds else None
