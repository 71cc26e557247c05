from __future__ import annotations

import pytest

from alongside.engine import Person, Problem, ProblemError, Rules, Settings, SettingsError, Weights
from alongside.engine.values.special import protected

PARTY = frozenset({"party"})


@pytest.mark.parametrize(
    ("attribute", "kind", "article"),
    [
        ("party", "political opinions", 9),
        ("Political party", "political opinions", 9),
        ("party_affiliation", "political opinions", 9),
        ("voting intention", "political opinions", 9),
        ("Ethnic background", "racial or ethnic origin", 9),
        ("RACE", "racial or ethnic origin", 9),
        ("Religion or belief", "religion or belief", 9),
        ("member of a trade union", "trade union membership", 9),
        ("Disabilities", "health or disability", 9),
        ("mental-health", "health or disability", 9),
        ("access needs", "health or disability", 9),
        ("sexual orientation", "sex life or sexual orientation", 9),
        ("LGBTQ+", "sex life or sexual orientation", 9),
        ("fingerprints", "genetic or biometric data", 9),
        ("Criminal record", "criminal convictions", 10),
    ],
)
def test_what_the_law_protects_is_known_by_its_name(attribute, kind, article):
    found = protected(attribute)
    assert found is not None
    assert (found.kind, found.article) == (kind, article)


@pytest.mark.parametrize(
    "attribute",
    [
        "",
        "authority",
        "line",
        "stage of business",
        "third party",
        "health and safety",
        "credit union",
        "gender",
        "rooms",
    ],
)
def test_other_attributes_are_free_to_use(attribute):
    assert protected(attribute) is None


def test_a_name_that_sounds_like_one_does_not_hide_one():
    assert protected("third party of my political party")
    assert protected("Health and safety, or disability")


@pytest.mark.parametrize(
    ("rules", "weights"),
    [
        (Rules(must_share=("party",)), Weights()),
        (Rules(must_differ=("party",)), Weights()),
        (Rules(), Weights(alike=(("party", 5.0),))),
    ],
)
def test_a_rule_or_weight_on_it_is_refused_until_it_is_opened(rules, weights):
    with pytest.raises(SettingsError, match=r"“party” tells of political opinions.*opened = \[\"party\"\]"):
        Settings(rules, weights)
    with pytest.raises(ProblemError, match="“party” tells of political opinions"):
        Problem((), (), rules, weights)
    assert Settings(rules, weights, opened=PARTY).opened == PARTY
    assert Problem((), (), rules, weights, opened=frozenset({" Party"}))


def test_what_one_person_requires_of_another_is_refused_alike_and_does_not_repeat_the_value():
    mentee = Person("ann", requires=(("religion", "Quaker"),))
    with pytest.raises(ProblemError, match="“religion” tells of religion or belief") as refusal:
        Problem((mentee,), ())
    assert "Quaker" not in str(refusal.value)
    assert Problem((mentee,), (), opened=frozenset({"religion"}))


def test_opening_one_attribute_opens_no_other():
    with pytest.raises(SettingsError, match="“ethnicity” tells of racial or ethnic origin"):
        Settings(Rules(must_share=("party", "ethnicity")), opened=PARTY)
