"""Stories: what people tell in public of their mentoring, in the words they agreed to, until they take it back.

Owns: the story, the consent to it, who may change it. Does not own: the mentorship it came from, of which it knows
nothing.
"""
