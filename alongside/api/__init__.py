"""The API: typed routes over the same queries and rules as the pages.

Owns: the shape of what programs read. Does not own: who may see what (rules) or any decision.
"""
