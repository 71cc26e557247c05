"""Assessments: how good an organisation's mentoring is, judged by people against published criteria, on evidence.

Owns: standards as data, evidence, scores, decisions, appeals, their clocks. Does not own: what a listing shows of it.
"""
