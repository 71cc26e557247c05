"""Endings: how a mentorship is parted from well, and when what was inside it goes.

Owns: thanks, what was achieved, the wish to stay in touch. Does not own: when or why it ends (that is mentorships).
"""
