"""Postcodes, of which only the first half is ever kept."""

from __future__ import annotations

import re

from alongside.places.areas import AREA_TOWNS

# The outward code is one of A9, A99, AA9, AA99, A9A, AA9A; a digit and two letters complete a postcode.
POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?P<outward>(?P<area>[A-Z]{1,2})[0-9](?:[0-9]|[A-Z])?)"
    r"(?:\s*(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2}))?(?![A-Z0-9])"
)


def outward_code(text: str) -> str | None:
    """Return the first half of the first postcode in `text` ("sw1a 1aa" gives "SW1A"), or None.

    A lone first half counts only when it is all there is, apart from a place name before or after a comma,
    so that "M6" in a sentence about a motorway is no postcode.
    """
    found = [match for match in POSTCODE.finditer(text[:400].upper()) if match["area"] in AREA_TOWNS]
    full = next((match for match in found if match["inward"]), None)
    if full:
        return full["outward"]
    pieces = {piece.strip() for piece in re.split(r"[,;/()\n]", text[:400].upper())}
    return next((match["outward"] for match in found if match["outward"] in pieces), None)


def area(outward: str) -> str:
    """Return the letters an outward code starts with: "SW1A" gives "SW"."""
    return "".join(letter for letter in outward[:2] if letter.isalpha())
