from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine import (
    Objective,
    Quota,
    Rules,
    RulesFileError,
    Settings,
    Weights,
    read_quotas,
    read_rules,
    write_quotas,
    write_rules,
)

NAMES = st.text(st.characters(codec="utf-8"))
NUMBERS = st.floats(0, 1e6).map(lambda number: number or 1.0)


def test_an_empty_file_means_the_defaults():
    assert read_rules("") == Settings()


def test_a_file_says_what_it_changes_and_no_more():
    settings = read_rules(
        """
        objective = "quality"
        opened = ["party"]
        [rules]
        organisation = "different"
        must_share = ["party"]
        must_differ = ["authority"]
        former = false
        max_km = 30
        [weights]
        needs = 60
        mode = 5
        [weights.alike]
        "stage of business" = 12.5
        line = 1
        """
    )
    assert settings == Settings(
        Rules("different", max_km=30, must_share=("party",), must_differ=("authority",), former=False),
        Weights(needs=60, mode=5, alike=(("stage of business", 12.5), ("line", 1))),
        Objective.QUALITY,
        frozenset({"party"}),
    )


@given(
    st.builds(
        Settings,
        st.builds(
            Rules,
            organisation=st.sampled_from(["any", "same", "different"]),
            max_km=NUMBERS,
            must_share=st.lists(NAMES.map("one {}".format)).map(tuple),
            must_differ=st.lists(NAMES.map("other {}".format)).map(tuple),
            former=st.booleans(),
            minimum_seniority_gap=st.none() | st.integers(-3, 9),
            least_score=st.integers(0, 10_000),
        ),
        st.builds(
            Weights,
            needs=NUMBERS,
            text=NUMBERS,
            mode=NUMBERS,
            alike=st.lists(st.tuples(NAMES, NUMBERS), unique_by=lambda weighed: weighed[0]).map(tuple),
        ),
        st.sampled_from(Objective),
        st.frozensets(NAMES),
    )
)
def test_what_is_written_reads_back_exactly(settings):
    written = write_rules(settings)
    assert tomllib.loads(written)
    assert read_rules(written) == settings


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[rules]\norganization = 'any'", "Line 2: “organization” is not a rule; did you mean “organisation”?"),
        (
            "colour = 'red'",
            "Line 1: “colour” is not a setting; "
            "it can be objective, opened, required, forbidden, rules, weights, quotas.",
        ),
        (
            "[rules]\norganisation = 'mine'",
            "The rule on organisations is “mine”; it can be any, same or different.",
        ),
        ("[rules]\n\nlanguages = 'yes'", "Line 3: “languages” must be true or false."),
        ("[rules]\nmax_km = true", "Line 2: “max_km” must be a number of kilometres."),
        (
            "[rules]\nmust_share = [1]",
            'Line 2: “must_share” must be a list of attributes in quotes, such as ["authority"].',
        ),
        (
            "[rules]\nmust_share = ['party']",
            "“party” tells of political opinions, which the law protects specially (UK GDPR, Article 9). "
            "Matching may use it only where the programme has a lawful reason to, such as everybody’s explicit "
            'consent; then name it among what is opened: opened = ["party"].',
        ),
        ("opened = 'party'", 'Line 1: “opened” must be a list of attributes in quotes, such as ["party"].'),
        ("opened = [1]", 'Line 1: “opened” must be a list of attributes in quotes, such as ["party"].'),
        (
            "[rules]\nmust_share = ['line']\nmust_differ = ['line']",
            "Both must share “line” and must differ in it, so nobody fits; choose one.",
        ),
        ("[weights]\nalike = 3", "Line 2: “alike” must be a table: a line [weights.alike], its settings below it."),
        ("[weights.alike]\nline = 'much'", "Line 2: “line” must be a number from 0."),
        ("[weights.alike]\nline = -1", "The weight of line is -1; a weight must be 0 or more."),
        ("[weights]\nneeds = 'many'", "Line 2: “needs” must be a number from 0."),
        ("[weights]\nneeds = -1", "The weight of needs is -1; a weight must be 0 or more."),
        ("[rules]\nleast_score = 0.5", "Line 2: “least_score” must be a whole number from 0 to 10,000."),
        ("[rules]\nleast_score = 10_001", "The least score is 10001; it must be from 0 to 10,000."),
        (
            "objective = 'best'",
            'Line 1: “objective” must be "place_first" or "quality" or "floor_first" or "leximin".',
        ),
        ("rules = 3", "Line 1: “rules” must be a table: a line [rules], its settings below it."),
    ],
)
def test_what_cannot_be_is_named_by_line_in_plain_words(text, sentence):
    with pytest.raises(RulesFileError) as refusal:
        read_rules(text)
    assert str(refusal.value) == sentence


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1)


@given(
    st.lists(
        st.builds(
            Quota,
            TEXTS,
            st.sampled_from(["mentee", "mentor"]),
            st.frozensets(TEXTS, min_size=1),
            st.integers(0, 9),
            st.none() | st.integers(9, 99),
        )
    ).map(tuple)
)
def test_quotas_read_back_exactly_below_the_settings(quotas):
    written = write_rules(Settings()) + write_quotas(quotas)
    assert read_quotas(written) == quotas
    assert read_rules(written) == Settings()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("quotas = 3", "Line 1: “quotas” must be tables, each below a line [[quotas]]."),
        ("[[quotas]]\nname = 'Mill'", 'Quota 1: “side” must be "mentee" or "mentor".'),
        (
            "[[quotas]]\nname = 'Mill'\nside = 'mentee'\nmembers = [1]",
            'Quota 1: “members” must be a list of ids in quotes, such as ["maya@example.org"].',
        ),
        (
            "[[quotas]]\nname = 'Mill'\n\nmembrs = []",
            "Line 4: “membrs” is not part of a quota; did you mean “members”?",
        ),
        (
            "[[quotas]]\nname = 'Mill'\nside = 'mentee'\nmembers = ['ann']\nmost = true",
            "Quota 1: “most” must be a whole number of pairs.",
        ),
        (
            "[[quotas]]\nname = 'Mill'\nside = 'mentee'\nmembers = ['ann']\nleast = 3\nmost = 2",
            "The quota “Mill” asks for at least 3 pairs and at most 2; the first is to be no more.",
        ),
    ],
)
def test_a_quota_that_cannot_be_is_refused_in_plain_words(text, sentence):
    with pytest.raises(RulesFileError) as refusal:
        read_quotas(text)
    assert str(refusal.value) == sentence


def test_what_is_not_toml_says_where():
    with pytest.raises(RulesFileError, match=r"cannot be read: .*line 2"):
        read_rules("[rules]\nlanguages yes")
