"""The pages: one package per audience, a folder per group of pages.

Owns: translating between people and the packages below: fetch and authorise, one form, one call, one page. Does not
own: any decision.
"""
