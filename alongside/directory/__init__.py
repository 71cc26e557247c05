"""The directory: what organisations put before everybody, and what people looked for in it.

Owns: listings, what they offer, claims to them, searches without the person. Does not own: how good an organisation is
(assessments), what people ask one (enquiries), or the order in which offers fit a need (finding).
"""
