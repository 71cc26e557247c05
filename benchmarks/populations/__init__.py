"""Made-up people to measure with: small cohorts, a whole country with the skews of real programmes, and extremes."""

from benchmarks.populations.cohorts import cohort
from benchmarks.populations.extremes import EXTREMES
from benchmarks.populations.marginals import NoMarginals
from benchmarks.populations.nationwide import country

__all__ = ["EXTREMES", "NoMarginals", "cohort", "country"]
