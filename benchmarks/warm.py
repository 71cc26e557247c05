"""Match a small cohort once, so that the engine stands compiled on the disk: ``python -m benchmarks.warm``."""

from alongside.engine import Market
from benchmarks.populations import cohort


def warm() -> None:
    """Compile what a matching needs, unless it is compiled already."""
    Market.of(cohort(260, 120, seed=11)).solve()


if __name__ == "__main__":
    warm()
