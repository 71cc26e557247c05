"""The ground every package stands on: lifecycles, scope by organisation, permissions, the clock, ids.

Owns: the mechanisms that make a rule hold everywhere. Does not own: any noun of mentoring; it imports nothing of ours.
"""
