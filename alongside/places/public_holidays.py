"""The days on which nobody works, by where an organisation is: each nation has its own.

They come from the library ``holidays``, which works them out without the internet; it is imported when first asked.
"""

from collections.abc import Container
from datetime import date
from functools import cache

from alongside.places.gazetteer import find, key

ENGLAND = ("GB", "ENG")
NATIONS = {
    "Northern Ireland": ("GB", "NIR"),
    "Scotland": ("GB", "SCT"),
    "Wales": ("GB", "WLS"),
    "England": ENGLAND,
    "Isle of Man": ("IM", None),
    "Jersey": ("JE", None),
    "Guernsey": ("GG", None),
}


class DaysOff(Container[date]):
    """The public holidays of a nation, worked out a year at a time."""

    def __init__(self, country: str, part: str | None) -> None:
        self.country, self.part = country, part

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _year(self.country, self.part, day.year)


@cache
def days_off(region: str) -> DaysOff:
    """Return the public holidays of the nation in which ``region`` lies: a nation, a region of one or a town.

    Where it names none that is known, they are England's: its clock is the one everybody here goes by.
    """
    said = key(region)
    named = next((where for nation, where in NATIONS.items() if key(nation) in said), None)
    place = None if named else find(region)
    return DaysOff(*(named or NATIONS.get(place.nation if place else "England", ENGLAND)))


@cache
def _year(country: str, part: str | None, year: int) -> frozenset[date]:
    from holidays import country_holidays  # half a second that no start should wait for

    return frozenset(country_holidays(country, subdiv=part, years=year, expand=False))
