import re
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.blueprints.differences import differences
from alongside.blueprints.reading import read
from alongside.blueprints.rules import Rules, circle_of
from alongside.blueprints.writing import files_of, unzipped, zipped
from alongside.datafiles.checking import FaultsFound

MAIN = """id = "small"
version = 2
title = "Small"
summary = "A small one."

[meetings]
expected = 6

[agreement]
text = "texts/agreement.md"

[[gates]]
id = "talk"
title = "We have talked"

[[gates]]
id = "induction"
title = "Induction"
kind = "induction"
sides = ["mentor"]
after = ["talk"]

[matching.rules]
must_share = ["line"]

[applications.mentor]
form = "small-form"

[applications.mentee]
form = "small-form"
"""
KIND = '[[shape.kinds]]\nid = "{}"\ntitle = "A kind"\n'
OF_KIND = '[shape.kinds.matching.rules]\nmust_differ = ["town"]\n'
FORM = """id = "small-form"
version = 1
title = "Small form"
about = "What we ask."
audience = "each"
shown = "to_coordinators"

[[items]]
id = "line"
kind = "text"
text = "Which line of work?"
fills = "attributes.line"
"""
AGREEMENT = "# Ours\n\nWe are kind.\n"
FILES = {"blueprint.toml": MAIN, "texts/agreement.md": AGREEMENT, "questionnaires/small-form.toml": FORM}


def test_a_blueprint_is_read_with_its_texts_and_questionnaires() -> None:
    found = read(FILES, "small")
    assert (found.id, found.name, found.rules.meetings.expected) == ("small", "small@2", 6)
    assert found.rules.agreement.text == AGREEMENT.strip()
    assert found.questionnaires["small-form"].title == "Small form"
    assert found.rules.settings.rules.must_share == ("line",)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('["line"]', '["party"]', "line 23: The matching cannot be read: “party” tells of political opinions"),
        ("expected = 6", "expectd = 6", "small/blueprint.toml, line 7: “expectd” means nothing here. Did you mean “"),
        ("expected = 6", "expected = 0", "line 7: “expected” should be 1 or more; it is 0"),
        ("expected = 6", 'expected = "six"', "line 7: “expected” should be a whole number; it is “six”"),
        ("agreement.md", "agreed.md", "line 10: There is no texts/agreed.md"),
        ('after = ["talk"]', 'after = ["walk"]', "line 21: “induction” comes after “walk”, which is not there"),
        ('title = "We have talked"', 'title = "T"\nafter = ["induction"]', "Nobody can begin: “talk”"),
        ('title = "We have talked"', 'title = "T"\nkind = "check"', "line 12: Nobody can pass “talk”: say in"),
        ('title = "We have talked"', 'title = "T"\nsides = ["mentee"]', "No mentor can pass “induction”"),
        ('id = "induction"', 'id = "talk"', "line 17: “talk” stands twice"),
        ('["line"]', '["line", "town"]', "line 24: “small-form” does not ask for what this looks at"),
        ('form = "small-form"', "form = 3", "line 27: “form” should be words in quotes; it is 3"),
        ('form = "small-form"', 'frm = "x"', "line 27: “frm” means nothing here. Did you mean “form”?"),
        ("[meetings]", '[words]\nmentor = "buddy"\n[meetings]', "“mentor” is “buddy”, and “mentors” is not said"),
        ("expected = 6", "minutes_to = 60", "line 7: The most minutes of a meeting should be more"),
        ("must_share", "must_shard", "line 23: The matching cannot be read"),
        ('mentee]\nform = "small-form"', 'mentee]\nform = "other-form"', "line 30: There is no questionnaire “o"),
        ("version = 2\n", "", "“version” is missing"),
        ('id = "small"', "id = small", "line 1: This is not TOML"),
        ("[meetings]", f"{KIND.format('a')}[meetings]", "One kind of mentor is none"),
        ("[meetings]", f"{KIND.format('a')}{KIND.format('a')}[meetings]", "“a” stands twice"),
        ("[meetings]", f'[shape]\nof = "group"\n{KIND.format("a")}{KIND.format("b")}[meetings]', "this is “group”"),
        ("[meetings]", "[shape]\nmentors = 2\n[meetings]", "How many mentors is said of a group alone"),
        ("[meetings]", '[shape]\nof = "peers"\n[meetings]', "nobody applies as a mentor"),
        ("[meetings]", f"{KIND.format('a')}{KIND.format('b')}{OF_KIND}[meetings]", "“small-form” does not ask for"),
    ],
)  # fmt: skip
def test_a_wrong_blueprint_is_refused_with_its_file_its_line_and_a_remedy(before: str, after: str, said: str) -> None:
    assert before in MAIN
    with pytest.raises(FaultsFound) as refused:
        read({**FILES, "blueprint.toml": MAIN.replace(before, after, 1)}, "small")
    assert said in str(refused.value)


