"""Reasons are said in plain words, and every kind that the search gives can be said."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from alongside.finding.reasons import Reason, kinds, words_for


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("topics", ("finance",)), "Helps with: Cash flow and finance"),
        (
            Reason("topics", ("finance", "law", "export")),
            "Helps with: Cash flow and finance, Contracts and law and Selling abroad",
        ),
        (Reason("languages", ("cy",)), "In Welsh"),
        (Reason("languages", ("bsl",)), "In British Sign Language"),
        (Reason("near", km=12.4, place="Leeds"), "In person near Leeds, about 12 km away"),
        (Reason("near", km=0.2, place="Leeds"), "In person near Leeds, less than 1 km away"),
        (Reason("far", km=210.0, place="Truro"), "In Truro, about 210 km away"),
        (Reason("far", place="Wales"), "Only in Wales"),
        (Reason("free_places", number=1.0), "1 free place"),
        (Reason("days", number=3.2), "Usually answers within 3 days"),
        (Reason("days", number=0.4), "Usually answers within a day"),
        (Reason("words", ("zorbyx",)), "Mentions “zorbyx”"),
        (Reason("other audiences", ("women",)), "Only for: Women"),
    ],
)
def test_a_reason_is_said_in_plain_words(reason: Reason, words: str) -> None:
    assert words_for(reason) == words


def test_every_kind_the_search_gives_has_its_words() -> None:
    code = (files("alongside.finding") / "comparing.py").read_text(encoding="utf-8")
    given = set(re.findall(r'Reason\("([^"]+)"', code)) | set(re.findall(r'\("([a-z ]+)", (?:need|\(need)', code))
    assert len(given) > 15
    assert given - {""} <= set(kinds())


def test_every_kind_can_be_said_without_more() -> None:
    assert all(words_for(Reason(kind)) for kind in kinds())


def test_a_kind_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError):
        words_for(Reason("astrology"))
