"""Finding the right mentoring: what somebody needs, in their own words, and which offers fit it, with the reasons.

Owns: the words people use for needs, sectors and the rest, reading a need, and the order of what fits. Does not own:
where offers come from or who may be shown one. Plain Python, usable on its own.
"""
