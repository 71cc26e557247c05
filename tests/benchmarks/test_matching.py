"""The benchmark of matching, from the command to its tables."""

import numpy as np
import pytest

from alongside.engine import Market
from benchmarks.matching import peers, tables, values
from benchmarks.matching.command import main
from benchmarks.matching.tables import Row
from benchmarks.populations import cohort


def cells(out: str, row: str) -> list[str]:
    return next(line for line in out.splitlines() if line.strip().startswith(row)).split()[3:]


def test_a_tiny_cohort_is_measured_verified_and_matched_by_a_peer(capfd) -> None:
    assert main(["--sizes", "6x4", "--people", "cohort", "--verify"]) == 0
    out = capfd.readouterr().out
    assert "Python" in out.splitlines()[0]
    assert "numba" in out.splitlines()[0]
    figures = dict(zip(tables.COLUMNS, cells(out, "6 × 4"), strict=False))
    assert figures["gap"] == figures["relative"] == "0"
    assert int(figures["placed"]) > 0
    assert float(figures["total"]) > 0
    assert "the same" in next(line for line in out.splitlines() if "6 × 4" in line)
    assert "Apart from matching" in out
    assert "why not" in out


def test_sizes_that_make_no_sense_are_refused_in_words(capfd) -> None:
    with pytest.raises(SystemExit):
        main(["--sizes", "6by4"])
    assert "is not two numbers with x between them" in capfd.readouterr().err


def test_without_the_counts_of_real_programmes_it_says_where_they_belong(monkeypatch, capfd, tmp_path) -> None:
    monkeypatch.setenv("ALONGSIDE_SHARED_DATA", str(tmp_path))
    assert main(["--sizes", "6x4"]) == 1
    assert "real_programme_marginals" in capfd.readouterr().err


def test_a_measurement_that_fails_leaves_a_row_that_says_so() -> None:
    assert "no figures: killed (SIGKILL)" in tables.size_line(Row("6 × 4", None, "killed (SIGKILL)"))


def test_a_gap_is_shown_beside_the_bound_and_as_stopped() -> None:
    figures = {"prepare": 1.0, "scan": 2.0, "solve": 3.0, "megabytes": 99.6, "placed": 4, "quality": 20_000}
    figures |= {"value": 99, "bound": 100, "verify": None}
    line = tables.size_line(Row("6 × 4", figures, peers={"scipy": {"why": "over 5 s"}}))
    assert line.split()[3:] == [
        "1.000",
        "2.000",
        "3.000",
        "6.000",
        "100",
        "4",
        "20,000",
        "1",
        "1.0e-02",
        *["over", "5", "s"],
    ]
    assert tables.extreme_line(Row("all ties", figures)).endswith("stopped")


def test_a_peer_that_places_fewer_or_fits_worse_is_told_apart() -> None:
    figures = {"placed": 10, "quality": 1_000}
    for placed, quality, told in ((10, 1_000, "the same"), (9, 1_200, "-1 people"), (10, 900, "-10.00%")):
        peer = {"seconds": 1.0, "placed": placed, "quality": quality, "complete": True}
        assert tables.peer_cell(peer, figures) == f"1.000 s, {told}"


def test_peers_get_every_pair_or_the_best_of_each_person(monkeypatch, tmp_path) -> None:
    market = Market.of(cohort(60, 50))
    values.write_values(market, tmp_path / "all.npz")
    monkeypatch.setattr(values, "COMPLETE", 0)
    monkeypatch.setattr(values, "BEST", 4)
    monkeypatch.setattr(values, "AT_ONCE", 500)
    values.write_values(market, tmp_path / "best.npz")
    whole, best = (peers.Values.read(tmp_path / f"{name}.npz") for name in ("all", "best"))
    assert whole.complete
    assert not best.complete
    scores, kept = whole.table(), best.table()
    assert (np.sort(kept, axis=0)[-4:] == np.sort(scores, axis=0)[-4:]).all()
    assert (np.sort(kept, axis=1)[:, -4:] == np.sort(scores, axis=1)[:, -4:]).all()


def test_a_peer_that_is_not_installed_or_needs_too_much_says_so(monkeypatch, tmp_path) -> None:
    values.write_values(Market.of(cohort(6, 4)), tmp_path / "values.npz")
    monkeypatch.setattr(peers, "MEMORY", 10)
    assert "needs" in peers.measure("scipy", tmp_path / "values.npz")["why"]
    assert peers.measure("scipy", tmp_path / "values.npz").keys() == {"why"}
