from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from alongside.applications.states import ApplicationState, ImportState
from alongside.blueprints.sections import Application as Rules
from alongside.blueprints.sections import Document
from alongside.blueprints.sections import Kind as MentorKind
from alongside.files.kinds import KINDS, Kind
from alongside.kernel import sealing
from alongside.kernel.editing import Edited
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned, ProgrammeOwned
from alongside.programmes.states import Side
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.models import Answered
from alongside.questionnaires.queries import definition_of

ZONE = "Europe/London"
"""Where a day on which applications close begins and ends."""


class SheetImport(ProgrammeOwned, Referenced):
    """One dropped spreadsheet on its way into a cohort.

    ``mapping`` is what each column means, as ``sheets.Mapping.to_dict`` writes it. ``findings`` are what the dry run
    found; of an import that ended they hold no cell, only where and of which kind. The file itself is deleted when the
    import ends, one way or the other.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="imports")
    side = models.CharField(max_length=10, blank=True, help_text="Empty where the file itself says who is who.")
    kind = models.CharField(
        max_length=60, blank=True, help_text="Which kind of mentor those are of whom no column says it."
    )
    state = models.CharField(max_length=12, choices=[(s, s) for s in ImportState], default=ImportState.READING)
    file = models.FileField(upload_to="imports/")
    file_name = models.CharField(max_length=255)
    sheet_name = models.CharField(max_length=255, blank=True)
    sheet_names = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    accepted_special = models.JSONField(default=list, help_text="Columns of special-category data taken in on purpose.")
    consent_basis = models.CharField(max_length=300, blank=True)
    findings = models.JSONField(default=list)
    examples = models.JSONField(default=dict, help_text="A few cells of each column; emptied when the import ends.")
    rows_stopped = models.PositiveIntegerField(default=0)
    people_found = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    all_or_nothing = models.BooleanField(default=True)
    error = models.TextField(blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text="When a coordinator last did something with it.")
    step_at = models.DateTimeField(null=True, help_text="When the step it is at was begun, or taken up again.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often the step was taken up again.")
    finished_at = models.DateTimeField(null=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-uploaded_at"]

    @property
    def people_ready(self) -> int:
        return self.people_found - self.rows_stopped


class RememberedMapping(OrganisationOwned):
    """What an organisation said the columns of a form mean, so that it says so once."""

    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    class Meta(OrganisationOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "fingerprint"], name="one_memory_per_form")]


class Opening(ProgrammeOwned):
    """That people can apply for one side of a cohort, until a day. Without one nobody can."""

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="openings")
    side = models.CharField(max_length=10, choices=Side.choices)
    until = models.DateField(help_text="The last day on which an application can be sent.")

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["cohort", "side"], name="one_opening_per_side")]

    @property
    def ref(self) -> str:
        """What names it: its cohort."""
        return self.cohort.ref

    def is_open(self, at: datetime) -> bool:
        return at.astimezone(ZoneInfo(ZONE)).date() <= self.until


class Application(Answered, Edited, ProgrammeOwned, Referenced):
    """What somebody sends to take part in a cohort on one side.

    Answers that the law protects specially are kept apart, as `SpecialReply`. What was not taken up is emptied six
    months after it was decided: what is left names nobody.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="applications")
    side = models.CharField(max_length=10, choices=Side.choices)
    kind = models.CharField(max_length=60, blank=True, help_text="As which kind of mentor, by its id in the rules.")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ApplicationState], default=ApplicationState.BEGUN.value
    )
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="By when whoever applied was told they would hear.")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=20, blank=True, help_text="Why it was declined.")
    words = models.TextField(blank=True, help_text="What was written to them when it was declined.")
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    emptied_at = models.DateTimeField(null=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person", "side"],
                condition=models.Q(state__in=["begun", "sent", "waiting"]),
                name="one_open_application_per_side",
            )
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="applications_of_a_cohort")]

    @property
    def rules(self) -> Rules:
        """How this side applies; where nobody can any more, what was sent is still decided, without further steps."""
        return self.cohort.rules.applications.of(self.side) or Rules(form=self.questionnaire)

    @property
    def definition(self) -> Definition:
        """What was asked, in the version that is answered."""
        return definition_of(self.questionnaire, self.questionnaire_version, self.organisation_id)

    @property
    def is_mentor(self) -> bool:
        return self.side == Side.MENTOR

    @property
    def kinds(self) -> tuple[MentorKind, ...]:
        """The kinds of mentor of which whoever applies says one; none for a mentee, and where all are alike."""
        return self.cohort.rules.shape.kinds if self.is_mentor else ()

    @property
    def kind_title(self) -> str:
        """What the kind of mentor as which somebody applies is called; "" where none is said."""
        return self.cohort.rules.shape.title_of(self.kind) if self.is_mentor and self.kind else ""

    @property
    def owned(self) -> dict[str, int]:
        """What a row of this application takes over."""
        return {"organisation_id": self.organisation_id, "programme_id": self.programme_id, "application_id": self.pk}


class OfApplication(ProgrammeOwned):
    """A row that belongs to an application."""

    application: Any

    class Meta(ProgrammeOwned.Meta):
        abstract = True


class SpecialReply(OfApplication):
    """An answer that the law protects specially, kept apart from the application; coordinators do not read it there."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="special_replies")
    item = models.CharField(max_length=60)
    answer = models.JSONField()

    class Meta(OfApplication.Meta):
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="one_special_reply_per_item")]


class StepDone(OfApplication):
    """That a step of an application was done. Of a check only the decision and its day are kept.

    ``note`` is what a coordinator wrote of a conversation: whoever coordinates the programme reads it, nobody else.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps_done")
    step = models.CharField(max_length=60, help_text="Its id.")
    day = models.DateField()
    passed = models.BooleanField(default=True, help_text="The decision, of a check.")
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(OfApplication.Meta):
        constraints = [models.UniqueConstraint(fields=["application", "step"], name="a_step_is_done_once")]


class ApplicationDocument(OfApplication, Referenced):
    """A document that was handed in, sealed with the installation's keys."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    document = models.CharField(max_length=60, help_text="The id of what was asked for.")
    name = models.CharField(max_length=150)
    kind_name = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sealed = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta(OfApplication.Meta):
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "document"], name="one_file_per_document")]

    @property
    def kind(self) -> Kind:
        return KINDS[self.kind_name]

    @property
    def asked(self) -> Document | None:
        """What was asked for by the rules; None of a file of the form, and where they do not ask for it any more."""
        return next((each for each in self.application.rules.documents if each.id == self.document), None)

    @property
    def content(self) -> bytes:
        """Return what was handed in.

        :raises CannotOpen: if the key it was sealed with is not the installation's.
        """
        return sealing.key_ring().unwrap(bytes(self.sealed), about=self.about)

    @property
    def about(self) -> str:
        return f"application document {self.ref}"


class Reference(Answered, OfApplication, Referenced):
    """What somebody who knows whoever applies says of them: asked by a link, read by coordinators alone."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="references")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    answers = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)

    class Meta(OfApplication.Meta):
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "email"], name="a_referee_is_named_once")]

    @property
    def definition(self) -> Definition:
        return definition_of(self.questionnaire, self.questionnaire_version, self.organisation_id)
