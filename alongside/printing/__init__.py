"""Printing: documents on paper, as PDF that can be read aloud.

Owns: how a document looks, and how plainly marked text is taken apart. Does not own: what any document says.
"""
