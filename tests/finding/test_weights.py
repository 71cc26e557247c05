"""The numbers by which offers are ordered are of the kind the search relies on."""

from __future__ import annotations

from alongside.finding import weights


def test_what_speaks_against_an_offer_only_lowers_its_fit() -> None:
    assert [name for name, factor in weights.AGAINST.items() if not 0.0 <= factor <= 1.0] == []


def test_what_speaks_for_an_offer_in_any_case_never_outweighs_a_topic() -> None:
    assert sum(weights.BONUS.values()) < weights.SHARES["topics"] / sum(weights.SHARES.values())


def test_better_ways_to_reach_an_offer_count_more() -> None:
    place = weights.PLACE
    assert place["near"] >= place["region"] >= place["online"] > place["far"] >= 0.0
