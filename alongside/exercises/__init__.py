"""Exercises: what the members of a mentorship fill in apart and then compare.

Owns: who answered what, when it is shown and to whom. Does not own: the questions, which are questionnaires.
"""
