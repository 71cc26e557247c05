"""Finding the best pairs among all, and the prices that prove it.

It knows of capacities alone: minimums, quotas and floors are kept in `limits`.
"""
