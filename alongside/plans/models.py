from django.db import models

from alongside.kernel.editing import Edited
from alongside.mentorships.models import InsideMentorship, Member, OfMentorship, sealed_words
from alongside.plans.states import Level, ObjectiveState, Outcome, Reminder, Weight


class Objective(Edited, OfMentorship):
    """What a mentee wants to achieve, by when, and how they will know.

    Coordinators may know how many there are, and in which state; never what they are.
    """

    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ObjectiveState], default=ObjectiveState.OPEN.value
    )
    by_when = models.DateField(null=True)
    set_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    importance = models.PositiveSmallIntegerField(choices=Weight.choices, default=Weight.RATHER)
    difficulty = models.PositiveSmallIntegerField(choices=Weight.choices, default=Weight.RATHER)
    start_level = models.SmallIntegerField(choices=Level.choices, default=Level.LESS)
    level = models.SmallIntegerField(choices=Level.choices, default=Level.LESS)
    what = sealed_words("what")
    how_known = sealed_words("how_known")

    class Meta(OfMentorship.Meta):
        ordering = ["set_at", "pk"]


class Review(InsideMentorship):
    """A look at an objective: what it comes to, and what was said of it."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="reviews")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    level = models.SmallIntegerField(choices=Level.choices, null=True)
    note = sealed_words("note")

    class Meta(InsideMentorship.Meta):
        ordering = ["-at", "-pk"]


class Learning(InsideMentorship):
    """What else somebody learned, and how they used it; all in the mentorship read it."""

    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    learned = sealed_words("learned")
    used = sealed_words("used")

    class Meta(InsideMentorship.Meta):
        ordering = ["-at", "-pk"]


class Action(Edited, InsideMentorship):
    """A step somebody will take, or all of them together where ``who`` is empty."""

    who = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    by_when = models.DateField(null=True)
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True, help_text="Taken off the plan; it can be put back.")
    remind_days = models.PositiveSmallIntegerField(choices=Reminder.choices, null=True)
    remind_on = models.DateField(null=True, db_index=True, help_text="The day on which a reminder is due.")
    what = sealed_words("what")

    class Meta(InsideMentorship.Meta):
        ordering = ["done_at", "by_when", "pk"]
