"""Mentorships: the relationship of mentors with mentees, from the introduction on.

Owns: the mentorship, its members, its states and its proposed first meeting. Does not own: how the pair was found.
"""
