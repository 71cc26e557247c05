"""Surveys: what members of a mentorship are asked for the coordinators, at times that the programme's rules name.

Owns: who was asked what and when, and what they answered. Does not own: the questionnaires, or the mentorships.
"""
