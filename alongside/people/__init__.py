"""People: one person, one account, across all organisations and roles.

Owns: the person, their sign-in links and their total capacity as a mentor. Does not own: what they do in a programme.
"""
