"""What is doubtful and what is not: real-looking spam is held, real-looking people pass."""

import csv
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from alongside.enquiries.actions import A_DAY, TooMany
from alongside.enquiries.models import Enquiry
from alongside.enquiries.spam import SAME_WORDS, doubt_in, fingerprint_of
from alongside.enquiries.states import Doubt
from tests.enquired import begun
from tests.world import NOW, World

NAMED = os.environ.get("ALONGSIDE_SHARED_DATA")
BESIDE = [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
SHARED = Path(NAMED) if NAMED else next((path for path in BESIDE if path.is_dir()), Path("nowhere"))

SPAM = [
    ("CryptoKing https://earn.example.top", "Earn 5000 a day from home."),
    ("Eric", "I found your website. See https://seo.example/1 and https://seo.example/2 or http://seo.example/stop"),
    ("JamesVah", '<a href="http://pills.example">cheap</a> [url=http://pills.example]pills[/url] www.pills.example'),
]
PEOPLE = [
    ("Siân O’Neill-D'Arcy", "I run a bakery in Llanfairpwllgwyngyll and cash flow keeps me awake."),
    ("Bo", "help"),
    ("李小龙", "我想找一位导师"),
    ("مريم", "أبحث عن مرشد"),
    (
        "Viagra Jones",
        "My mother chose the name. I sell watches: https://joneswatches.example and would like to export.",
    ),
    ("Robert'); DROP TABLE students;--", "My shop is on www.bobby.example and Instagram."),
    ("A. N. Other", "URGENT!!! CALL ME!!! I LOSE MONEY EVERY DAY AND THE BANK WANTS AN ANSWER BY FRIDAY"),
]


@pytest.mark.parametrize(("name", "words"), SPAM)
def test_what_looks_like_spam_is_doubted(name: str, words: str) -> None:
    assert doubt_in(name=name, words=words, trap="", same=0) == Doubt.LINKS


@pytest.mark.parametrize(("name", "words"), PEOPLE)
def test_people_pass(name: str, words: str) -> None:
    assert doubt_in(name=name, words=words, trap="", same=0) == Doubt.NONE


def test_whoever_fills_in_what_nobody_sees_is_doubted_most() -> None:
    assert doubt_in(name="Bo", words=SPAM[1][1], trap="x", same=9) == Doubt.TRAP


@pytest.mark.skipif(not SHARED.is_dir(), reason="no third-party files here; set ALONGSIDE_SHARED_DATA")
def test_nobody_is_doubted_for_their_name() -> None:
    names = set()
    for file in (SHARED / "robustness" / "names_by_country").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as rows:
            names |= {cell for row in csv.DictReader(rows) for cell in row.values() if cell}
    assert len(names) > 1000
    assert [name for name in names if doubt_in(name=name, words="Help, please.", trap="", same=0)] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="no third-party files here; set ALONGSIDE_SHARED_DATA")
def test_naughty_strings_are_kept_to_the_letter(world: World) -> None:
    strings = json.loads((SHARED / "robustness" / "blns" / "blns.json").read_text(encoding="utf-8"))
    for number, naughty in enumerate(each for each in strings if each.strip() and "\0" not in each):
        asked = begun(world, world.harbour, email=f"n{number}@example.net", name=naughty[:200], words=naughty)
        assert (asked.name, asked.words) == (naughty[:200], naughty)


def test_short_words_are_alike_by_chance() -> None:
    assert fingerprint_of("I need a mentor, please") == ""
    assert fingerprint_of("I need a MENTOR, please. " * 3) == fingerprint_of("i need a mentor please " * 3) != ""


def test_the_same_words_to_many_are_held_quietly(world: World) -> None:
    words = "Dear owner, we have an offer for you that you cannot refuse."
    asked = [begun(world, world.harbour, email=f"{n}@example.net", words=words) for n in range(SAME_WORDS + 1)]
    assert [each.state for each in asked] == ["unconfirmed"] * SAME_WORDS + ["held"]
    assert begun(world, None, words=words, at=NOW + timedelta(days=8)).state == "unconfirmed"


def test_one_address_begins_so_many_a_day(world: World) -> None:
    for number in range(A_DAY):
        begun(world, world.harbour, words=f"Question {number}")
    with pytest.raises(TooMany, match="tomorrow"):
        begun(world, world.quay, email="Rhodri@Example.net ")
    assert Enquiry.unscoped.count() == A_DAY
    assert begun(world, world.quay, at=NOW + timedelta(days=1, minutes=1)).state == "unconfirmed"
