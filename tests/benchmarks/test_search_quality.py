"""The benchmark of the search asks what it says, and judges answers by all that was asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.finding.offers import Cost, Offer
from alongside.finding.search import Index
from alongside.finding.vocabulary import choices
from alongside.places import find
from benchmarks.populations.offers import PEOPLE, offers
from benchmarks.search_quality import Asked, needs, outcome

RIGHT = Offer("a", "Org", "Offer", topics=("finance",), regions=("Wales",))
NEED = Asked("cash flow in Cardiff", topics=("finance",), near="Cardiff")


def test_there_are_three_hundred_and_sixty_needs_and_a_third_are_held_out() -> None:
    asked = needs()
    assert len(asked) == len({each.text for each in asked}) == 360
    assert sum(each.held_out for each in asked) == 120
    assert sum(each.by_another for each in asked) == 120
    assert sum(each.by_another and each.held_out for each in asked) == 60


def test_every_need_asks_for_what_there_is_and_for_something() -> None:
    ids = {
        kind: {each for each, _ in choices(kind)} for kind in ("topics", "sectors", "stages", "audiences", "languages")
    }
    for each in needs():
        assert set(each.topics) <= ids["topics"], each.text
        assert set(each.sectors) <= ids["sectors"], each.text
        assert set(each.stages) <= ids["stages"], each.text
        assert {*each.audiences, *each.only_for} <= ids["audiences"], each.text
        assert set(each.languages) <= ids["languages"], each.text
        assert not each.near or find(each.near), each.text
        assert replace(each, text="") != Asked("", held_out=each.held_out, by_another=each.by_another), each.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"topics": ("law",)}, {"topics": ()}, {"regions": ("Scotland",)}, {"open": False}, {"audiences": ("women",)},
        {"in_person": False},
    ],
)  # fmt: skip
def test_an_answer_is_right_only_if_it_has_everything(wrong: dict[str, object]) -> None:
    assert NEED.answered_by(RIGHT)
    assert not NEED.answered_by(replace(RIGHT, **wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asks", "has", "lacks"),
    [
        ({"free": True}, {}, {"cost": Cost.PAID}),
        ({"only_for": ("women",)}, {"audiences": ("women",)}, {}),
        ({"audiences": ("women",)}, {}, {"audiences": ("veterans",)}),
        ({"languages": ("cy",)}, {"languages": ("cy",)}, {"languages": ("en",)}),
        ({"online": True}, {"online": True}, {}),
        ({"sectors": ("food",)}, {}, {"sectors": ("land",)}),
        ({"in_person": True, "near": "Leeds"}, {"regions": ("Yorkshire and The Humber",)}, {"online": True}),
    ],
)
def test_each_thing_asked_for_is_demanded(
    asks: dict[str, object], has: dict[str, object], lacks: dict[str, object]
) -> None:
    need = replace(NEED, **asks)  # type: ignore[arg-type]
    assert need.answered_by(replace(RIGHT, **has))  # type: ignore[arg-type]
    assert not need.answered_by(replace(RIGHT, **lacks))  # type: ignore[arg-type]


def test_a_need_without_a_right_answer_is_left_out_and_a_wrong_order_is_counted() -> None:
    law = replace(RIGHT, ref="b", topics=("law",))
    assert outcome(NEED, Index([law]), [law]) is None
    both = outcome(NEED, Index([law, RIGHT]), [law, RIGHT])
    assert both is not None
    assert (both.place, both.right) == (1, 0.2)
    assert both.by_chance == pytest.approx(1 - 0.5**5)


def test_the_country_is_the_same_each_time_and_has_offers_everywhere() -> None:
    country = offers(60)
    assert country == offers(60)
    assert len({each.ref for each in country}) == len(country)
    assert {region for each in offers(400) for region in each.regions} == set(PEOPLE)
