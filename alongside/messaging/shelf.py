"""Where files inside mentorships lie on the disk: sealed, each under a random name, outside whatever the web serves.

A file arrives in a place of its own and is put away once the transaction that names it has committed. What a killed
process leaves among the arrivals is looked through later: what is named is put away, the rest is thrown out.
"""

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from alongside.kernel import sealing

NAME = 20
LEFT_BEHIND_AFTER = 60 * 60
"""Seconds after which nobody is still writing what lies among the arrivals."""


def keep(content: bytes, *, key: bytes) -> str:
    """Seal a file onto the disk, and return its name there. Call it in the transaction that notes the name."""
    name = secrets.token_hex(NAME)
    sealed = sealing.seal(key, content, about=_about(name))
    arriving = _arrivals() / name
    arriving.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    transaction.on_commit(lambda: put_away(name), robust=True)
    return name


def take(name: str, *, key: bytes) -> bytes:
    """Return what lies under a name.

    :raises FileNotFoundError: if nothing does any more.
    :raises CannotOpen: if it was sealed with another key, or was changed.
    """
    for place in (_place(name), _arrivals() / name, _place(name)):  # it may be put away between two looks
        try:
            return sealing.unseal(key, place.read_bytes(), about=_about(name))
        except FileNotFoundError:
            continue
    raise FileNotFoundError(name)


def put_away(name: str) -> None:
    """Move a file from the arrivals to its place; do nothing where it lies there already."""
    _place(name).parent.mkdir(parents=True, exist_ok=True)
    try:
        (_arrivals() / name).rename(_place(name))
    except FileNotFoundError:
        return


def throw_out(name: str) -> None:
    """Take a file off the disk; nothing is wrong where it is gone.

    :raises OSError: if the disk does not let it go now.
    """
    for place in (_arrivals() / name, _place(name)):
        place.unlink(missing_ok=True)


def left_behind() -> Iterator[str]:
    """Yield the names of what has lain among the arrivals for too long."""
    before = time.time() - LEFT_BEHIND_AFTER
    if _arrivals().is_dir():
        yield from (file.name for file in _arrivals().iterdir() if file.stat().st_mtime < before)


def _about(name: str) -> str:
    return f"file {name}"


def _arrivals() -> Path:
    return Path(settings.MEDIA_ROOT) / "inside" / "arriving"


def _place(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "inside" / name[:2] / name
