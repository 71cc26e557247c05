from enum import StrEnum

from django.db import models

from alongside.kernel.lifecycle import Lifecycle, Move


class Side(models.TextChoices):
    """Which side of a mentorship a participant is on."""

    MENTOR = "mentor", "Mentor"
    MENTEE = "mentee", "Mentee"

    @property
    def other(self) -> "Side":
        return Side.MENTEE if self is Side.MENTOR else Side.MENTOR


class ParticipantState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    WITHDRAWN = "withdrawn"


PARTICIPANT_LIFECYCLE = Lifecycle(
    Move("clear", frozenset({ParticipantState.WAITING}), ParticipantState.READY, "Ready to be matched"),
    Move("hold", frozenset({ParticipantState.READY}), ParticipantState.WAITING, "Not ready yet"),
    Move(
        "withdraw",
        frozenset({ParticipantState.WAITING, ParticipantState.READY}),
        ParticipantState.WITHDRAWN,
        "Leave the programme",
    ),
    Move("return", frozenset({ParticipantState.WITHDRAWN}), ParticipantState.WAITING, "Take part again"),
)

# What the other side may see of a person before they are introduced, if the person agreed to it.
SHAREABLE = {
    "name": "Name",
    "job_title": "Job title",
    "employer": "Where you work",
    "place": "Town or area",
    "topics": "What you want help with, or can help with",
    "sector": "Sector",
    "languages": "Languages",
    "availability": "When you can meet",
    "about": "What you wrote about yourself",
}
SHARED_BY_DEFAULT = ["name", "job_title", "employer", "place", "topics", "sector", "languages", "about"]
