"""Audit: who did what to which thing, and when.

Owns: the rows and the one function that writes them. Does not own: the things; it holds their ids as values, so that
erasing a person never fights the record of what happened.
"""
