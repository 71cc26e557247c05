"""Write a blueprint as files that a person can read, change and take to another installation."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.reading import MAIN, read
from alongside.datafiles.checking import Fault, FaultsFound
from alongside.datafiles.writing import written
from alongside.files.kinds import BROKEN_ZIP

LONG = 200
"""From how many signs a text, or one of several lines, gets a file of its own."""
FIRST = ("id", "version", "title", "summary", "kind", "language")
MOST_FILES, MOST_BYTES = 200, 5_000_000


def files_of(blueprint: Blueprint) -> dict[str, str]:
    """Return the files of a blueprint by their paths; reading them gives the same blueprint."""
    texts: dict[str, str] = {}
    table = blueprint.file.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    main: dict[str, Any] = {name: table.pop(name) for name in FIRST if name in table}
    found = {MAIN: written({**main, **_apart(table, texts, ())})}
    found |= texts
    for definition in blueprint.questionnaires.values():
        own = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        found[f"questionnaires/{definition.id}.toml"] = written(own)
    return found


def zipped(blueprint: Blueprint) -> bytes:
    """Return a blueprint as one file, to be kept or sent."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for path, text in files_of(blueprint).items():
            archive.writestr(f"{blueprint.id}/{path}", text)
    return made.getvalue()


def unzipped(content: bytes, name: str) -> Blueprint:
    """Read a blueprint from one file.

    :param name: what to call it in faults.
    :raises FaultsFound: if it is no such file, or anything in it is missing, unknown or does not fit.
    """
    try:
        files = dict(_members(content, name))
    except FaultsFound:
        raise
    except BROKEN_ZIP as error:
        words = "This is not the file of a blueprint. Choose the .zip that “Take it along” gave."
        raise FaultsFound([Fault(name, None, (), words)]) from error
    return read(files, name.removesuffix(".zip"))


def _members(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    with ZipFile(BytesIO(content)) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        if len(members) > MOST_FILES or sum(each.file_size for each in members) > MOST_BYTES:
            raise FaultsFound([Fault(name, None, (), "There is far more in it than a blueprint has.")])
        mains = [each.filename for each in members if each.filename.rpartition("/")[2] == MAIN]
        folder = min(mains, key=len, default="").removesuffix(MAIN)
        for member in members:
            if member.filename.startswith(folder):
                yield member.filename.removeprefix(folder), archive.read(member).decode("utf-8")


def _apart(value: Any, texts: dict[str, str], path: tuple[str, ...]) -> Any:
    """Return a value with its long texts put into files, which stand in their places by name."""
    if isinstance(value, Mapping):
        return {key: _apart(inner, texts, (*path, str(key))) for key, inner in value.items()}
    if isinstance(value, list):
        return [_apart(each, texts, (*path, _name(each, place))) for place, each in enumerate(value)]
    if isinstance(value, str) and (len(value) > LONG or "\n" in value):
        name = f"texts/{'-'.join(path)}.md"
        texts[name] = f"{value}\n"
        return name
    return value


def _name(entry: Any, place: int) -> str:
    return str(entry.get("id", place)) if isinstance(entry, Mapping) else str(place)
