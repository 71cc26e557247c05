"""Evaluation: how it goes, in the words of those who take part.

Owns: pulses, follow-ups, and that a coordinator wrote to a pair. Does not own: the meetings and mentorships they are
about.
"""
