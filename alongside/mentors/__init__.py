"""A mentor's one profile across a network: what they say of themselves once, and where they offered to help with it.

Owns: profiles, the consent to be found, where a mentor asked, questions of organisations to mentors whom they found.
Does not own: applications, enquiries (where a mentor asks), training (placing), or the total capacity (people).
"""
