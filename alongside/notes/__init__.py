"""Notes: what a member keeps for themselves or shares in the mentorship.

Owns: notes. Does not own: agendas, messages or documents.
"""
