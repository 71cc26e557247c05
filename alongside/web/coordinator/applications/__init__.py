"""Applications to a cohort: which came in, each one to read, its steps, and the decision."""
