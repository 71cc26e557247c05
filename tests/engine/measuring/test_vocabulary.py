from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.measuring.vocabulary import meaning, near, nearness, sectors_related
from alongside.engine.words import normalised, words

VOCABULARY = tomllib.loads(resources.files("alongside.engine.measuring").joinpath("vocabulary.toml").read_text("utf-8"))
NAMES = [
    (name, family if topic == "also" else topic)
    for family, topics in VOCABULARY.items()
    for topic, synonyms in topics.items()
    for name in (family if topic == "also" else topic, *synonyms)
]
LABELS = st.sampled_from(
    [name for name, _ in NAMES] + ["zebra keeping", "zebras", "keeping bees", "", "pricing zebras"]
)


def test_every_name_in_the_vocabulary_means_its_own_topic():
    assert [(name, topic) for name, topic in NAMES if meaning(name).topic != topic] == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Cash flow", "cashflow", 1.0),
        ("EXPORTING", "exports", 1.0),
        ("Cash flow", "Finance", 0.7),
        ("Cash flow", "Tax", 0.4),
        ("Cash flow", "Leadership", 0.0),
        ("Zebra keeping", "keeping zebras", 1.0),
        ("zebra keeping", "zebra riding", 0.4),
        ("", "", 0.0),
    ],
)
def test_labels_are_as_near_as_what_they_mean(one, other, expected):
    assert near(meaning(one), meaning(other)) == pytest.approx(expected)


@given(st.lists(LABELS, max_size=4), st.lists(LABELS, max_size=4))
def test_one_pair_and_all_pairs_are_judged_alike(ours, theirs):
    ours, theirs = [meaning(label) for label in ours], [meaning(label) for label in theirs]
    table = nearness(ours, theirs)
    assert table.tolist() == [[near(one, other) for other in theirs] for one in ours]


def test_sectors_are_related_within_a_family():
    assert sectors_related("Banking", "insurance")
    assert not sectors_related("Banking", "farming")
    assert not sectors_related("zebras", "zebras of another kind")


def test_words_are_compared_without_accents_case_and_endings():
    assert words("Cafés, exporting & companies!") == ["caf", "export", "company"]
    assert words("I would like help with the pricing") == ["pric"]
    assert normalised("  Tŷ   Gwyn-Ltd. ") == "ty gwyn ltd"
