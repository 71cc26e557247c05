from enum import StrEnum

from django.db import models

from alongside.kernel.lifecycle import Lifecycle, Move


class ObjectiveState(StrEnum):
    OPEN = "open"
    MET = "met"
    DROPPED = "dropped"


S = ObjectiveState
OBJECTIVE_LIFECYCLE = Lifecycle(
    Move("meet", frozenset({S.OPEN}), S.MET, "Reached"),
    Move("drop", frozenset({S.OPEN}), S.DROPPED, "Not pursued any more"),
    Move("reopen", frozenset({S.MET, S.DROPPED}), S.OPEN, "Take it up again"),
)


class Outcome(models.TextChoices):
    """What a look at an objective comes to."""

    GOING_ON = "going_on", "Still going on"
    MET = "met", "Reached"
    DROPPED = "dropped", "Not pursued any more"


class Level(models.IntegerChoices):
    """How far an objective is reached (Kiresuk and Sherman 1968, goal attainment scaling); 0 is what was hoped for."""

    MUCH_LESS = -2, "Much less than hoped for"
    LESS = -1, "Less than hoped for"
    AS_HOPED = 0, "As hoped for"
    MORE = 1, "More than hoped for"
    MUCH_MORE = 2, "Much more than hoped for"


class Weight(models.IntegerChoices):
    """How important an objective is to the mentee, or how hard to reach."""

    LITTLE = 1, "A little"
    RATHER = 2, "Rather"
    VERY = 3, "Very"


class Reminder(models.IntegerChoices):
    """How many days before its day somebody wants to be reminded of what they are to do."""

    ON_THE_DAY = 0, "On the day"
    A_DAY = 1, "A day before"
    THREE_DAYS = 3, "Three days before"
    A_WEEK = 7, "A week before"
