"""Questionnaires on pages: a definition as a form, one page of it at a time, for every audience."""
