"""The blueprints that come with Alongside: a folder each in ``library/``."""

from functools import cache
from pathlib import Path

from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.reading import read_folder

FOLDER = Path(__file__).parent / "library"


class NoSuchBlueprint(KeyError):
    """Say that no blueprint of this name comes with us."""


@cache
def shipped() -> dict[str, Blueprint]:
    """Return every blueprint that comes with us, by id, in the order of their titles.

    :raises FaultsFound: if one of them is wrong; a test reads them all.
    """
    found = [read_folder(folder) for folder in FOLDER.iterdir() if folder.is_dir()]
    return {blueprint.id: blueprint for blueprint in sorted(found, key=lambda each: each.file.title)}


def blueprint_of(name: str) -> Blueprint:
    """Return a blueprint by its id.

    :raises NoSuchBlueprint: if there is none.
    """
    try:
        return shipped()[name]
    except KeyError as error:
        raise NoSuchBlueprint(f"There is no blueprint “{name}”.") from error
