"""Agreements: what the members of a mentorship agreed, version by version, and who signed it.

Owns: agreements and signatures. Does not own: when a mentorship needs one, nor the programme's template.
"""
