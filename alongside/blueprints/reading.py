"""Read a blueprint from its files: `blueprint.toml`, texts in `texts/`, questionnaires in `questionnaires/`.

A rule that is a text may name a file in place of saying it: ``text = "texts/agreement.md"``.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from alongside.blueprints.asking import asked_of
from alongside.blueprints.blueprint import Blueprint, BlueprintFile
from alongside.blueprints.rules import remarks
from alongside.datafiles import checking
from alongside.datafiles.checking import Fault, FaultsFound
from alongside.datafiles.lines import Lines, line_of, lines_of
from alongside.datafiles.lines import Path as Where
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.reading import parse

MAIN = "blueprint.toml"
_TEXT = re.compile(r"^texts/[\w.-]+\.(md|txt)$")
_QUESTIONNAIRE = re.compile(r"^questionnaires/[\w.-]+\.toml$")

Files = Mapping[str, str]


def read_folder(folder: Path) -> Blueprint:
    """Read a blueprint from a folder.

    :raises FaultsFound: if anything in it is missing, unknown or does not fit.
    """
    found = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".toml", ".md", ".txt")
    }
    return read(found, folder.name)


def read(files: Files, name: str) -> Blueprint:
    """Read a blueprint from its files, by their paths.

    :param name: what to call it in faults.
    :raises FaultsFound: if anything in it is missing, unknown or does not fit; everything at once, as far as one can
        tell.
    """
    if MAIN not in files:
        raise FaultsFound([Fault(name, None, (), f"There is no {MAIN}. It says what the programme is.")])
    where = f"{name}/{MAIN}"
    lines, faults = lines_of(files[MAIN]), list(_strange_files(files, name))
    table = _with_texts(checking.table_of(files[MAIN], where), files, where, lines, faults)
    questionnaires = dict(_questionnaires(files, name, faults))
    main = _main(table, where, lines, faults)
    if main is not None and not faults:
        found = asked_of(main, questionnaires)
        faults += [Fault(where, line_of(lines, path), path, words) for path, words in found]
    if main is None or faults:
        raise FaultsFound(faults)
    return Blueprint(main, questionnaires)


def _main(table: Mapping[str, Any], where: str, lines: Lines, faults: list[Fault]) -> BlueprintFile | None:
    try:
        return checking.check(BlueprintFile, table, where, remarks, lines)
    except FaultsFound as refused:
        faults += refused.faults
        return None


def _with_texts(value: Any, files: Files, where: str, lines: Lines, faults: list[Fault], path: Where = ()) -> Any:
    """Return a value with the texts in it that other files say, in their places."""
    if isinstance(value, dict):
        return {key: _with_texts(inner, files, where, lines, faults, (*path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_texts(inner, files, where, lines, faults, (*path, place)) for place, inner in enumerate(value)]
    if not (isinstance(value, str) and _TEXT.match(value)):
        return value
    if not files.get(value, "").strip():
        words = f"There is no {value}, or nothing in it. Write it beside {MAIN}, or say the text here."
        faults.append(Fault(where, line_of(lines, path), path, words))
    return files.get(value, "").strip()


def _questionnaires(files: Files, name: str, faults: list[Fault]) -> Iterator[tuple[str, Definition]]:
    for path, text in files.items():
        if not _QUESTIONNAIRE.match(path):
            continue
        try:
            definition = parse(text, f"{name}/{path}")
        except FaultsFound as refused:
            faults += refused.faults
            continue
        if definition.id != PurePosixPath(path).stem:
            words = f"Its id is “{definition.id}”. Call the file {definition.id}.toml, or change the id."
            faults.append(Fault(f"{name}/{path}", line_of(lines_of(text), ("id",)), ("id",), words))
        yield definition.id, definition


def _strange_files(files: Files, name: str) -> Iterator[Fault]:
    """Yield a fault for each file that means nothing here, and for each text that no rule names."""
    for path in files:
        if path == MAIN or _QUESTIONNAIRE.match(path):
            continue
        if not _TEXT.match(path):
            yield Fault(f"{name}/{path}", None, (), "This file means nothing here. Put texts into texts/.")
        elif f'"{path}"' not in files[MAIN]:
            yield Fault(f"{name}/{path}", None, (), f"Nothing in {MAIN} names this text. Name it, or take it out.")
