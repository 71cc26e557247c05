"""Other solvers on the engine's scores: `python -m benchmarks.matching.peers NAME FILE`, each in a process of its own.

Nothing of ours is imported but the machine's name, so that a peer may live in another environment. What is counted is
the solver's own time: neither reading the file nor importing it.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.machine import peak_megabytes

Array = npt.NDArray[Any]
Chosen = tuple[Array, Array]
"""Rows and columns of the pairs made."""

MEMORY = 2_000_000_000
"""Bytes scipy's table may have."""


class NotHere(Exception):
    """Say why a peer cannot run on this."""


@dataclass(frozen=True, slots=True)
class Values:
    """Hold pairs that may be made (rows, columns), what they are worth, and the capacities of both sides.

    Each pair is worth its score and `reward`. `complete` tells whether these are all pairs.
    """

    rows: Array
    columns: Array
    scores: Array
    reward: int
    wanted: Array
    places: Array
    complete: bool

    @classmethod
    def read(cls, file: Path) -> Values:
        """Read what `benchmarks.matching.values` wrote."""
        with np.load(file) as held:
            arrays = {name: held[name] for name in held.files}
        return cls(**{**arrays, "reward": int(arrays["reward"]), "complete": bool(arrays["complete"])})

    def table(self) -> Array:
        """Return (n by m) what each pair is worth, 0 where it may not be made."""
        table = np.zeros((len(self.wanted), len(self.places)))
        table[self.rows, self.columns] = self.scores + self.reward
        return table


def scipy(values: Values) -> Callable[[], Chosen]:
    """Solve with scipy's dense `linear_sum_assignment`: a column for each place, a row for each mentor wanted."""
    rows, columns = int(values.wanted.sum()), int(values.places.sum())
    if not values.complete or rows * columns * 8 > MEMORY:
        raise NotHere(f"needs {rows * columns * 8 / 1e9:.1f} GB")
    if (values.wanted > 1).any():
        raise NotHere("one mentor each only")
    solver: Any = importlib.import_module("scipy.optimize")
    table, owner = values.table()[values.wanted > 0], np.flatnonzero(values.wanted)
    copies = np.repeat(np.arange(len(values.places)), values.places)

    def run() -> Chosen:
        row, seat = solver.linear_sum_assignment(table[:, copies], maximize=True)
        made = table[row, copies[seat]] > 0
        return owner[row[made]], copies[seat[made]]

    return run


def ortools(values: Values) -> Callable[[], Chosen]:
    """Solve with the min-cost flow of OR-Tools; who gets nobody goes round."""
    module: Any = importlib.import_module("ortools.graph.python.min_cost_flow")
    if (values.wanted > 1).any():
        raise NotHere("one mentor each only")

    def run() -> Chosen:
        flow = module.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(*_arcs(values))
        people = int(values.wanted.sum())
        flow.set_node_supply(len(values.wanted) + len(values.places), people)
        flow.set_node_supply(len(values.wanted) + len(values.places) + 1, -people)
        assert flow.solve() == flow.OPTIMAL
        made = np.flatnonzero(flow.flows(np.arange(len(values.rows), dtype=np.int32)))
        return values.rows[made], values.columns[made]

    return run


def _arcs(values: Values) -> tuple[Array, ...]:
    """Return tails, heads, capacities and costs: pairs first, then from the source, to the sink, and past everybody."""
    n, m, pairs = len(values.wanted), len(values.places), len(values.rows)
    source, sink, people = n + m, n + m + 1, values.wanted.sum()
    tails = np.concatenate([values.rows, np.full(n, source), n + np.arange(m), [source]])
    heads = np.concatenate([n + values.columns, np.arange(n), np.full(m, sink), [sink]])
    room = np.concatenate([np.ones(pairs, np.int64), values.wanted, values.places, [people]])
    costs = np.concatenate([-(values.scores + values.reward), np.zeros(n + m + 1, np.int64)])
    return tails.astype(np.int32), heads.astype(np.int32), room.astype(np.int64), costs.astype(np.int64)


def mentor_match(values: Values) -> Callable[[], Chosen]:
    """Match with mentor-match, our scores as its rule.

    It gives everyone one partner a round; there is a round for each place of the mentor who has most, and in each
    whoever is full is ruled out.
    """
    if not values.complete:
        raise NotHere("needs all pairs")
    process: Any = importlib.import_module("matching.process")
    people: Any = importlib.import_module("matching.mentor").Mentor, importlib.import_module("matching.mentee").Mentee
    table = values.table().astype(np.int64)
    wanted, places = values.wanted.tolist(), values.places.tolist()

    class Score:
        """Rule out whoever is full and pairs that may not be made; all others have their worth."""

        def apply(self, match: Any) -> int:
            row, column = match.mentee.role, match.mentor.role
            full = len(match.mentee.mentors) >= wanted[row] or len(match.mentor.mentees) >= places[column]
            match.disallowed = full or not table[row, column]
            return int(table[row, column])

    def run() -> Chosen:
        mentors = [people[0](email=f"mentor {number}", role=number, grade=1) for number in range(len(places))]
        mentees = [people[1](email=f"mentee {number}", role=number, grade=1) for number in range(len(wanted))]
        process.process_data(mentors, mentees, [[Score()] for _ in range(max(places, default=0))])
        made = [(mentee.role, mentor.role) for mentee in mentees for mentor in mentee.mentors]
        rows, columns = np.array(made, dtype=np.int64).reshape(-1, 2).T
        return rows, columns

    return run


PEERS: dict[str, Callable[[Values], Callable[[], Chosen]]] = {
    "scipy": scipy,
    "OR-Tools": ortools,
    "mentor-match": mentor_match,
}


def measure(name: str, file: Path) -> dict[str, Any]:
    """Run a peer, and return its seconds, megabytes and what its pairs are worth; or why it cannot run."""
    values = Values.read(file)
    try:
        run = PEERS[name](values)
    except ModuleNotFoundError:
        return {"why": "not installed"}
    except NotHere as error:
        return {"why": str(error)}
    start = time.perf_counter()
    rows, columns = run()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "megabytes": peak_megabytes(), **_worth(values, rows, columns)}


def _worth(values: Values, rows: Array, columns: Array) -> dict[str, Any]:
    """Count people placed, and add up scores; assert that the pairs keep the capacities and may be made."""
    known = values.rows.astype(np.int64) * len(values.places) + values.columns
    order = np.argsort(known)
    asked = rows.astype(np.int64) * len(values.places) + columns
    at = order[np.searchsorted(known, asked, sorter=order)]
    assert (known[at] == asked).all()
    assert len(np.unique(asked)) == len(asked)
    assert (np.bincount(columns, minlength=len(values.places)) <= values.places).all()
    assert (np.bincount(rows, minlength=len(values.wanted)) <= values.wanted).all()
    return {"placed": len(np.unique(rows)), "quality": int(values.scores[at].sum()), "complete": values.complete}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
