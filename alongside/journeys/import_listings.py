"""Organisations of a spreadsheet into the directory, by a steward; dropping it again doubles nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from alongside.directory import actions
from alongside.directory.models import Listing
from alongside.directory.reading import Entry
from alongside.organisations.actions import found_organisation
from alongside.organisations.models import Network, Organisation
from alongside.organisations.queries import coordinators_of
from alongside.people.models import Person


class Fate(StrEnum):
    """What is to be done with a row."""

    NEW = "new"
    CHANGED = "changed"
    THEIRS = "theirs"  # looked after by its own people: left alone
    STOPPED = "stopped"


@dataclass(frozen=True)
class Planned:
    """A row and what is to be done with it."""

    entry: Entry
    fate: Fate


def plan_import(network: Network, entries: Sequence[Entry]) -> list[Planned]:
    """Say what would be done with each row; nothing is changed."""
    there = {row.name.casefold(): row for row in Organisation.objects.filter(network=network)}
    return [Planned(each, _fate(each, there.get(each.name.casefold()))) for each in entries]


@transaction.atomic
def import_listings(network: Network, entries: Sequence[Entry], *, by: Person, at: datetime) -> dict[Fate, int]:
    """Put the organisations of a sheet into the directory, all or none, and return how many of each fate there were."""
    planned = plan_import(network, entries)
    for each in planned:
        if each.fate in (Fate.NEW, Fate.CHANGED):
            _put_in(network, each.entry, by=by, at=at)
    return {fate: sum(each.fate == fate for each in planned) for fate in Fate}


def _fate(entry: Entry, there: Organisation | None) -> Fate:
    if entry.stopped:
        return Fate.STOPPED
    if there is None:
        return Fate.NEW
    return Fate.THEIRS if coordinators_of([there.pk]).exists() else Fate.CHANGED


def _put_in(network: Network, entry: Entry, *, by: Person, at: datetime) -> None:
    organisation = Organisation.objects.filter(network=network, name__iexact=entry.name).first()
    if organisation is None:
        organisation = found_organisation(network, name=entry.name)
    listing: Listing | None = Listing.objects.filter(organisation=organisation).first()
    if listing is None:
        listing = actions.write_listing(organisation, by=by, at=at, **entry.said)
        actions.move_listing(listing, "send", by=by, at=at)
        actions.move_listing(listing, "list", by=by, at=at)
    else:
        actions.change_listing(listing, entry.said, by=by, at=at)
