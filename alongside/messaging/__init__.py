"""Messaging: what members of a mentorship write to each other, and the files and links they share.

Owns: messages, attachments, documents, links, what was read. Does not own: the emails that carry them.
"""
