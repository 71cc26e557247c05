"""Applications: how people come into a cohort.

Owns: the import of a spreadsheet, from the dropped file to its report, and the remembered meaning of its columns.
Does not own: reading spreadsheets (sheets) or the participants that result (programmes).
"""
