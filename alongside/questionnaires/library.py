"""The questionnaires that come with Alongside: files in ``library/``, one for each version."""

from functools import cache
from pathlib import Path

from alongside.questionnaires.definition import Definition
from alongside.questionnaires.reading import parse

FOLDER = Path(__file__).parent / "library"


class NoSuchQuestionnaire(KeyError):
    """Say that a questionnaire is not there in that version."""


@cache
def shipped() -> dict[tuple[str, int], Definition]:
    """Return every definition that comes with us, by id and version.

    :raises FaultsFound: if one of the files is wrong; a test reads them all.
    """
    found = [parse(file.read_text(encoding="utf-8"), file.name) for file in sorted(FOLDER.glob("*.toml"))]
    return {(definition.id, definition.version): definition for definition in found}


def newest() -> list[Definition]:
    """Return each questionnaire in its newest version, by title."""
    latest: dict[str, Definition] = {}
    for definition in shipped().values():
        if definition.id not in latest or definition.version > latest[definition.id].version:
            latest[definition.id] = definition
    return sorted(latest.values(), key=lambda definition: definition.title)
