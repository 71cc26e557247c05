from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from alongside.engine import Market, Person, Position, Problem, Topic, Weights
from alongside.engine.measuring.cohort import Cohort
from alongside.engine.measuring.criteria import BY_NAME, CRITERIA, Measured, criterion_of

ANN, FAY = Person("ann", name="Ann"), Person("fay", name="Fay")
NEUTRAL = 5_000
ALL = np.arange(1)
CENTRE, NEAR, TOWN, COUNTY, FAR = (Position(52 + degrees, 0) for degrees in (0, 0.05, 0.15, 0.35, 2))


def measured(name, mentee, mentor):
    mentee, mentor = replace(ANN, **mentee), replace(FAY, **mentor)
    criterion = criterion_of(name)
    measure = criterion.measure(Cohort((mentee,), (mentor,)))
    return int(measure.points(10_000, ALL, ALL)[0, 0]), criterion.sentence(mentee, mentor)


def topics(*labels):
    return {"topics": tuple(Topic(label) for label in labels)}


def test_every_weight_has_its_criterion():
    assert list(Weights().by_criterion()) == list(BY_NAME)


@pytest.mark.parametrize("name", [*BY_NAME, "alike:line"])
def test_what_nobody_said_is_neutral_and_the_sentence_says_so(name):
    fit, sentence = measured(name, {}, {})
    assert fit == NEUTRAL
    assert sentence


@pytest.mark.parametrize(
    ("needs", "expertise", "fit", "sentence"),
    [
        (["Pricing"], ["what to charge"], 10_000, "Covers 1 of 1 need: Pricing"),
        (["Pricing", "Tax"], ["pricing"], 7_000, "Covers 1 of 2 needs: Pricing; experience close to Tax"),
        (["Cash flow"], ["Finance"], 7_000, "Experience close to Cash flow"),
        (["Hiring"], ["Exporting"], 0, "Covers 0 of 1 need"),
        (["Glass blowing"], ["glass-blowing"], 10_000, "Covers 1 of 1 need: Glass blowing"),
        (["help with pricing my cakes"], ["Pricing"], 10_000, "Covers 1 of 1 need: help with pricing my cakes"),
    ],
)
def test_needs_are_met_by_what_the_mentor_knows(needs, expertise, fit, sentence):
    assert measured("needs", topics(*needs), topics(*expertise)) == (fit, sentence)


def test_a_need_that_matters_more_counts_more():
    both = {"topics": (Topic("Pricing", 3.0), Topic("Hiring", 1.0))}
    assert measured("needs", both, topics("Pricing"))[0] == 7_500


def test_weak_expertise_covers_a_need_in_part():
    assert measured("needs", topics("Pricing"), {"topics": (Topic("Pricing", 0.5),)})[0] == 5_000


def test_silence_about_needs_is_named():
    assert measured("needs", {}, topics("Tax"))[1] == "Needs not compared: Ann named none"


def test_texts_are_alike_when_they_share_their_rarer_words():
    cohort = Cohort(
        (replace(ANN, text="I bake bread and want to export it"),),
        (
            replace(FAY, text="Exporting bread for twenty years"),
            replace(FAY, id="liz", text="I teach law and want to retire"),
        ),
    )
    near, far = BY_NAME["text"].measure(cohort).points(10_000, ALL, np.arange(2))[0].tolist()
    assert near > far >= 0
    assert BY_NAME["text"].sentence(cohort.mentees[0], cohort.mentors[0]) == "Their own words share 2 terms"


@pytest.mark.parametrize(
    ("ours", "theirs", "fit", "sentence"),
    [
        ("Food", "food", 10_000, "Same sector: Food"),
        ("Food", "hospitality", 5_000, "Related sectors: Food and hospitality"),
        ("Food", "law", 0, "Different sectors: Food and law"),
        ("Food", "", NEUTRAL, "Sector not compared: Fay named none"),
    ],
)
def test_sectors(ours, theirs, fit, sentence):
    assert measured("sector", {"sector": ours}, {"sector": theirs}) == (fit, sentence)


@pytest.mark.parametrize(
    ("where", "fit", "sentence"),
    [
        (NEAR, 10_000, "Less than 10 km apart"),
        (TOWN, 7_500, "10 to 25 km apart"),
        (COUNTY, 5_000, "25 to 50 km apart"),
        (FAR, 2_500, "50 km or more apart"),
    ],
)
def test_distance_counts_and_is_told_in_bands(where, fit, sentence):
    assert measured("place", {"position": CENTRE, "remote": False}, {"position": where}) == (fit, sentence)


def test_meeting_remotely_makes_up_for_distance_in_part():
    fit, sentence = measured("place", {"position": CENTRE}, {"position": FAR})
    assert (fit, sentence) == (5_000, "50 km or more apart, and both can meet remotely")


@pytest.mark.parametrize(("mentor", "fit"), [(1, 0), (2, 5_000), (3, 10_000), (4, 10_000), (5, 7_500), (9, 5_000)])
def test_a_mentor_one_or_two_levels_above_fits_best(mentor, fit):
    assert measured("seniority", {"seniority": 2}, {"seniority": mentor})[0] == fit


