"""Files of data that people write by hand: TOML read, checked to the last word, every fault named with its remedy.

Owns: where in a file something stands, faults in plain words, writing back. Does not own: what any file means.
"""
