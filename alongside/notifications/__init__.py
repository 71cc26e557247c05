"""Notifications: every email we send, kept in an outbox until it is really gone.

Owns: the outbox, the rendering of emails, the job that sends them. Does not own: when and why an email is due.
"""
