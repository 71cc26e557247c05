"""What became of volunteers: an honest funnel, from whoever came to whoever serves, and those who were never asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.mentorships.queries import Served, served_counts
from alongside.placing.models import Volunteer
from alongside.placing.queries import placed_as
from alongside.placing.validity import day_of
from alongside.programmes.models import Participant, Programme
from alongside.programmes.states import ParticipantState, Side


@dataclass(frozen=True)
class Placed:
    """What came of volunteers, each stage a part of the one before; whoever left counts where they had come to.

    ``mentorships`` are those that run, ``ended`` those that were; two numbers, whoever they are with.
    """

    recruited: int
    trained: int
    asked: int
    said_yes: int
    served: int
    serving: int
    mentorships: int
    ended: int
    never_asked: int
    run_out: int
    waiting_days: int


def placed_of(programme: Programme, *, at: datetime) -> Placed:
    """Count the volunteers of a programme. Recruited is whoever came into a cohort of it as a mentor."""
    people = Participant.objects.filter(programme=programme, side=Side.MENTOR)
    volunteers = list(Volunteer.objects.filter(programme=programme).select_related("participant"))
    served = serving_of(volunteers)
    yes = placed_as(volunteers)
    placing = programme.rules.placing
    days = placing.waiting_days if placing else 0
    return Placed(
        recruited=people.count(),
        trained=len(volunteers),
        asked=sum(each.times_asked > 0 for each in volunteers),
        said_yes=len(yes),
        served=len(served),
        serving=sum(each.running > 0 for each in served.values()),
        mentorships=sum(each.running for each in served.values()),
        ended=sum(each.ended for each in served.values()),
        never_asked=sum(_forgotten(each, days, at) for each in volunteers),
        run_out=sum(_ran_out(each, at) for each in volunteers),
        waiting_days=days,
    )


def serving_of(volunteers: Sequence[Volunteer]) -> dict[int, Served]:
    """How many mentorships volunteers have and had where they were placed, by primary key; zeros are not listed."""
    where = placed_as(volunteers)
    counts = served_counts({pk: since for placed in where.values() for pk, since in placed.items()})
    return {
        volunteer: _together(counts[pk] for pk in placed if pk in counts)
        for volunteer, placed in where.items()
        if any(pk in counts for pk in placed)
    }


def _together(served: Iterable[Served]) -> Served:
    found = list(served)
    return Served(sum(each.running for each in found), sum(each.ended for each in found))


def _forgotten(volunteer: Volunteer, days: int, at: datetime) -> bool:
    """Whether somebody who could be asked was never asked for so many days."""
    here = volunteer.participant.state == ParticipantState.READY and volunteer.holds_on(day_of(at))
    waits = not volunteer.times_asked and volunteer.paused_at is None
    return here and waits and volunteer.trained_at + timedelta(days=days) <= at


def _ran_out(volunteer: Volunteer, at: datetime) -> bool:
    return volunteer.participant.state == ParticipantState.READY and not volunteer.holds_on(day_of(at))
