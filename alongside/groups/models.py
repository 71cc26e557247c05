from django.db import models

from alongside.groups.states import AskState, GroupState
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned


class Group(ProgrammeOwned, Referenced):
    """People of a cohort who are to be in one mentorship together.

    ``mentorship`` is the ref of what it became; the mentorship itself stands above this package.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=120)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in GroupState], default=GroupState.FORMING.value
    )
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="When it began, or was given up.")
    mentorship = models.CharField(max_length=12, blank=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def of_peers(self) -> bool:
        return self.cohort.rules.shape.of == "peers"

    @property
    def in_hand(self) -> bool:
        return self.state in (GroupState.FORMING, GroupState.ASKING)


class Place(ProgrammeOwned):
    """That a participant is in a group. ``in_hand`` while it is put together and asked, unless they said no."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="places")
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="group_places")
    in_hand = models.BooleanField(default=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "participant"], name="one_place_in_a_group"),
            models.UniqueConstraint(
                fields=["participant"], condition=models.Q(in_hand=True), name="one_group_in_hand_each"
            ),
        ]


class Ask(ProgrammeOwned, Referenced):
    """The question one person is asked: whether they say yes to a group. Its reason only the coordinators read."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="asks")
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="group_asks")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in AskState], default=AskState.OFFERED.value
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Why not; only the coordinators read it.")

    class Meta(ProgrammeOwned.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "participant"],
                condition=models.Q(state__in=["offered", "yes", "lapsed"]),
                name="one_open_question_in_a_group",
            ),
        ]
