"""Questionnaires: questions as versioned data, and answers that stay with the version they answer.

Owns: definitions, their validation, scoring. Does not own: who is asked what and when, nor who sees the answers.
"""
