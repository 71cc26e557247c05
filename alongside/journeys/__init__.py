"""Journeys: use cases that cross packages, a file each, every one a single transaction.

Owns: the order in which packages are called when one thing leads to another. Does not own: any rule of those packages.
"""
