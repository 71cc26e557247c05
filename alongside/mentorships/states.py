from enum import StrEnum

from django.db import models

from alongside.kernel.lifecycle import Lifecycle, Move


class MentorshipState(StrEnum):
    INTRODUCED = "introduced"
    MET = "met"
    ACTIVE = "active"
    ENDED = "ended"


S = MentorshipState
MENTORSHIP_LIFECYCLE = Lifecycle(
    Move("meet", frozenset({S.INTRODUCED}), S.MET, "We have met"),
    Move("go_on", frozenset({S.MET}), S.ACTIVE, "We go on"),
    Move("end", frozenset({S.INTRODUCED, S.MET, S.ACTIVE}), S.ENDED, "End it"),
)
RUNNING = frozenset({S.INTRODUCED, S.MET, S.ACTIVE})


class Ending(models.TextChoices):
    """Why a mentorship ended. No word of it blames anybody."""

    OBJECTIVES_MET = "objectives_met", "Objectives met"
    NEED_CHANGED = "need_changed", "The need has changed"
    NOT_THE_FIT = "not_the_fit", "Not the right fit"
    CIRCUMSTANCES = "circumstances", "Circumstances"


# After these the mentee still wants a mentor, and is matched again without applying again.
WANTS_ANOTHER = frozenset({Ending.NOT_THE_FIT, Ending.CIRCUMSTANCES})
