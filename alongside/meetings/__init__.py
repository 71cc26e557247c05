"""Meetings: planned and past encounters in a mentorship.

Owns: meetings, suggested times, replies, what was said of them afterwards. Does not own: the life of the mentorship.
"""
