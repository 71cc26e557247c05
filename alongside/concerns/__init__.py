"""Concerns: what somebody reports to the safeguarding lead, and what became of it.

Owns: concerns, what is added to them, their clocks. Does not own: content of a mentorship the reporter left out.
"""
