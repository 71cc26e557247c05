"""Organisations: the providers of mentoring, the network they form, and who works for them.

Owns: networks, organisations, the roles of people in them. Does not own: what organisations offer (programmes).
"""
