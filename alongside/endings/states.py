from datetime import timedelta

from django.db import models

from alongside.mentorships.states import MentorshipState

PARTING = frozenset({MentorshipState.ENDING, MentorshipState.ENDED})
"""When members look back and say thank you."""
NOTICE = timedelta(days=14)
"""How long before it goes its members are told."""


class Sees(models.TextChoices):
    """Who may read what a mentee says they achieved."""

    ME = "me", "Only me"
    ALL = "all", "All of us"
    COORDINATOR = "coordinator", "All of us, and the coordinators"
