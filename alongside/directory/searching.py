"""What is listed, as the search knows it: read once, kept in memory, and read anew when a listing changes.

1,600 offers are a few megabytes, so that every process keeps its own. While one thread reads anew, the others answer
from what was.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max

from alongside.directory.models import Described, Listing, Offering, Search
from alongside.directory.queries import listed, offerings_listed
from alongside.finding.need import Need
from alongside.finding.offers import Around, Cost, Offer, Standing
from alongside.finding.search import Index
from alongside.organisations.models import Network

Version = tuple[Any, ...]


@dataclass
class _Kept:
    version: Version | None = None
    index: Index = field(default_factory=lambda: Index(()))
    reading: threading.Lock = field(default_factory=threading.Lock)


_kept, _kept_for_mentors = _Kept(), _Kept()


def index_now() -> Index:
    """Return the search over what is listed now, as this process last read it."""
    return _up_to_date(_kept, offers_listed)


def index_for_mentors() -> Index:
    """Return the search over what wants mentors now, as this process last read it."""
    return _up_to_date(_kept_for_mentors, offers_to_mentors)


def _up_to_date(kept: _Kept, read: Callable[[], list[Offer]]) -> Index:
    version = _version()
    if version != kept.version and kept.reading.acquire(blocking=kept.version is None):
        try:
            if version != kept.version:
                kept.index, kept.version = Index(read()), version
        finally:
            kept.reading.release()
    return kept.index


def forget() -> None:
    """Read anew at the next search, whatever changed."""
    _kept.version = _kept_for_mentors.version = None


def offers_listed() -> list[Offer]:
    """Return everything that can be found: each programme that is shown, and organisations that show none."""
    offerings = list(offerings_listed())
    showing = {each.listing_id for each in offerings}
    alone = [listing for listing in listed() if listing.pk not in showing]
    return [_of_offering(each) for each in offerings] + [_of_listing(each) for each in alone]


def offers_to_mentors() -> list[Offer]:
    """Return the programmes that want mentors, as a mentor finds them: whom they are for does not rule anybody out."""
    rows = offerings_listed().filter(wants_mentors=True)
    return [replace(_of_offering(each), audiences=(), open=True, free_places=None) for each in rows]


@transaction.atomic
def note_search(network: Network, need: Need, *, found: int, missed: bool = False, on: date) -> Search:
    """Keep what somebody looked for, and never who: it is a figure of demand."""
    _need_not_wait()
    return Search.objects.create(
        network=network,
        on=on,
        region=need.place.region if need.place else "",
        topics=list(need.topics),
        sectors=list(need.sectors),
        stage=need.stage,
        found=found,
        missed=missed,
    )


def _need_not_wait() -> None:
    """Let nobody wait for the disk: of a thousand searches, one lost in a power cut changes no figure."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO OFF")


def _version() -> Version:
    rows = listed().order_by()
    told = rows.aggregate(count=Count("pk"), last=Max("pk"), changed=Max("changed_at"), measured=Max("measured_at"))
    return tuple(told.values())


def _of_offering(offering: Offering) -> Offer:
    return _offer(
        offering,
        offering.listing,
        ref=offering.ref,
        name=offering.name,
        about=offering.summary,
        open=offering.takes_mentees,
        free_places=offering.free_places,
    )


def _of_listing(listing: Listing) -> Offer:
    about = f"{listing.summary} {listing.about[:500]}"
    return _offer(listing, listing, ref=listing.ref, name=listing.name, about=about, open=True, free_places=None)


def _offer(said: Described, listing: Listing, **details: Any) -> Offer:
    return Offer(
        organisation=listing.ref,
        topics=tuple(said.topics),
        sectors=tuple(said.sectors),
        stages=tuple(said.stages),
        audiences=tuple(said.audiences),
        languages=tuple(said.languages),
        in_person=said.in_person,
        online=said.online,
        cost=Cost(said.cost),
        regions=tuple(said.regions),
        around=tuple(Around(**each) for each in said.around),
        standing=Standing(listing.standing),
        days_to_answer=listing.measured.get("days_to_answer"),
        **details,
    )
