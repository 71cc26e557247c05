from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.audit.actions import record
from alongside.figures.measures import MEASURES, steadied
from alongside.figures.models import Awareness, Campaign, Figure, FrozenMonth, Target, Visit, Wording
from alongside.organisations.models import Network
from alongside.people.models import Person

AT_ONCE = 2000
VARIANTS = "abc"


class Cell(NamedTuple):
    """What a figure is of: a region, a sector and a topic; "" is every one."""

    region: str = ""
    sector: str = ""
    topic: str = ""


class Counted(NamedTuple):
    """How many there are, and with how many organisations."""

    number: int
    organisations: int


class FrozenAlready(ValueError):
    """Say that the figures of a month are there."""


@transaction.atomic
def freeze_month(
    network: Network, month: date, counts: Mapping[str, Mapping[Cell, Counted]], *, at: datetime
) -> FrozenMonth:
    """Keep what was counted of a month; it never changes afterwards.

    A cell that was shown in the month before and is empty now is kept as well, so that it can fall by steps.

    :raises FrozenAlready: if that month was kept before.
    """
    try:
        with transaction.atomic():
            frozen = FrozenMonth.objects.create(network=network, month=month, at=at)
    except IntegrityError:
        raise FrozenAlready(month.isoformat()) from None
    before = FrozenMonth.objects.filter(network=network, month__lt=month).last()
    for measure in MEASURES:
        Figure.objects.bulk_create(
            _figures(network, month, measure, counts.get(measure, {}), before), batch_size=AT_ONCE
        )
    return frozen


def _figures(
    network: Network, month: date, measure: str, counts: Mapping[Cell, Counted], before: FrozenMonth | None
) -> Iterable[Figure]:
    last = _steady(network, measure, before) if before else None
    for cell in dict.fromkeys([*counts, *(last or ())]):
        counted = counts.get(cell, Counted(0, 0))
        steady = steadied(counted.number, None if last is None else last.get(cell, 0))
        if counted.number or steady:
            yield Figure(
                network=network,
                month=month,
                measure=measure,
                side=MEASURES[measure].side,
                **cell._asdict(),
                count=counted.number,
                steady=steady,
                organisations=counted.organisations,
            )


def _steady(network: Network, measure: str, before: FrozenMonth) -> dict[Cell, int]:
    rows = Figure.objects.filter(network=network, month=before.month, measure=measure)
    return {Cell(*names): steady for *names, steady in rows.values_list("region", "sector", "topic", "steady")}


@transaction.atomic
def set_target(network: Network, measure: str, number: int, *, until: date, by: Person, at: datetime) -> Target:
    """Keep how many of something a network wants by a day."""
    target = Target.objects.create(network=network, measure=measure, number=number, by=until, set_at=at)
    record("set_target", target, by=by, at=at, measure=measure, number=number)
    return target


@transaction.atomic
def drop_target(target: Target, *, by: Person, at: datetime) -> None:
    """Want it no longer."""
    record("drop_target", target, by=by, at=at)
    target.delete()


@transaction.atomic
def note_awareness(
    network: Network, *, on: date, aware: int, asked: int, source: str, by: Person, at: datetime
) -> Awareness:
    """Keep what a survey found.

    :raises ValueError: if more had heard of it than were asked.
    """
    if aware > asked:
        raise ValueError(_("More had heard of it than were asked. Look at both numbers again."))
    found = Awareness.objects.create(network=network, on=on, aware=aware, asked=asked, source=source)
    record("note_awareness", found, by=by, at=at)
    return found


@transaction.atomic
def drop_awareness(found: Awareness, *, by: Person, at: datetime) -> None:
    """Take out what was noted of a survey."""
    record("drop_awareness", found, by=by, at=at)
    found.delete()


@transaction.atomic
def begin_campaign(network: Network, name: str, wordings: Iterable[str], *, by: Person, at: datetime) -> Campaign:
    """Begin a campaign with a link for each of its wordings, "a", "b" and "c".

    :raises ValueError: unless there are two or three wordings.
    """
    said = [each.strip() for each in wordings if each.strip()]
    if not 2 <= len(said) <= len(VARIANTS):
        raise ValueError(_("Write two or three wordings, so that they can be compared."))
    campaign = Campaign.objects.create(network=network, name=name, slug=_free_slug(name), begun_at=at)
    Wording.objects.bulk_create(
        Wording(campaign=campaign, variant=variant, words=words) for variant, words in zip(VARIANTS, said, strict=False)
    )
    record("begin_campaign", campaign, by=by, at=at, wordings=len(said))
    return campaign


def count_visit(wording: Wording, *, on: date) -> None:
    """Count that a link was followed on a day; nothing else is kept of it."""
    visit, _made = Visit.objects.get_or_create(wording=wording, on=on)
    Visit.objects.filter(pk=visit.pk).update(count=F("count") + 1)


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "campaign"
    taken = set(Campaign.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{n}" for n in range(2, len(taken) + 2))] if slug not in taken)
