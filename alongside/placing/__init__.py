"""Placing: volunteers trained to one standard by one organisation, asked to mentor in programmes of others.

Owns: who is trained and until when, calls for mentors, the question to a volunteer, the record of training that comes
along. Does not own: the training itself (gates of a programme) or whom a placed mentor works with (matching).
"""
