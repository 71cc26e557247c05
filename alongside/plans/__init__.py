"""Plans: what a mentee wants to achieve, and who does what by when.

Owns: objectives, their reviews, actions. Does not own: the meetings at which they are looked at.
"""
