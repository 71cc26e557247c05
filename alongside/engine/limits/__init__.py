"""The best matching within minimums, quotas and floors, or for the worst off, from a table of all pairs.

What a country needs is solved in `solving`.
"""
