"""Evaluation: how it goes, in the words of those who take part.

Owns: pulses and follow-ups. Does not own: the meetings and mentorships they are about.
"""
