"""Run a benchmark of the checkout this is installed from."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def bench(name: str, options: Sequence[str], *, checkout: Path = CHECKOUT) -> int:
    """Run a benchmark with its own options and return its exit code, or 1 where there is none of that name."""
    folder = checkout / "benchmarks"
    if not folder.is_dir():
        print(
            "Benchmarks are no part of an installation. To measure, clone the repository, set it up with "
            "`python3 dev.py setup`, and run this command there.",
            file=sys.stderr,
        )
        return 1
    if name not in benchmarks_in(folder):
        print(f"There is no benchmark {name}; there are {', '.join(benchmarks_in(folder))}.", file=sys.stderr)
        return 1
    # Found from any folder, and never mistaken for a folder of that name here.
    path = os.pathsep.join(filter(None, [str(checkout), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *options], env=environment, check=False
    ).returncode


def benchmarks_in(folder: Path) -> list[str]:
    """Return the names of the benchmarks that run on their own."""
    modules = [file.stem for file in folder.glob("*.py") if "__main__" in file.read_text(encoding="utf-8")]
    return sorted([*modules, *(file.parent.name for file in folder.glob("*/__main__.py"))])