def test_a_wrong_questionnaire_or_a_strange_file_is_named() -> None:
    with pytest.raises(FaultsFound) as refused:
        read(
            {**FILES, "questionnaires/small-form.toml": FORM.replace('kind = "text"', 'kind = "song"'), "x.exe": "x"},
            "small",
        )
    said = str(refused.value)
    assert "small/questionnaires/small-form.toml, line 10: “kind” cannot be “song”" in said
    assert "small/x.exe: This file means nothing here" in said


def test_an_answer_that_tells_what_nobody_keeps_is_refused() -> None:
    with pytest.raises(FaultsFound, match=r"fills “shoe-size”\. It can fill about, availability"):
        read({**FILES, "questionnaires/small-form.toml": FORM.replace("attributes.line", "shoe-size")}, "small")


def test_what_the_law_protects_is_asked_only_with_a_consent_beside_it() -> None:
    special = FORM.replace("attributes.line", "attributes.religion")
    main = MAIN.replace('["line"]', "[]")
    item = re.search(r'id = "([\w-]+)"\nkind = "text"', special)
    assert item
    with pytest.raises(FaultsFound, match=f'kind = "consent", purpose = "{item[1]}"'):
        read({**FILES, "blueprint.toml": main, "questionnaires/small-form.toml": special}, "small")
    consent = f'\n[[items]]\nid = "agreed"\nkind = "consent"\ntext = "You may"\npurpose = "{item[1]}"\n'
    read({**FILES, "blueprint.toml": main, "questionnaires/small-form.toml": special + consent}, "small")


def test_what_is_written_is_read_again_as_the_same() -> None:
    found = read(FILES, "small")
    again = read(files_of(found), "small")
    assert again.file == found.file
    assert again.questionnaires == found.questionnaires
    assert unzipped(zipped(found), "small.zip").file == found.file


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_file_that_was_damaged_on_the_way_is_refused_or_is_as_it_was(place: int, byte: int) -> None:
    found = read(FILES, "small")
    whole = zipped(found)
    damaged = bytearray(whole)
    damaged[place % len(whole)] = byte
    try:
        again = unzipped(bytes(damaged), "small.zip")
    except FaultsFound:
        return
    assert again.file == found.file


def test_a_file_with_far_more_in_it_than_a_blueprint_says_so() -> None:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("blueprint.toml", "x" * 6_000_000)
    with pytest.raises(FaultsFound, match="far more in it than a blueprint has"):
        unzipped(made.getvalue(), "small.zip")


@given(st.binary(max_size=300))
def test_no_file_is_too_strange_to_be_refused_kindly(content: bytes) -> None:
    with pytest.raises(FaultsFound):
        unzipped(content, "x.zip")


@given(st.dictionaries(st.sampled_from(["blueprint.toml", "texts/a.md", "questionnaires/a.toml", "z"]), st.text()))
def test_no_texts_bring_anything_but_a_plain_refusal(files: dict[str, str]) -> None:
    with pytest.raises(FaultsFound):
        read(files, "x")


