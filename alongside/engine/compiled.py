"""Loops compiled to machine code where numba is at hand; the same functions, only slower, where it is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

Whole: TypeAlias = Any
"""A whole number, Python's or numpy's: in a compiled loop they are the same."""

Function = TypeVar("Function", bound=Callable[..., Any])

WANTED = os.environ.get("ALONGSIDE_COMPILED", "1") != "0"
"""Whether to compile: set ALONGSIDE_COMPILED=0 to run everything as plain Python, as the tests do to compare."""

try:
    if not WANTED:
        raise ImportError("Compiling was switched off.")
    from numba import njit
except ImportError:
    COMPILES = False

    def compiled(function: Function) -> Function:
        """Return the function as it is."""
        return function

else:
    COMPILES = True

    def compiled(function: Function) -> Function:
        """Return the function compiled at its first call and kept on disk; it lets other threads run meanwhile.

        Without `fastmath`, so that sums come out the same on every machine and without numba.
        """
        return cast(Function, njit(cache=True, nogil=True)(function))
