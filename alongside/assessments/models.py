from functools import cached_property

from django.db import models
from django.db.models import Q

from alongside.assessments.standard import Standard
from alongside.assessments.standards import standard_of
from alongside.assessments.states import (
    ASSESSOR_LIFE,
    BEING_JUDGED,
    IN_HAND,
    AssessmentState,
    AssessorState,
    Due,
    Outcome,
)
from alongside.files.kinds import KINDS, Kind
from alongside.kernel import sealing
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned, Scope


class Assessment(OrganisationOwned, Referenced):
    """An organisation's judgement by one standard, from its own first word to the day it runs out.

    ``measured`` is what Alongside had counted on the day it was sent: assessors score what was there then. ``outcome``
    is what the standard's rule makes of the final scores; ``level`` its level, where the standard has levels.
    """

    standard_id = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=14,
        choices=[(s.value, s.value) for s in AssessmentState],
        default=AssessmentState.SELF_ASSESSING.value,
    )
    begun_at = models.DateTimeField()
    gates = models.JSONField(default=dict, help_text="What was said to each gate item, by its id: true or false.")
    measured = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True)
    sent_back = models.TextField(blank=True, help_text="What a steward asked for before anybody scores it.")
    handed_over_at = models.DateTimeField(null=True, help_text="When the two who score it were last complete.")
    scored_at = models.DateTimeField(null=True)
    moderator = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=[(o.value, o.value) for o in Outcome], blank=True)
    level = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True, help_text="What the network writes to the organisation with the decision.")
    plan = models.TextField(blank=True, help_text="What is to be put right, of one with conditions.")
    holds_until = models.DateTimeField(null=True)
    declare_by = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    appeal = models.TextField(blank=True)
    appeal_decided_at = models.DateTimeField(null=True)
    appeal_decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    appeal_words = models.TextField(blank=True)

    class Meta(OrganisationOwned.Meta):
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "standard_id"],
                condition=Q(state__in=sorted(s.value for s in IN_HAND)),
                name="one_assessment_in_hand",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="what_is_decided_came_to_something",
            ),
        ]

    @classmethod
    def rows_within(cls, scope: Scope) -> Q:
        return super().rows_within(scope) | Q(pk__in=scope.assessments)

    @cached_property
    def standard(self) -> Standard:
        """The standard it is judged by, in the version it was begun with."""
        return standard_of(self.standard_id, self.version)

    @property
    def is_being_judged(self) -> bool:
        return self.state in BEING_JUDGED

    @property
    def level_title(self) -> str:
        return self.standard.level_title(self.level)


class OfAssessment(OrganisationOwned):
    """A row of an assessment, which those who score it reach as well."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta(OrganisationOwned.Meta):
        abstract = True

    @classmethod
    def rows_within(cls, scope: Scope) -> Q:
        return super().rows_within(scope) | Q(assessment_id__in=scope.assessments)


class Answer(OfAssessment):
    """How an organisation scores itself in one criterion, and in which words."""

    criterion = models.CharField(max_length=60)
    score = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta(OfAssessment.Meta):
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="one_answer_per_criterion")]


class Evidence(OrganisationOwned, Referenced):
    """One thing that shows how an organisation works: a link or a file, kept once and used by every standard.

    ``kind_id`` is the shared id of what it is evidence of (EV01 and so on).
    """

    kind_id = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500, blank=True)
    name = models.CharField(max_length=150, blank=True)
    kind_name = models.CharField(max_length=10, blank=True)
    size = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(default=b"", editable=False)
    reviewed_on = models.DateField(help_text="When the organisation last went over it.")
    added_at = models.DateTimeField()

    class Meta(OrganisationOwned.Meta):
        ordering = ["kind_id", "pk"]
        constraints = [models.CheckConstraint(condition=Q(link="") ^ Q(kind_name=""), name="a_link_or_a_file")]

    @classmethod
    def rows_within(cls, scope: Scope) -> Q:
        judged = Assessment.unscoped.filter(pk__in=scope.assessments).values("organisation")
        return super().rows_within(scope) | Q(organisation_id__in=judged)

    @property
    def kind(self) -> Kind:
        return KINDS[self.kind_name]

    @property
    def about(self) -> str:
        return f"evidence {self.ref}"

    @property
    def content(self) -> bytes:
        """Return the file that was handed in.

        :raises CannotOpen: if the key it was sealed with is not the installation's.
        """
        return sealing.key_ring().unwrap(bytes(self.sealed), about=self.about)


class Assignment(OfAssessment, Referenced):
    """That somebody was asked to score an assessment, and how far they are."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in AssessorState], default=AssessorState.ASKED.value
    )
    asked_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)
    conflict = models.TextField(blank=True, help_text="What the conflict of interest is; stewards alone read it.")
    handed_in_at = models.DateTimeField(null=True)

    class Meta(OfAssessment.Meta):
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="asked_once_to_score")]

    @property
    def can_declare_conflict(self) -> bool:
        moves = ASSESSOR_LIFE.open_moves(AssessorState(self.state))
        return any(move.name == "declare_conflict" for move in moves)


class Score(OfAssessment):
    """What one assessor makes of one criterion."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=60)
    score = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta(OfAssessment.Meta):
        constraints = [models.UniqueConstraint(fields=["assignment", "criterion"], name="one_score_per_criterion")]


class Final(OfAssessment):
    """What counts in one criterion, and why. The organisation reads it."""

    criterion = models.CharField(max_length=60)
    score = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    decided_at = models.DateTimeField()

    class Meta(OfAssessment.Meta):
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="one_final_per_criterion")]


class Declaration(OfAssessment):
    """That an organisation said, a year on, that it still works as it was assessed."""

    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    declared_at = models.DateTimeField()
    words = models.TextField(blank=True, help_text="What has changed.")

    class Meta(OfAssessment.Meta):
        ordering = ["declared_at"]


class Rung(OfAssessment):
    """That a clock of an assessment has rung, once for each moment it was set to."""

    due = models.CharField(max_length=20, choices=[(due.value, due.value) for due in Due])
    fell_due = models.DateTimeField()
    rung_at = models.DateTimeField()

    class Meta(OfAssessment.Meta):
        constraints = [
            models.UniqueConstraint(fields=["assessment", "due", "fell_due"], name="each_clock_of_an_assessment_once")
        ]
