"""Blueprints: how a programme runs, as data that a coordinator can read, change and carry elsewhere.

Owns: what may be said of a programme, reading, writing and comparing it, and the blueprints that come with us.
Does not own: programmes, nor who follows which rules.
"""
