"""The independent check of a solution and its certificate.

It knows what the values mean, and nothing of how they were found.
"""
