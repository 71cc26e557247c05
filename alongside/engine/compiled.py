"""Loops compiled to machine code where numba is at hand; the same functions, only slower, where it is not."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

Whole: TypeAlias = Any
"""A whole number, Python's or numpy's: in a compiled loop they are the same."""

Function = TypeVar("Function", bound=Callable[..., Any])

WANTED = os.environ.get("ALONGSIDE_COMPILED", "1") != "0"
"""Whether to compile: set ALONGSIDE_COMPILED=0 to run everything as plain Python, as the tests do to compare."""

FOLDER = Path(__file__).parent


def _kept(folder: Path) -> str:
    """Return where machine code is kept: a folder for these very sources, those of others being removed.

    numba compares only the file a function stands in, so a loop that calls into another file would go on as it was
    when that file changes.
    """
    sources = b"".join(file.read_bytes() for file in sorted(FOLDER.rglob("*.py")))
    name = f"compiled-{hashlib.sha256(sources).hexdigest()[:16]}"
    for other in folder.glob("compiled-*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return str(folder / name)


try:
    if not WANTED:
        raise ImportError("Compiling was switched off.")
    from numba import config, core, njit
except ImportError:
    COMPILES = False

    def compiled(function: Function) -> Function:
        """Return the function as it is."""
        return function

    borrowing = compiled

else:
    COMPILES = True
    numba_settings: Any = config
    numba_settings.CACHE_DIR = _kept(Path(numba_settings.CACHE_DIR or FOLDER / "__pycache__"))

    KNOWN = getattr(getattr(core, "options", None), "DefaultOptions", None)
    UNCOUNTED: dict[str, Any] = {"_nrt": False} if hasattr(KNOWN, "_nrt") else {}
    """How numba is told to count no references. Where it does not know that, loops are slower and no less right."""

    def compiled(function: Function) -> Function:
        """Return the function compiled at its first call and kept on disk; it lets other threads run meanwhile.

        Without `fastmath`, so that sums come out the same on every machine and without numba.
        """
        return cast(Function, njit(cache=True, nogil=True)(function))

    def borrowing(function: Function) -> Function:
        """Return a function compiled that only reads and fills arrays its caller holds, and returns numbers.

        numba counts who holds each array of each tuple that is passed on, which for short loops takes as long as the
        loops. What makes no array and no list, and returns none, need not. What does make some is refused when it is
        compiled.
        """
        return cast(Function, njit(cache=True, nogil=True, **UNCOUNTED)(function))
