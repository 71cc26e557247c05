"""Mentors for a group, and circles around one mentor, by how the needs are covered.

It makes no pairs.
"""
