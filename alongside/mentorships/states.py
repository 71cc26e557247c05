from enum import StrEnum

from django.db import models

from alongside.kernel.lifecycle import Lifecycle, Move


class MentorshipState(StrEnum):
    INTRODUCED = "introduced"
    BOOKED = "booked"
    COOLING_OFF = "cooling_off"
    GOING_ON = "going_on"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDING = "ending"
    ENDED = "ended"


S = MentorshipState
RUNNING = frozenset(S) - {S.ENDED}
WORKING = frozenset({S.GOING_ON, S.ACTIVE})
"""Where the two work together; with a pause and an ending planned, that is all after the cooling-off."""

MENTORSHIP_LIFECYCLE = Lifecycle(
    Move("book", frozenset({S.INTRODUCED}), S.BOOKED, "Book the first meeting"),
    Move("unbook", frozenset({S.BOOKED}), S.INTRODUCED, "The first meeting is off"),
    Move("meet", frozenset({S.INTRODUCED, S.BOOKED}), S.COOLING_OFF, "We have met"),
    Move("go_on", frozenset({S.COOLING_OFF}), S.GOING_ON, "We go on"),
    Move("agree", frozenset({S.GOING_ON}), S.ACTIVE, "We have an agreement"),
    Move("pause", WORKING, S.PAUSED, "Pause"),
    Move("resume", frozenset({S.PAUSED}), S.GOING_ON, "Go on after the pause"),
    Move("resume_agreed", frozenset({S.PAUSED}), S.ACTIVE, "Go on after the pause"),
    Move("extend", frozenset({S.ACTIVE, S.ENDING}), S.ACTIVE, "Go on for longer"),
    Move("plan_ending", WORKING | {S.PAUSED}, S.ENDING, "Plan the ending"),
    Move("end", RUNNING, S.ENDED, "End it"),
)


class Ending(models.TextChoices):
    """Why a mentorship ended. No word of it blames anybody."""

    OBJECTIVES_MET = "objectives_met", "Objectives met"
    NEED_CHANGED = "need_changed", "The need has changed"
    NOT_THE_FIT = "not_the_fit", "Not the right fit"
    CIRCUMSTANCES = "circumstances", "Circumstances"
    NOT_SAID = "not_said", "Nobody said"


# After these the mentee still wants a mentor, and is matched again without applying again.
WANTS_ANOTHER = frozenset({Ending.NOT_THE_FIT, Ending.CIRCUMSTANCES})
PROVIDES = ["", *(ending.value for ending in Ending if ending not in WANTS_ANOTHER)]
"""What is said, or not yet, of an ending where the mentee has, or has had, what they wanted."""


class GoingOn(models.TextChoices):
    """What one side says after the cooling-off, to the coordinator and never to the other side."""

    YES = "yes", "Yes, I am happy to go on"
    NO = "no", "No, I would rather not go on"


class Due(StrEnum):
    """What falls due by itself in the life of a mentorship, once in each stay in a state."""

    SUGGEST_A_MEETING = "suggest_a_meeting"
    NOT_MET = "not_met"
    ASK_WHETHER_TO_GO_ON = "ask_whether_to_go_on"
    REMIND_TO_ANSWER = "remind_to_answer"
    NOT_ANSWERED = "not_answered"
    REMIND_TO_AGREE = "remind_to_agree"
    NOT_AGREED = "not_agreed"
    END_COMES_NEAR = "end_comes_near"
    END_IS_PAST = "end_is_past"
    PAUSE_IS_OVER = "pause_is_over"
    ASK_HOW_IT_ENDED = "ask_how_it_ended"
    CLOSE = "close"


FOR_THE_COORDINATOR = frozenset({Due.NOT_MET, Due.NOT_ANSWERED, Due.NOT_AGREED, Due.END_IS_PAST})
"""What no email to the two settles any more: somebody who knows them looks."""
