"""Programmes: what an organisation offers, its partners, its cohorts, and the people who take part.

Owns: programmes, partners, cohorts, participants and the rules a programme matches and offers by. Does not own: how
people come in (applications), how they are paired (matching), or what pairs do (mentorships).
"""
