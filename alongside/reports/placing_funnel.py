"""What became of volunteers: an honest funnel, from whoever came to whoever serves, and those who were never asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.mentorships.queries import Served, served_counts
from alongside.people.models import Person
from alongside.placing.models import Volunteer
from alongside.placing.queries import never_asked, placed_as, placed_from, run_out, volunteers_run_by
from alongside.placing.validity import day_of
from alongside.programmes.models import Participant, Programme
from alongside.programmes.states import Side


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


def placed_of(programme: Programme, by: Person, *, at: datetime) -> Placed:
    """Count the volunteers of a programme, for who runs it. Recruited is whoever came into it as a mentor."""
    volunteers = volunteers_run_by(by).filter(programme=programme)
    yes = placed_from(programme)
    served = _serving(yes)
    placing = programme.rules.placing
    return Placed(
        recruited=Participant.objects.filter(programme=programme, side=Side.MENTOR).count(),
        trained=volunteers.count(),
        asked=volunteers.filter(times_asked__gt=0).count(),
        said_yes=len(yes),
        served=len(served),
        serving=sum(each.running > 0 for each in served.values()),
        mentorships=sum(each.running for each in served.values()),
        ended=sum(each.ended for each in served.values()),
        never_asked=never_asked(by, at).filter(programme=programme).count(),
        run_out=run_out(by, day_of(at)).filter(programme=programme).count(),
        waiting_days=placing.waiting_days if placing else 0,
    )


def serving_of(volunteers: Sequence[Volunteer]) -> dict[int, Served]:
    """How many mentorships volunteers have and had where they were placed, by primary key; zeros are not listed."""
    return _serving(placed_as(volunteers))


def _serving(where: Mapping[int, Mapping[int, datetime]]) -> dict[int, Served]:
    counts = served_counts({pk: since for placed in where.values() for pk, since in placed.items()})
    return {
        volunteer: _together(counts[pk] for pk in placed if pk in counts)
        for volunteer, placed in where.items()
        if any(pk in counts for pk in placed)
    }


def _together(served: Iterable[Served]) -> Served:
    found = list(served)
    return Served(sum(each.running for each in found), sum(each.ended for each in found))
