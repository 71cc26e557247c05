import re
from pathlib import Path
from typing import Any

import pytest

from alongside.blueprints.asking import questionnaires_named
from alongside.blueprints.library import NoSuchBlueprint, blueprint_of, shipped
from alongside.blueprints.reading import read
from alongside.blueprints.rules import Rules
from alongside.blueprints.writing import files_of
from alongside.datafiles.checking import Part
from alongside.reports.how_it_runs import course_of

PAPER = (Path(__file__).resolve().parents[2] / "docs" / "blueprints.md").read_text(encoding="utf-8")


def said() -> list[tuple[str, ...]]:
    """The rows of the table of what the sources say: in words, the blueprint, the rule, its value."""
    table = PAPER[PAPER.index("| what the source says") : PAPER.index("## For whoever writes one")]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.splitlines()]
    return [row for row in rows[2:] if len(row) == 4]


def value_at(rules: Rules, path: str) -> Any:
    value: Any = rules.table
    for part in path.split("."):
        value = next(each for each in value if each["id"] == part) if isinstance(value, list) else value[part]
    return value


def in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(in_words(each) for each in value)
    if isinstance(value, dict):
        return str(value.get("id") or value["questionnaire"])
    return str(value)


def test_the_table_of_the_sources_has_rows_for_all_but_the_plain_one() -> None:
    assert {row[1] for row in said()} == set(shipped()) - {"plain"}


@pytest.mark.parametrize("row", said(), ids=lambda row: f"{row[1]}: {row[0]}"[:60])
def test_what_a_source_says_is_what_its_blueprint_does(row: tuple[str, ...]) -> None:
    _, blueprint, rule, value = row
    assert in_words(value_at(shipped()[blueprint].rules, rule)) == value


def fields(part: type[Part], path: str = "") -> list[str]:
    """Every rule there is, as the paper writes it."""
    found = []
    for name, field in part.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, Part) and name != "applications":
            found += fields(inner, f"{name}.")
        else:
            found.append(f"{path}{name}")
    return found


def test_every_rule_stands_in_the_paper_and_nothing_that_is_none() -> None:
    table = PAPER[PAPER.index("| rule | what it does") : PAPER.index("A step is a")]
    named = set(re.findall(r"^\| ((?:`[^`]+` ?)+)", table, flags=re.M))
    rules = {name for cell in named for name in re.findall(r"`([^`]+)`", cell)}
    own = {name for name in rules if not name.startswith("….")}
    about = {"id", "version", "title", "summary", "about", "kind"}
    assert own - about == (set(fields(Rules)) - {"applications"}) | {"applications.mentor", "applications.mentee"}
    assert {name[2:] for name in rules - own} == {"form", "documents", "steps", "days_to_decide", "waiting_list"}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_blueprint_is_whole(name: str) -> None:
    blueprint = shipped()[name]
    assert blueprint.file.about, "say for whom it is"
    assert f"`{name}`" in PAPER
    assert questionnaires_named(blueprint.rules) >= set(blueprint.questionnaires)
    assert all(gate.about for gate in blueprint.rules.gates), "say what each step is"
    told = [gate.about for gate in blueprint.rules.gates]
    assert not [text for text in told if text.startswith("For the")], "a guide is for the coordinator alone"
    again = read(files_of(blueprint), name)
    assert again.file == blueprint.file


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_blueprint_is_drawn_to_its_end(name: str) -> None:
    rows = course_of(shipped()[name].rules)
    titles = [stage.title for row in rows for stage in row.stages]
    assert titles[0] in ("Apply", "A coordinator brings them in")
    assert titles[-1] == "What they wrote is deleted"
    for gate in shipped()[name].rules.gates:
        assert titles.count(gate.title) == len(gate.sides)


def test_there_is_no_blueprint_of_another_name() -> None:
    with pytest.raises(NoSuchBlueprint, match="“nothing”"):
        blueprint_of("nothing")


def test_no_code_knows_a_blueprint_by_name() -> None:
    """But for the demonstration, which is one programme of each kind, and networks that are made up to measure with."""
    code = Path(__file__).resolve().parents[2] / "alongside"
    files = [file for file in code.rglob("*.py") if not {"demonstration", "nationwide"} & set(file.parts)]
    for name in shipped():
        assert not [file for file in files if re.search(rf"""["']{name}["']""", file.read_text(encoding="utf-8"))]
