from django.db import models
from django.utils.functional import cached_property

from alongside.kernel.editing import Edited
from alongside.mentorships.models import InsideMentorship, Member, sealed_words
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.queries import definition_from, definition_of


class Exercise(InsideMentorship):
    """A questionnaire that members of a mentorship fill in apart, in the version with which they began."""

    questionnaire = models.CharField(max_length=60)
    questionnaire_version = models.PositiveIntegerField()
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta(InsideMentorship.Meta):
        ordering = ["-opened_at", "-pk"]

    @cached_property
    def definition(self) -> Definition:
        """What was asked. Of rows that `exercises_in` found it costs no query."""
        if "own_table" in self.__dict__:
            return definition_from(self.__dict__["own_table"], self.questionnaire, self.questionnaire_version)
        return definition_of(self.questionnaire, self.questionnaire_version, self.organisation_id)


class Filling(Edited, InsideMentorship):
    """What one member answers: theirs alone until it is shown, and they say when they are done."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="fillings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True, help_text="When its author chose to show it to the others.")
    answers = sealed_words("answers", default={})

    class Meta(InsideMentorship.Meta):
        constraints = [models.UniqueConstraint(fields=["exercise", "member"], name="one_filling_each")]
