"""Matching: who could work with whom, and the way from a possible pair to two people who said yes.

Owns: the versions of a cohort's matching, the offers made to mentees, the requests to mentors, their clocks. Does not
own: the optimum itself (engine) or what happens once both said yes (mentorships).
"""
