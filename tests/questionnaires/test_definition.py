import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.questionnaires.definition import DefinitionError, Kind, parse
from alongside.questionnaires.library import FOLDER, NoSuchQuestionnaire, definition_of, newest, shipped

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
text = "First"
scale = "yes"
role = "one"

[[items]]
id = "b"
kind = "text"
text = "Second"
"""
# What was published is what people answered: a change is a new file with the next version.
PUBLISHED = {
    "expectations-1.toml": "36782aeaa62ad823",
    "first-meeting-1.toml": "f9755b4f8c799c51",
    "mentor-self-check-1.toml": "5358f7d3c810a99c",
}


def test_what_is_written_is_what_is_read() -> None:
    definition = parse(SMALL)
    assert (definition.id, definition.version, definition.title) == ("small", 1, "Small")
    assert [item.kind for item in definition.items] == [Kind.CHOICE, Kind.TEXT]
    assert [choice.label for choice in definition.items[0].scale] == ["No", "Yes"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('id = "small"', "", "“id” is missing in the small.toml"),
        ("version = 1", 'version = "1"', "write it as a whole number"),
        ('audience = "each"', 'audience = "all"', "is one of “each”, “mentors”, “mentees”"),
        ('scale = "yes"', 'scale = "maybe"', "names the scale “maybe”, which is not among the scales"),
        ('role = "one"', 'role = "two"', "names the role “two”, which is not among the roles"),
        ('id = "b"', 'id = "a"', "The item “a” stands twice in small.toml"),
        ('text = "First"', 'txt = "First"', "item 1 of small.toml has “txt”, which means nothing here"),
        ("value = 1", "value = 0", "The value in the scale “yes” of small.toml “0” stands twice"),
        ('title = "Small"', "title = ", "small.toml is not TOML"),
        ('kind = "text"', 'kind = "song"', "“kind” in the item 2 of small.toml is one of"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(before: str, after: str, said: str) -> None:
    assert before in SMALL
    with pytest.raises(DefinitionError) as refused:
        parse(SMALL.replace(before, after, 1), "small.toml")
    assert said in str(refused.value)


def test_a_definition_that_asks_nothing_is_refused() -> None:
    with pytest.raises(DefinitionError, match="asks nothing"):
        parse(SMALL[: SMALL.index("[[items]]")])


@given(st.text(max_size=200))
def test_no_text_brings_anything_but_a_definition_or_a_plain_refusal(text: str) -> None:
    with pytest.raises(DefinitionError):
        parse(text)


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.one_of(st.integers(), st.text(), st.none(), st.booleans())))
def test_answers_that_do_not_fit_are_left_out(answers: dict[str, object]) -> None:
    kept = parse(SMALL).cleaned(answers)
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
    assert [definition.id for definition in newest()] == ["first-meeting", "mentor-self-check", "expectations"]


def test_the_expectations_are_27_statements_in_five_roles() -> None:
    definition = definition_of("expectations", 1)
    assert len(definition.questions) == 27
    sizes = {role.id: sum(item.role == role.id for item in definition.questions) for role in definition.roles}
    assert sizes == {"adviser": 6, "knowledge": 8, "direction": 5, "friend": 3, "protection": 5}


def test_the_first_meeting_has_eight_themes() -> None:
    assert sum(item.kind == Kind.CHOICE for item in definition_of("first-meeting", 1).questions) == 8
