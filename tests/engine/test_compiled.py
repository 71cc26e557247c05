from __future__ import annotations

import numpy as np
import pytest

from alongside.engine import compiled
from alongside.engine.compiled import COMPILES, borrowing


def test_machine_code_of_other_sources_is_not_used_again(tmp_path, monkeypatch):
    sources = tmp_path / "engine"
    sources.mkdir()
    (sources / "scan.py").write_text("CELL = 64")
    monkeypatch.setattr(compiled, "FOLDER", sources)
    before = compiled._kept(tmp_path)
    (tmp_path / before).mkdir()
    assert compiled._kept(tmp_path) == before
    assert (tmp_path / before).exists()
    (sources / "scan.py").write_text("CELL = 32")
    assert compiled._kept(tmp_path) != before
    assert not (tmp_path / before).exists()


@pytest.mark.skipif(not COMPILES, reason="Nothing is compiled here.")
def test_what_only_borrows_arrays_gives_the_same():
    def raised(parts):
        for part in parts:
            rest = part[1:]
            for at in range(len(rest)):
                rest[at] += part[at]
        return len(parts)

    kept = (np.arange(5), np.arange(7))
    again = tuple(part.copy() for part in kept)
    assert borrowing(raised)(kept) == raised(again)
    assert [part.tolist() for part in kept] == [part.tolist() for part in again]


@pytest.mark.skipif(not (COMPILES and compiled.UNCOUNTED), reason="Nothing is compiled here that could make arrays.")
def test_what_makes_arrays_cannot_be_compiled_as_borrowing_them():
    def made(size):
        return np.zeros(size)[0]

    with pytest.raises(Exception, match="nopython mode"):
        borrowing(made)(3)
