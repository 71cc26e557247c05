from functools import cached_property

from django.db import models

from alongside.kernel.editing import Edited
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned
from alongside.mentorships.models import Member
from alongside.programmes.states import Side
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.queries import definition_of


class Response(Edited, ProgrammeOwned, Referenced):
    """One member, asked one questionnaire at one time of their mentorship, and what they answered.

    After some months nobody knows any more whose it was: ``member`` and ``mentorship`` go, and with them everything
    said in own words. What was chosen stays, to be counted.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="survey_responses")
    mentorship = models.ForeignKey(
        "mentorships.Mentorship", null=True, on_delete=models.SET_NULL, related_name="survey_responses"
    )
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="survey_responses")
    side = models.CharField(max_length=10, choices=Side.choices)
    questionnaire = models.CharField(max_length=60)
    questionnaire_version = models.PositiveIntegerField()
    when = models.CharField(max_length=20, help_text="As the rules name it, such as 'halfway'.")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "questionnaire", "when"], name="one_survey_each_time"),
        ]
        indexes = [models.Index(fields=["cohort", "questionnaire", "when"], name="survey_of_a_cohort")]

    @cached_property
    def definition(self) -> Definition:
        """What was asked."""
        return definition_of(self.questionnaire, self.questionnaire_version, self.organisation_id)
