from __future__ import annotations

from alongside.engine import compiled


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
