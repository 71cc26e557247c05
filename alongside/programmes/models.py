from typing import Any

from django.db import models

from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned, ProgrammeOwned, Scope
from alongside.programmes.states import SHARED_BY_DEFAULT, ChoiceShape, ParticipantState, Side


def shared_by_default() -> list[str]:
    return list(SHARED_BY_DEFAULT)


class Programme(OrganisationOwned, Referenced):
    """A mentoring offer of one organisation, or of several partners with one in the lead."""

    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    gates = models.JSONField(default=list, help_text="What a participant completes before matching, in words.")
    matching_rules = models.JSONField(default=dict, help_text="Hard rules and weights, as the engine writes them.")
    choice_shape = models.CharField(max_length=10, choices=ChoiceShape.choices, default=ChoiceShape.RANK)
    mentors_offered = models.PositiveSmallIntegerField(default=3)
    days_to_answer = models.PositiveSmallIntegerField(default=5)
    reminders = models.PositiveSmallIntegerField(default=2)
    cooling_off_days = models.PositiveSmallIntegerField(default=2, help_text="Working days after the first meeting.")
    meetings_expected = models.PositiveSmallIntegerField(default=9)
    meeting_minutes = models.PositiveSmallIntegerField(default=90)
    rhythm_days = models.PositiveSmallIntegerField(default=30, help_text="Days from one meeting to the next.")
    length_months = models.PositiveSmallIntegerField(default=12)
    agreement_text = models.TextField(blank=True, help_text="What members sign; empty for the text we ship.")
    charter_text = models.TextField(blank=True, help_text="The ethics everyone accepts; empty for the text we ship.")
    scaled_objectives = models.BooleanField(default=False, help_text="Offer goal attainment scaling.")
    safeguarding_lead = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="+", help_text="Who hears concerns."
    )

    class Meta(OrganisationOwned.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_programme_per_name")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        return super().rows_within(scope) | models.Q(pk__in=scope.programmes)


class Partner(ProgrammeOwned):
    """That another organisation runs a programme together with its own."""

    partner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="partnerships")

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["programme", "partner"], name="one_partnership_each")]


class Cohort(ProgrammeOwned, Referenced):
    """One intake of a programme."""

    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-starts_on", "name"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="one_cohort_per_name")]

    def __str__(self) -> str:
        return self.name


class Participant(ProgrammeOwned, Referenced):
    """A person on one side of a cohort, with what matching knows of them.

    ``topics`` are a mentee's needs or a mentor's expertise, ``[[label, weight], ...]``; ``availability`` holds slots
    such as "mon-am"; ``prefers`` and ``avoids`` name people of the other side by email, by name or by ref, as they were
    written: whom they mean is looked up when the cohort is matched, because the other file may come later.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="participations")
    side = models.CharField(max_length=10, choices=Side.choices)
    state = models.CharField(
        max_length=12, choices=[(s, s) for s in ParticipantState], default=ParticipantState.WAITING
    )
    brought_by = models.ForeignKey("organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    key_contact = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    gates_passed = models.JSONField(default=list)
    joined_at = models.DateTimeField()

    capacity = models.PositiveSmallIntegerField(default=1)
    employer = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    max_km = models.FloatField(null=True)
    remote = models.BooleanField(null=True)
    sector = models.CharField(max_length=120, blank=True)
    seniority = models.PositiveSmallIntegerField(null=True)
    topics = models.JSONField(default=list)
    availability = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    about = models.TextField(blank=True)
    attributes = models.JSONField(default=dict)
    prefers = models.JSONField(default=list)
    avoids = models.JSONField(default=list)
    shares = models.JSONField(default=shared_by_default)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person", "side"], name="one_participation_per_side"),
        ]
        indexes = [models.Index(fields=["cohort", "side", "state"], name="pool_of_a_cohort")]

    def __str__(self) -> str:
        return self.person.name

    @property
    def is_mentor(self) -> bool:
        return self.side == Side.MENTOR

    @property
    def gates_left(self) -> list[str]:
        return [gate for gate in self.programme.gates if gate not in self.gates_passed]

    @property
    def topic_labels(self) -> list[str]:
        return [label for label, _ in self.topics]

    @property
    def shared_profile(self) -> dict[str, Any]:
        """What the other side may see before the introduction: only what this person agreed to share."""
        values = {
            "name": self.person.name,
            "job_title": self.job_title,
            "employer": self.employer,
            "place": self.place,
            "topics": self.topic_labels,
            "sector": self.sector,
            "languages": self.languages,
            "availability": self.availability,
            "about": self.about,
        }
        return {field: value for field, value in values.items() if field in self.shares and value}


class SensitiveAnswer(ProgrammeOwned):
    """Special-category data that a coordinator took in on purpose, kept apart from the participant.

    Never read by matching, never in an export, gone with the participant.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sensitive_answers")
    category = models.CharField(max_length=40)
    question = models.CharField(max_length=300)
    answer = models.TextField()
    basis = models.CharField(max_length=300)
    taken_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField()

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["participant", "question"], name="one_answer_per_question")]
