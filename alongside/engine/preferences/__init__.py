"""Stable matching by stated preferences, and who would rather have each other.

No scores count here.
"""
