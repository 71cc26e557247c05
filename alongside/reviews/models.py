from functools import cached_property

from django.db import models

from alongside.kernel.editing import Edited
from alongside.mentorships.models import InsideMentorship, Member, sealed_words
from alongside.questionnaires.definition import Definition, RaterGroup
from alongside.questionnaires.queries import definition_from, definition_of


class AllRoundReview(InsideMentorship):
    """A mentee asks those around them. What came of it is theirs alone, unless they share it.

    ``result`` is made once, when it closes, and single answers are kept no longer (``counting``).
    """

    mentee = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    questionnaire = models.CharField(max_length=60)
    questionnaire_version = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, help_text="Set when the first are asked.")
    closed_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True, help_text="When the mentee chose to show the result to the others.")
    result = sealed_words("result", default={})

    class Meta(InsideMentorship.Meta):
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mentee"], condition=models.Q(closed_at=None), name="one_review_open_each")
        ]

    @cached_property
    def definition(self) -> Definition:
        """What is asked. Of rows that `reviews_of` and `results_shown_to` found it costs no query."""
        if "own_table" in self.__dict__:
            return definition_from(self.__dict__["own_table"], self.questionnaire, self.questionnaire_version)
        return definition_of(self.questionnaire, self.questionnaire_version, self.organisation_id)


class Rater(Edited, InsideMentorship):
    """Somebody who is asked about the mentee, or the mentee themself; they need no account.

    Their address, their answers and whether they answered are kept until the review closes, their name as long as what
    is inside the mentorship.
    """

    review = models.ForeignKey(AllRoundReview, on_delete=models.CASCADE, related_name="raters")
    group = models.CharField(max_length=60)
    asked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    name = sealed_words("name")
    email = sealed_words("email")
    answers = sealed_words("answers", default={})
    letters = sealed_words("letters", default=[])
    """The refs of the emails to them, so that these go when their address does."""
    replaced = sealed_words("replaced", default=False)
    """That the first email did not arrive and another row was asked in their place, at another address."""

    class Meta(InsideMentorship.Meta):
        ordering = ["pk"]

    @property
    def first_name(self) -> str:
        return str(self.name).partition(" ")[0]

    @property
    def rater_group(self) -> RaterGroup:
        return next(group for group in self.review.definition.raters if group.id == self.group)
