from django.db import models

from alongside.applications.states import ImportState
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned, ProgrammeOwned


class SheetImport(ProgrammeOwned, Referenced):
    """One dropped spreadsheet on its way into a cohort.

    ``mapping`` is what each column means, as ``sheets.Mapping.to_dict`` writes it. ``findings`` are what the dry run
    found; of an import that ended they hold no cell, only where and of which kind. The file itself is deleted when the
    import ends, one way or the other.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="imports")
    side = models.CharField(max_length=10, blank=True, help_text="Empty where the file itself says who is who.")
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
