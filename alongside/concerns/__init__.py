"""Concerns: what somebody reports to the safeguarding lead, and what became of it.

Owns: concerns, what is added to them, who hears them, their clocks. Does not own: content of a mentorship that the
reporter left out, nor who reported where they gave no name.
"""
