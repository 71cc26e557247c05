"""Measurements, each a module run on its own; none of them is a test."""
