"""The command line: the ``alongside`` command and Django's management commands.

Owns: turning words on a command line into one call. Does not own: any decision.
"""
