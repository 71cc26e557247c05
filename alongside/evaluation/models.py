from django.db import models

from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned
from alongside.mentorships.models import Member, Mentorship, OfMentorship

FROM_1_TO_5 = (1, 5)


def _scale(field: str, name: str) -> models.CheckConstraint:
    allowed = models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__range": FROM_1_TO_5})
    return models.CheckConstraint(condition=allowed, name=name)


class Pulse(OfMentorship):
    """How a mentorship goes for one member, asked once a month.

    It is between that member and the coordinators; the others in the mentorship never see it.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="pulses")
    due_on = models.DateField(help_text="The day of the month it was asked for.")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True, help_text="1 is badly, 5 is very well.")
    call_wanted = models.BooleanField(default=False)
    words = models.TextField(blank=True, help_text="To the coordinators.")
    answered_at = models.DateTimeField(null=True)
    call_done_at = models.DateTimeField(null=True)

    class Meta(OfMentorship.Meta):
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "due_on"], name="one_pulse_each_month"),
            _scale("score", "score_from_1_to_5"),
        ]
        indexes = [models.Index(fields=["mentorship", "due_on"], name="pulses_of_a_mentorship")]


class FollowUp(OfMentorship):
    """What became of a mentorship, asked of one member some months after its end.

    It is between that member and the coordinators.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(help_text="How many months after the end.")
    due_at = models.DateTimeField(db_index=True)
    asked_at = models.DateTimeField(null=True)
    still_uses = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True, help_text="What came of it, to the coordinators.")
    may_write_again = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(OfMentorship.Meta):
        constraints = [
            models.UniqueConstraint(fields=["member", "months"], name="one_follow_up_each"),
            _scale("still_uses", "still_uses_from_1_to_5"),
        ]


class Tally(ProgrammeOwned):
    """How many in a programme gave an answer in a month: what stays of answers that are nobody's any more.

    ``value`` is the number they chose, 0 where they did not answer: silence is counted, not left out.
    """

    question = models.CharField(max_length=20, help_text="'pulse', 'useful', or 'follow_up_3', with its months.")
    month = models.DateField(help_text="The first day of the month in which it was asked or said.")
    value = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)

    class Meta(ProgrammeOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "question", "month", "value"], name="one_tally_for_each_answer"
            )
        ]


class Nudge(ProgrammeOwned, Referenced):
    """That a coordinator wrote to all in a mentorship, once for each message that was sent."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="nudges")
    token = models.CharField(max_length=40, help_text="Which message: the name its form was given.")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["mentorship", "token"], name="each_nudge_sent_once")]
