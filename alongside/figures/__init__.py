"""Figures of a network by month, its targets, what surveys say of it, and campaigns.

Owns: counts that were frozen, targets, awareness, campaigns with visits by day. Does not own: who is counted (what
counts is a journey), nor how counts are shown (reports).
"""
