from datetime import timedelta

from django.db import models

from alongside.mentorships.states import MentorshipState

PARTING = frozenset({MentorshipState.ENDING, MentorshipState.ENDED})
"""When members look back and say thank you."""
KEPT = timedelta(days=90)
"""How long after the end what is inside a mentorship is kept."""
NOTICE = timedelta(days=14)
"""How long before it goes its members are told."""
MEETINGS_KEPT = 24
"""How many months after the end it is kept when they met; that they did, and for how long together, stays."""
ANSWERS_KEPT = 12
"""How many months an answer is kept as somebody's: to the pulse, to a follow-up, how useful a meeting was. Then it
counts among the others, and nobody knows any more whose it was."""


class Sees(models.TextChoices):
    """Who may read what a mentee says they achieved."""

    ME = "me", "Only me"
    ALL = "all", "All of us"
    COORDINATOR = "coordinator", "All of us, and the coordinators"
