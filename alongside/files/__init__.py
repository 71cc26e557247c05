"""Files that people hand in: which kinds we take, known by what is in them.

Owns the list of kinds and how each is recognised. Does not keep files, and knows no rows and nobody who hands one in.
"""
