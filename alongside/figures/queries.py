from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet, Sum

from alongside.figures.models import Awareness, Campaign, Figure, FrozenMonth, Target, Visit, Wording
from alongside.organisations.models import Network
from alongside.people.models import Person

ZONE = ZoneInfo("Europe/London")
"""Where a month begins and ends."""


def month_ended(at: datetime) -> date:
    """Return the first day of the last month that is over."""
    return (at.astimezone(ZONE).date().replace(day=1) - timedelta(days=1)).replace(day=1)


def networks_to_freeze(at: datetime) -> QuerySet[Network]:
    """The networks whose last month is over and not counted yet."""
    done = FrozenMonth.objects.filter(network=OuterRef("pk"), month=month_ended(at))
    return Network.objects.filter(~Exists(done)).order_by("pk")


def months_of(network: Network) -> list[date]:
    """The months of a network that were frozen, the oldest first."""
    return list(FrozenMonth.objects.filter(network=network).values_list("month", flat=True))


def figures_of_month(network: Network, month: date, measures: Iterable[str]) -> QuerySet[Figure]:
    """The figures of these measures in a month."""
    return Figure.objects.filter(network=network, month=month, measure__in=list(measures))


def targets_of(network: Network) -> QuerySet[Target]:
    """What a network wants, the nearest day first."""
    return Target.objects.filter(network=network)


def awareness_of(network: Network) -> QuerySet[Awareness]:
    """What surveys found, the oldest first."""
    return Awareness.objects.filter(network=network)


def targets_stewarded_by(person: Person) -> QuerySet[Target]:
    return Target.objects.filter(network__stewardships__person=person)


def awareness_stewarded_by(person: Person) -> QuerySet[Awareness]:
    return Awareness.objects.filter(network__stewardships__person=person)


def campaigns_stewarded_by(person: Person) -> QuerySet[Campaign]:
    """The campaigns of the networks ``person`` looks after."""
    return Campaign.objects.filter(network__stewardships__person=person).prefetch_related("wordings")


def wordings_linked() -> QuerySet[Wording]:
    """The wordings whose links anybody may follow."""
    return Wording.objects.select_related("campaign")


def visits_of(campaign: Campaign) -> dict[int, int]:
    """How often the link of each wording was followed, by its primary key."""
    rows = Visit.objects.filter(wording__campaign=campaign).order_by()
    return dict(rows.values_list("wording").annotate(n=Sum("count")))


def visits_by_month(campaign: Campaign) -> dict[tuple[date, int], int]:
    """How often the link of each wording was followed in each month."""
    found: dict[tuple[date, int], int] = {}
    for on, wording, count in Visit.objects.filter(wording__campaign=campaign).values_list("on", "wording", "count"):
        found[on.replace(day=1), wording] = found.get((on.replace(day=1), wording), 0) + count
    return found
