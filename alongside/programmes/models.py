from functools import lru_cache
from typing import Any

from django.db import models

from alongside.blueprints.rules import Rules
from alongside.blueprints.sections import Gate
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned, ProgrammeOwned, Scope
from alongside.programmes.states import SHARED_BY_DEFAULT, ParticipantState, Side


def shared_by_default() -> list[str]:
    return list(SHARED_BY_DEFAULT)


class Programme(OrganisationOwned, Referenced):
    """A mentoring offer of one organisation, or of several partners with one in the lead."""

    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    rules_fingerprint = models.CharField(max_length=64, help_text="The rules that cohorts opened from now on follow.")
    blueprint = models.CharField(max_length=80, blank=True, help_text='What it runs by, as "id@version".')
    blueprint_fingerprint = models.CharField(
        max_length=64, blank=True, help_text="The rules as that blueprint says them, before anything was changed here."
    )
    safeguarding_lead = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="+", help_text="Who hears concerns."
    )

    class Meta(OrganisationOwned.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_programme_per_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> Rules:
        """How cohorts opened from now on run. A cohort that runs already has its own."""
        return rules_under(self.rules_fingerprint)

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        return super().rows_within(scope) | models.Q(pk__in=scope.programmes)


class RuleBook(ProgrammeOwned):
    """Rules that a programme has or had, under their fingerprint. Never changed: other rules are another rule book."""

    fingerprint = models.CharField(max_length=64)
    table = models.JSONField()
    blueprint = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta(ProgrammeOwned.Meta):
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "fingerprint"], name="one_rule_book_per_rules")]


@lru_cache(maxsize=2000)
def rules_under(fingerprint: str) -> Rules:
    """Return the rules under a fingerprint, read once: nothing under one ever changes.

    Past the scope on purpose: rules name no person, and nobody comes to a fingerprint but through a programme.
    """
    return Rules.model_validate(RuleBook.unscoped.filter(fingerprint=fingerprint).values_list("table", flat=True)[0])


class Partner(ProgrammeOwned):
    """That another organisation runs a programme together with its own."""

    partner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="partnerships")

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["programme", "partner"], name="one_partnership_each")]


class RegionalContact(ProgrammeOwned):
    """Who is the key contact of those who join a programme from a region: one of the twelve, or a nation's."""

    region = models.CharField(max_length=60)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta(ProgrammeOwned.Meta):
        ordering = ["region"]
        constraints = [models.UniqueConstraint(fields=["programme", "region"], name="one_contact_per_region")]


class Cohort(ProgrammeOwned, Referenced):
    """One intake of a programme."""

    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    rules_fingerprint = models.CharField(max_length=64, help_text="The rules this cohort follows.")

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-starts_on", "name"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="one_cohort_per_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> Rules:
        """How this cohort runs; a change of its programme reaches it only where a coordinator says so."""
        return rules_under(self.rules_fingerprint)


class Participant(ProgrammeOwned, Referenced):
    """A person on one side of a cohort, with what matching knows of them.

    ``kind`` says which kind of mentor they are, where the cohort has kinds. ``topics`` are a mentee's needs or a
    mentor's expertise, ``[[label, weight], ...]``; ``availability`` holds slots such as "mon-am"; ``prefers`` and
    ``avoids`` name people of the other side by email, by name or by ref, as they were written: whom they mean is looked
    up when the cohort is matched, because the other file may come later.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="participations")
    side = models.CharField(max_length=10, choices=Side.choices)
    kind = models.CharField(max_length=60, blank=True, help_text="Which kind of mentor, by its id in the rules.")
    state = models.CharField(
        max_length=12, choices=[(s, s) for s in ParticipantState], default=ParticipantState.WAITING
    )
    brought_by = models.ForeignKey("organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    key_contact = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    gates_passed = models.JSONField(default=list, help_text="Ids of gates.")
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
        indexes = [
            models.Index(fields=["cohort", "side", "state"], name="pool_of_a_cohort"),
            models.Index(fields=["organisation", "brought_by", "side", "state"], name="people_of_an_organisation"),
        ]

    def __str__(self) -> str:
        return self.person.name

    @property
    def is_mentor(self) -> bool:
        return self.side == Side.MENTOR

    @property
    def kind_title(self) -> str:
        """What the kind of mentor that they are is called; "" for a mentee, and where there are no kinds."""
        return self.cohort.rules.shape.title_of(self.kind) if self.is_mentor and self.kind else ""

    @property
    def lacks_kind(self) -> bool:
        """Whether it is not said which kind of mentor they are, and their cohort has kinds: nobody is offered them."""
        shape = self.cohort.rules.shape
        return self.is_mentor and bool(shape.kinds) and shape.kind(self.kind) is None

    @property
    def role(self) -> str:
        """What they take part as: "mentor", "mentee" or "peer"."""
        return "peer" if self.cohort.rules.shape.of == "peers" else str(self.side)

    @property
    def gates_left(self) -> list[Gate]:
        return [gate for gate in self.cohort.rules.gates_of(self.side) if gate.id not in self.gates_passed]

    @property
    def gates_open(self) -> list[Gate]:
        """Those left that can be passed now: what they come after is passed."""
        return [gate for gate in self.gates_left if set(gate.after) <= set(self.gates_passed)]

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
        return {field: value for field, value in values.items() if field in self.shown and value}

    @property
    def shown(self) -> set[str]:
        """What is shown before the introduction: what this person shares, as far as the programme shows it."""
        return set(self.shares) & set(self.cohort.rules.seen.before_yes)


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