@pytest.mark.parametrize(
    ("ours", "theirs", "fit", "sentence"),
    [
        ({"a", "b", "c", "d"}, {"a", "b", "c"}, 10_000, "3 times in common"),
        ({"a", "b", "c", "d"}, {"a"}, 3_333, "1 time in common"),
        ({"a"}, {"a", "b"}, 10_000, "1 time in common"),
        ({"a"}, {"b"}, 0, "0 times in common"),
    ],
)
def test_times_in_common(ours, theirs, fit, sentence):
    answer = measured("availability", {"availability": frozenset(ours)}, {"availability": frozenset(theirs)})
    assert answer == (fit, sentence)


@pytest.mark.parametrize(
    ("ours", "theirs", "fit", "sentence"),
    [
        (("fay",), ("ann",), 10_000, "Fay is choice 1 of Ann; Ann is choice 1 of Fay"),
        (("liz", "fay"), (), 7_000, "Fay is choice 2 of Ann"),
        (("liz",), (), 2_500, "Neither named the other"),
        (("liz",), ("bob",), 0, "Neither named the other"),
    ],
)
def test_wishes_of_both_sides_count_alike(ours, theirs, fit, sentence):
    assert measured("preferences", {"prefers": ours}, {"prefers": theirs}) == (fit, sentence)


@pytest.mark.parametrize(
    ("ours", "theirs", "fit", "sentence"),
    [
        ("remote", "remote", 10_000, "Both would rather meet remotely"),
        ("either", "in_person", 10_000, "Ann would meet either way, Fay in person"),
        ("either", "either", 10_000, "Either way to meet suits both"),
        ("in_person", "remote", 0, "Ann would meet in person, Fay remotely"),
        ("in_person", "", NEUTRAL, "How to meet not compared: Fay did not say"),
        ("either", "", NEUTRAL, "How to meet not compared: Fay did not say"),
    ],
)
def test_how_they_would_rather_meet(ours, theirs, fit, sentence):
    assert measured("mode", {"mode": ours}, {"mode": theirs}) == (fit, sentence)


@pytest.mark.parametrize(
    ("asked", "had", "fit", "sentence"),
    [
        (["Exporting"], ["selling abroad"], 10_000, "Has 1 of 1 kind of experience asked for: Exporting"),
        (["Exporting", "Hiring"], ["exports"], 5_000, "Has 1 of 2 kinds of experience asked for: Exporting"),
        (["led a council"], ["Zebra keeping"], 0, "Has 0 of 1 kind of experience asked for"),
        (["Zebra keeping"], ["keeping zebras"], 10_000, "Has 1 of 1 kind of experience asked for: Zebra keeping"),
        (["Exporting", "export", "Hiring"], ["Hiring"], 5_000, "Has 1 of 2 kinds of experience asked for: Hiring"),
        (["Exporting"], [], NEUTRAL, "Experience not compared: Fay named none"),
    ],
)
def test_the_experience_a_mentee_asks_for(asked, had, fit, sentence):
    assert measured("experience", {"asks": tuple(asked)}, {"experience": tuple(had)}) == (fit, sentence)


def test_of_the_experience_asked_for_the_first_three_count():
    asked = {"asks": ("Exporting", "Hiring", "Tax", "Grants")}
    assert measured("experience", asked, {"experience": ("Grants",)})[0] == 0
    assert measured("experience", asked, {"experience": ("Tax", "Hiring", "Exporting")})[0] == 10_000
    assert measured("experience", asked, {"experience": ("Tax", "Hiring", "Grants")})[0] == 6_667


@pytest.mark.parametrize(
    ("ours", "theirs", "fit", "sentence"),
    [
        ("Trading", "trading ", 10_000, "Same stage"),
        ("Trading", "Starting", 0, "Different stage"),
        ("Trading", "", NEUTRAL, "Stage not compared: Fay named none"),
        ("!", "!", NEUTRAL, "Stage not compared: Ann and Fay named none"),
    ],
)
def test_an_attribute_that_should_be_alike(ours, theirs, fit, sentence):
    said = [{"attributes": (("stage", value),)} for value in (ours, theirs)]
    assert measured("alike:stage", *said) == (fit, sentence)


def test_an_attribute_of_which_everybody_says_something_else_counts_as_one_of_few_does():
    def people(side, labels):
        said = (((("town", label),) if label else ()) for label in labels)
        return tuple(Person(f"{side}{at}", attributes=each) for at, each in enumerate(said))

    towns = [f"town {number}" for number in range(150)]
    cohort = Cohort(people("a", [*towns, "", "elsewhere"]), people("m", [*towns, "", "nowhere"]))
    fits = Measured(cohort)["alike:town"].points(10_000, np.arange(152), np.arange(152))
    expected = np.diag([10_000] * 152)
    expected[151, 151] = 0
    expected[150] = expected[:, 150] = NEUTRAL
    assert (fits == expected).all()


def test_each_criterion_is_measured_when_it_is_first_asked_for():
    measures = Measured(Cohort((ANN,), (FAY,)))
    assert list(measures) == [criterion.name for criterion in CRITERIA]
    assert len(measures) == len(CRITERIA)
    assert measures["sector"] is measures["sector"]
    with pytest.raises(KeyError):
        measures["colour"]


def test_criteria_without_a_weight_of_their_own_change_no_score_until_they_have_one():
    mentee = replace(ANN, mode="remote", asks=("Exporting",), attributes=(("stage", "Trading"),))
    assert Market.of(Problem((mentee,), (replace(FAY, mode="in_person"),))).score("ann", "fay") == NEUTRAL
