from datetime import date

from django.db import models

from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned, Scope
from alongside.placing.states import COUNTED, AskState, CallState


class Volunteer(ProgrammeOwned, Referenced):
    """That a mentor of a programme that places was trained to its standard, and until when that holds.

    ``times_asked`` stays when the questions themselves are kept no longer.
    """

    participant = models.OneToOneField("programmes.Participant", on_delete=models.PROTECT, related_name="volunteer")
    trained_at = models.DateTimeField()
    refreshed_at = models.DateTimeField(null=True)
    valid_until = models.DateField(db_index=True, help_text="The last day on which the training holds.")
    cpd_hours = models.FloatField(help_text="As the rules said when they were trained.")
    paused_at = models.DateTimeField(null=True, help_text="Since when they would rather not be asked.")
    reminded_at = models.DateTimeField(null=True, help_text="When they were told that it is to be refreshed.")
    times_asked = models.PositiveIntegerField(default=0)
    last_asked_at = models.DateTimeField(null=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["trained_at", "pk"]

    def holds_on(self, day: date) -> bool:
        """Whether the training holds on a day."""
        return day <= self.valid_until


class Call(ProgrammeOwned, Referenced):
    """That a programme needs mentors, said to one that trains them (``to``). Both sides read it.

    ``topics`` are as a mentee's, ``[[label, weight], ...]``; ``answer`` is what the other side wrote that cannot help.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="calls")
    to = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="calls_to_it")
    wanted = models.PositiveSmallIntegerField()
    topics = models.JSONField(default=list)
    place = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    remote = models.BooleanField(default=True, help_text="Whether meeting at a distance will do.")
    needed_by = models.DateField()
    words = models.TextField()
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in CallState], default="open")
    called_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    called_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["called_at", "pk"]

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        """Say that a call lies within whoever made it and whoever it was made to."""
        to = models.Q(to__organisation_id__in=scope.organisations) | models.Q(to_id__in=scope.programmes)
        return super().rows_within(scope) | to

    @property
    def topic_labels(self) -> list[str]:
        return [label for label, _ in self.topics]


class Ask(ProgrammeOwned, Referenced):
    """The question to one volunteer whether they would serve where a call came from.

    It is the training programme's: whoever called sees how many are asked, never whom, until they said yes.
    ``reasons`` are the engine's words at the moment of asking: ``[[criterion, points, out of, sentence], ...]``.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="asks")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="asks")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in AskState], default="asked")
    reasons = models.JSONField(default=list)
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Why not; only the volunteer's own coordinator reads it.")

    class Meta(ProgrammeOwned.Meta):
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "volunteer"], name="asked_once_for_a_call")]

    @property
    def counts(self) -> bool:
        """Whether it holds one of the places that a call has."""
        return self.state in COUNTED


class Placement(ProgrammeOwned, Referenced):
    """That a volunteer came to a programme as a mentor, with the record of their training as it was then.

    It is the asking programme's own; the training programme learns of what follows by counts alone.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="placements")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="placements")
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="placements")
    trained_at = models.DateTimeField()
    valid_until = models.DateField()
    cpd_hours = models.FloatField()
    placed_at = models.DateTimeField()

    class Meta(ProgrammeOwned.Meta):
        ordering = ["placed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "volunteer"], name="placed_once_by_a_call")]


class Brought(ProgrammeOwned):
    """The record of training, by another organisation, with which a mentor applies: as it was when they applied.

    It is of the programme they apply to; whoever trained them does not learn of it.
    """

    application = models.OneToOneField("applications.Application", on_delete=models.CASCADE, related_name="brought")
    trained_by = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    training = models.CharField(max_length=200, help_text="What the programme is called that trained them.")
    trained_at = models.DateTimeField()
    valid_until = models.DateField()
    cpd_hours = models.FloatField()

    def holds_on(self, day: date) -> bool:
        """Whether the training holds on a day."""
        return day <= self.valid_until