def test_rules_that_differ_are_told_thing_by_thing() -> None:
    before = read(FILES, "small").rules
    after = before.changed({"meetings": {"expected": 9}, "gates": [{"id": "talk", "title": "We spoke"}]})
    told = {each.path: (each.before, each.after) for each in differences(before, after)}
    assert told["meetings", "expected"] == (6, 9)
    assert set(told) == {
        ("meetings", "expected"), ("gates", "talk", "title"), ("gates", "induction"),
    }  # fmt: skip
    assert differences(before, before) == []


@given(st.dictionaries(st.sampled_from("abcde"), st.lists(st.sampled_from("abcde"), max_size=3)))
def test_a_circle_is_one_and_none_means_there_is_an_order(after: dict[str, list[str]]) -> None:
    circle = circle_of(after)
    if circle:
        assert circle[0] == circle[-1]
        assert all(later in after[earlier] for earlier, later in pairwise(circle))
    else:
        done: set[str] = set()
        for _ in after:
            done |= {name for name, before in after.items() if {each for each in before if each in after} <= done}
        assert done == set(after)


def test_rules_are_the_same_whatever_the_order_they_were_said_in() -> None:
    one: dict[str, Any] = {"meetings": {"expected": 5, "minutes": 60}, "length": {"months": 3}}
    other: dict[str, Any] = {"length": {"months": 3}, "meetings": {"minutes": 60, "expected": 5}}
    assert Rules.model_validate(one).fingerprint == Rules.model_validate(other).fingerprint
    assert Rules.model_validate(Rules.model_validate(one).table) == Rules.model_validate(one)


PLACING: dict[str, Any] = {"standard": "Listens.", "cpd_hours": 6}
TRAINED = {"id": "course", "title": "The course", "kind": "training", "sides": ["mentor"]}
PLACED: dict[str, Any] = {"applications": {"mentee": False}, "gates": [TRAINED], "placing": PLACING}


def test_volunteers_are_trained_for_others_by_rules_that_fit() -> None:
    assert Rules().changed(PLACED).placing


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({**PLACED, "applications": {"mentee": {"form": "mentee-application"}}}, "Mentees are where volunteers are"),
        ({**PLACED, "gates": []}, "Nobody is trained here"),
        ({**PLACED, "gates": [{**TRAINED, "sides": ["mentee"]}]}, "Nobody is trained here"),
        ({**PLACED, "shape": {"of": "group"}}, "Nobody is matched where volunteers are placed"),
        ({**PLACED, "gates": [{**TRAINED, "met_by_training": True}]}, "Trained volunteers come as mentors, from"),
        ({"gates": [{**TRAINED, "sides": ["mentee"], "met_by_training": True}]}, "Trained volunteers come as mentors"),
        (
            {"gates": [{**TRAINED, "kind": "check", "eligible_because": "The law", "met_by_training": True}]},
            "No training can stand for a check",
        ),
    ],
)
def test_what_does_not_go_together_where_volunteers_are_placed_is_refused(sections: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultsFound, match=said):
        Rules().changed(sections)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{mentes} and {mentors}", r"Nothing is filled in for “\{mentes\}”\..*These are: members, mentees"),
        ("We are **equals**.", r"“\*\*” is no mark in what is signed"),
        ("1. We are equals.", r"“1\.” is no mark in what is signed"),
        ("### Between us", "“###” is no mark in what is signed"),
    ],
)
def test_what_would_be_seen_as_it_stands_in_an_agreement_is_refused(text: str, said: str) -> None:
    with pytest.raises(FaultsFound, match=said):
        Rules().changed({"agreement": {"text": text}})


def test_nothing_is_filled_in_in_a_charter() -> None:
    with pytest.raises(FaultsFound, match=r"Nothing is filled in for “\{mentors\}”\. Write the words themselves\.$"):
        Rules().changed({"agreement": {"charter": "{mentors} keep their word."}})
