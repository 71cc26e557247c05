"""How people would rather meet."""

from __future__ import annotations

import re

from alongside.sheets.marks import yes_or_no

EITHER = re.compile(
    r"\b(?:either|both|any\w*|no preference|don'?t mind|hybrid|blended|mix\w*|flexible|combination|open)\b",
    re.IGNORECASE,
)
ONLINE = re.compile(
    r"\b(?:online|on-line|remote(?:ly)?|virtual(?:ly)?|video|zoom|teams|skype|phone|telephone|call"
    r"|ar-lein|digital)\b",
    re.IGNORECASE,
)
IN_PERSON = re.compile(
    r"\b(?:in[- ]person|face[- ]to[- ]face|f2f|physical(?:ly)?|on[- ]site|wyneb yn wyneb|local(?:ly)?)\b",
    re.IGNORECASE,
)


def read_meeting_mode(cell: str, header: str = "") -> bool | None:
    """Tell whether meeting online suits: True, also for "either"; False for "in person" alone; None if
    unsaid.

    A yes or no answers the header: yes under "Only in person?" is False, no under "Could you meet face to
    face?" True.
    """
    answer = yes_or_no(cell)
    if answer is not None:
        return _answered(answer, header)
    if EITHER.search(cell) or ONLINE.search(cell):
        return True
    return False if IN_PERSON.search(cell) else None


def _answered(yes: bool, header: str) -> bool | None:
    asks_online, asks_in_person = ONLINE.search(header), IN_PERSON.search(header)
    if asks_online and not asks_in_person:
        return yes
    if asks_in_person and not asks_online:
        only = re.search(r"\bonly\b", header, re.IGNORECASE)
        return False if yes and only else None if yes else True
    return None
