"""What somebody writes in their own words is read as what they need."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.finding.need import Need
from alongside.finding.offers import Cost
from alongside.finding.reading import Piece, understood
from alongside.finding.vocabulary import KINDS, choices
from alongside.finding.whereabouts import spot_named


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("can't pay my suppliers", "finance"),
        ("how do I find more punters", "customers"),
        ("I was made redundant", "career"),
        ("health scrutiny", "scrutiny"),
        ("what to charge", "sales"),
        ("selling my business", "succession"),
        ("buisness plan", "strategy"),
    ],
)
def test_a_need_is_read_from_how_people_say_it(text: str, topic: str) -> None:
    assert understood(text).need.topics[:1] == (topic,)


@pytest.mark.parametrize(
    ("text", "sector"),
    [("bakery", "food"), ("café owner", "food"), ("plumber", "building"), ("an app", "digital"), ("hill farm", "land")],
)
def test_a_trade_tells_the_sector(text: str, sector: str) -> None:
    assert understood(text).need.sectors == (sector,)


def test_a_phrase_can_point_to_several_things() -> None:
    assert {"digital", "marketing"} <= set(understood("web shop").need.topics)


def test_a_hint_counts_only_where_nothing_plainer_was_said() -> None:
    assert understood("money").need.topics == ("finance",)
    assert understood("money for a patent").need.topics == ("law",)


def test_a_shorter_phrase_in_a_longer_one_still_tells_of_other_things() -> None:
    read = understood("student with a start up idea").need
    assert (read.topics, read.stage, read.audiences) == (("starting",), "student", ("students",))


@pytest.mark.parametrize(
    ("text", "online"),
    [
        ("zoom", True),
        ("online only", True),
        ("I can't travel", True),
        ("not online please", False),
        ("in person", False),
        ("face to face", False),
        ("not in person", True),
        ("threats online as a councillor", None),
        ("sell online", None),
        ("finance", None),
    ],
)
def test_how_to_meet_is_read_and_so_is_not(text: str, online: bool | None) -> None:
    assert understood(text).need.online is online


@pytest.mark.parametrize(
    ("text", "cost"),
    [("free mentor", Cost.FREE), ("no money", Cost.FREE), ("happy to pay", None), ("free or happy to pay", None)],
)
def test_what_it_may_cost_is_read(text: str, cost: Cost | None) -> None:
    assert understood(text).need.cost == cost


@pytest.mark.parametrize(
    ("text", "audiences"),
    [
        ("I'm 19", ("young",)),
        ("17 year old", ("young",)),
        ("lost at 55", ("over-50",)),
        ("70 hours a week", ()),
        ("trading for 20 years", ()),
        ("at 60 miles", ()),
        ("a 10 year old company", ()),
        ("single mum", ("women", "carers")),
    ],
)
def test_an_age_tells_for_whom_and_other_numbers_do_not(text: str, audiences: tuple[str, ...]) -> None:
    assert understood(text).need.audiences == audiences


def test_whoever_asks_for_what_only_councillors_do_is_one() -> None:
    assert understood("our scrutiny committee").need.audiences == ("councillors",)


def test_everything_read_is_told_in_the_words_it_was_read_from() -> None:
    read = understood("Bakery in Hexham, finace")
    assert Piece("bakery", "sectors", "food") in read.pieces
    assert Piece("finance", "topics", "finance") in read.pieces
    assert Piece("hexham", "place", "Hexham") in read.pieces
    assert read.corrections == (("finace", "finance"),)


def test_what_was_chosen_wins_over_what_is_read() -> None:
    chosen = Need(topics=("law",), sectors=("land",), place=spot_named("York"), online=False, cost=Cost.BOTH)
    need = understood("free zoom marketing for a bakery in Hexham", place="Leeds", chosen=chosen).need
    assert replace(need, words=()) == chosen


def test_a_place_in_its_own_field_wins_over_one_in_the_text() -> None:
    spot = understood("bakery in Hexham", place="Leeds").need.place
    assert spot is not None
    assert spot.name == "Leeds"
    assert understood("bakery in Hexham", place="Narnia").need.place == spot_named("Hexham")


def test_what_means_nothing_is_kept_to_be_looked_for_in_names() -> None:
    assert understood("Zorbyx Qwerfs mentoring in Leeds 42").need.words == ("zorbyx", "qwerfs")


_SAYABLE = "cash flow near LS6 not online 19 year old in Bath b2b & ' ’ SA1 1AA yn Nol"
SAYABLE = st.lists(st.sampled_from(_SAYABLE.split()))


@given(st.one_of(st.text(max_size=700), SAYABLE.map(" ".join)), st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_reading_fail_and_all_that_is_read_exists(text: str, place: str) -> None:
    read = understood(text, place=place)
    ids = {kind: {each for each, _ in choices(kind)} for kind in KINDS}
    assert set(read.need.topics) <= ids["topics"]
    assert {read.need.stage} <= {*ids["stages"], ""}
    assert all(piece.id in ids[piece.kind] for piece in read.pieces if piece.kind != "place")  # type: ignore[index]


def test_of_a_long_text_only_the_beginning_is_read() -> None:
    long = "cash flow " + "qzxjkvb " * 100 + "patent"
    assert understood(long).need.topics == ("finance",)


def test_a_text_full_of_nonsense_takes_no_long_time() -> None:
    understood("warm up")
    nonsense = " ".join(f"pl{chr(97 + n % 26)}mb{chr(97 + n % 17)}nng" for n in range(60))
    start = time.perf_counter()
    understood(nonsense)
    assert time.perf_counter() - start < 1.0
