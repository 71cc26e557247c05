import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.datafiles.checking import FaultsFound
from alongside.questionnaires.answering import cleaned
from alongside.questionnaires.library import FOLDER, NoSuchQuestionnaire, newest, shipped
from alongside.questionnaires.queries import definition_of
from alongside.questionnaires.reading import parse

SMALL = """
id = "small"
version = 1
title = "Small"
about = "A small one."
audience = "each"
shown = "when_all_done"

[scales]
yes = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]

[[roles]]
id = "one"
title = "One"

[[items]]
id = "a"
kind = "scale"
required = true
text = "First"
scale = "yes"
role = "one"

[[items]]
id = "b"
kind = "long_text"
text = "Second"
"""
# What was published is what people answered: a change is a new file with the next version.
PUBLISHED = {
    "councillor-mentee-application-1.toml": "88ec8178063fe66e",
    "councillor-mentor-application-1.toml": "55dde8fb470300d9",
    "expectations-1.toml": "fda0f09281ec31b1",
    "first-meeting-1.toml": "1f1744387fca55a8",
    "half-way-1.toml": "b0100458fa2d34a2",
    "how-it-was-1.toml": "185a02f08f16c163",
    "leadership-360-1.toml": "203a8ecd42cf9c53",
    "mentee-application-1.toml": "e485ca6623380502",
    "mentor-application-1.toml": "248bbf06b4c3adea",
    "mentor-self-check-1.toml": "9ac1d4ae432882fe",
    "reference-1.toml": "f7f42a65897fc29c",
    "resilience-1.toml": "6d460f4b77fefa7f",
    "where-i-stand-1.toml": "2e4a60e6b4b1776d",
}


def test_what_is_written_is_what_is_read() -> None:
    definition = parse(SMALL)
    assert (definition.id, definition.version, definition.title) == ("small", 1, "Small")
    assert [question.kind for question in definition.questions] == ["scale", "long_text"]
    assert [step.label for step in definition.questions[0].steps] == ["No", "Yes"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('id = "small"', "", "small.toml: “id” is missing"),
        ("version = 1", 'version = "one"', "small.toml, line 3: “version” should be a whole number; it is “one”"),
        ('audience = "each"', 'audience = "all"', "line 6: “audience” cannot be “all”. It is one of 'each', 'mentors'"),
        ('scale = "yes"', 'scale = "maybe"', "line 21: There is no scale “maybe”. The scales are: “yes”"),
        ('role = "one"', 'role = "two"', "line 22: There is no role “two”"),
        ('id = "b"', 'id = "a"', "line 25: The item “a” stands twice"),
        ('text = "First"', 'txt = "First"', "line 20: “txt” means nothing here. Did you mean “text”?"),
        ("value = 1", "value = 0", "line 10: The value 0 stands twice in the scale “yes”"),
        ('title = "Small"', "title = ", "line 4: This is not TOML"),
        ('kind = "long_text"', 'kind = "song"', "line 26: “kind” cannot be “song”. It is one of 'section', 'explan"),
        ('kind = "long_text"\n', "", "line 24: “kind” is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_its_remedy(before: str, after: str, said: str) -> None:
    assert before in SMALL
    with pytest.raises(FaultsFound) as refused:
        parse(SMALL.replace(before, after, 1), "small.toml")
    assert said in str(refused.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(FaultsFound) as refused:
        parse(SMALL.replace('id = "small"', 'id = "S m"').replace('kind = "long_text"', 'kind = "song"'), "small.toml")
    assert [fault.line for fault in refused.value.faults] == [2, 26]


def test_a_definition_that_asks_nothing_is_refused() -> None:
    heading = '[[items]]\nid = "x"\nkind = "section"\ntext = "Nothing"'
    with pytest.raises(FaultsFound, match="asks nothing"):
        parse(SMALL[: SMALL.index("[[roles]]")] + heading)


@given(st.text(max_size=200))
def test_no_text_brings_anything_but_a_definition_or_a_plain_refusal(text: str) -> None:
    with pytest.raises(FaultsFound):
        parse(text)


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.one_of(st.integers(), st.text(), st.none(), st.booleans())))
def test_answers_that_do_not_fit_are_left_out(answers: dict[str, object]) -> None:
    kept = cleaned(parse(SMALL), answers)
    assert set(kept) <= {"a", "b"}
    assert kept.get("a") in {None, 0, 1}
    assert kept.get("b", "x") == str(kept.get("b", "x")).strip() != ""


def test_what_was_published_never_changes() -> None:
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in sorted(FOLDER.glob("*.toml"))}
    assert files == PUBLISHED
    for (name, version), definition in shipped().items():
        assert Path(FOLDER / f"{name}-{version}.toml").exists()
        assert (definition.id, definition.version) == (name, version)


def test_a_questionnaire_is_found_in_the_version_it_was_answered() -> None:
    assert definition_of("expectations", 1).title == "What we expect of a mentor"
    with pytest.raises(NoSuchQuestionnaire):
        definition_of("expectations", 99)
    assert {"first-meeting", "mentor-self-check", "expectations"} <= {definition.id for definition in newest()}


def test_the_expectations_are_27_statements_in_five_roles() -> None:
    definition = definition_of("expectations", 1)
    assert len(definition.questions) == 27
    sizes = {role.id: sum(each.item.role == role.id for each in definition.questions) for role in definition.roles}
    assert sizes == {"adviser": 6, "knowledge": 8, "direction": 5, "friend": 3, "protection": 5}


def test_the_first_meeting_has_eight_themes() -> None:
    assert sum(each.kind == "scale" for each in definition_of("first-meeting", 1).questions) == 8
