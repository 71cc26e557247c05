"""Measure the matching engine, from a cohort to a country: `python -m benchmarks.matching --help`."""
