import json
from functools import cached_property
from typing import Any, ClassVar

from django.db import models

from alongside.kernel import sealing
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import InsideManager, NoScope, ProgrammeOwned, Scope, mentorships_open
from alongside.mentorships.states import Due, Ending, GoingOn, MentorshipState
from alongside.programmes.states import Side


class Mentorship(ProgrammeOwned, Referenced):
    """The relationship of one or more mentors with one or more mentees.

    What is said here may be seen by coordinators: that it lives, when and how it ended, nothing of what is in it.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="mentorships")
    of_peers = models.BooleanField(default=False, help_text="Its members mentor each other: all have the side mentee.")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in MentorshipState], default=MentorshipState.INTRODUCED.value
    )
    introduced_at = models.DateTimeField()
    first_meeting_at = models.DateTimeField(null=True, help_text="When the first meeting is, proposed or booked.")
    met_at = models.DateTimeField(null=True)
    going_on_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateField(null=True)
    planned_end_on = models.DateField(null=True)
    ending_on = models.DateField(null=True, help_text="The last meeting, once the ending is planned.")
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)
    next_due_at = models.DateTimeField(null=True, db_index=True, help_text="When one of its clocks falls due next.")
    meetings_held = models.PositiveSmallIntegerField(
        null=True, help_text="How many meetings there were, once the meetings themselves are kept no longer."
    )
    minutes_together = models.PositiveIntegerField(null=True, help_text="How long these were together.")
    wrapped_key = models.BinaryField(null=True, help_text="The key of what is written inside, itself sealed.")

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-introduced_at"]

    @property
    def key(self) -> bytes:
        """Return the key of what is written inside; only in a scope that may read it.

        :raises NoScope: if the scope in force does not name this mentorship.
        :raises CannotOpen: if the key it was wrapped with is not the installation's.
        """
        if self.pk not in mentorships_open():
            raise NoScope(type(self))
        return self._key

    @cached_property
    def _key(self) -> bytes:
        if self.wrapped_key is None:
            raise sealing.CannotOpen
        return sealing.key_ring().unwrap(bytes(self.wrapped_key), about=self.key_name)

    @property
    def key_name(self) -> str:
        """What the wrapped key says it is about."""
        return f"mentorship {self.ref}"


class Member(ProgrammeOwned):
    """A participant in a mentorship. ``side`` is the participant's, kept for the question 'who mentors whom'.

    After the cooling-off each is asked whether to go on. The answer is between them and the coordinator.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="memberships")
    side = models.CharField(max_length=10, choices=Side.choices)
    asked_at = models.DateTimeField(null=True)
    going_on = models.CharField(max_length=3, choices=GoingOn.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    wish = models.TextField(blank=True, help_text="What would suit better, for the next matching; to the coordinator.")
    not_with = models.JSONField(
        default=list, help_text="Refs of mentors of one kind with whom they would rather not go on; to the coordinator."
    )
    said_ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)
    left_at = models.DateTimeField(null=True)

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["mentorship", "participant"], name="one_membership_each")]
        indexes = [models.Index(fields=["organisation", "side", "mentorship"], name="members_of_an_organisation")]

    @property
    def is_mentor(self) -> bool:
        """Say whether they mentor and are not mentored; of peers nobody does."""
        return self.side == Side.MENTOR

    @property
    def mentors_others(self) -> bool:
        """Say whether they mentor: mentors do, and so do peers, who are mentored as well."""
        return self.is_mentor or self.mentorship.of_peers

    @property
    def role(self) -> str:
        """What they are in it: "mentor", "mentee" or "peer"."""
        return "peer" if self.mentorship.of_peers else str(self.side)

    @property
    def where(self) -> dict[str, Any]:
        """Return to what a thing belongs that this member makes: their organisation, programme and mentorship."""
        owned = {"organisation_id": self.organisation_id, "programme_id": self.programme_id}
        return {**owned, "mentorship": self.mentorship}


class Rung(ProgrammeOwned):
    """That a clock of a mentorship has rung: what fell due at a moment was done, once.

    After a pause or an extension it falls due at another moment, and rings again.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="rungs")
    due = models.CharField(max_length=30, choices=[(due.value, due.value) for due in Due])
    fell_due = models.DateTimeField()
    rung_at = models.DateTimeField()

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["mentorship", "due", "fell_due"], name="each_clock_rings_once")]


class OfMentorship(ProgrammeOwned, Referenced):
    """A thing of a mentorship that coordinators may know of; its words are sealed for the members."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="%(class)ss")
    sealed = models.BinaryField(default=b"", editable=False)

    class Meta(ProgrammeOwned.Meta):
        abstract = True

    @property
    def _about(self) -> str:
        return f"{self._meta.label_lower} {self.ref}"

    def read_words(self) -> dict[str, Any]:
        """Return what is sealed here, by name.

        :raises NoScope: if the scope in force does not name the mentorship.
        """
        if not self.sealed:
            return {}
        opened = sealing.unseal(self.mentorship.key, bytes(self.sealed), about=self._about)
        words: dict[str, Any] = json.loads(opened)
        return words

    def seal_words(self, **words: Any) -> None:
        """Seal words beside those that are sealed already; the row is to be saved after it."""
        together = json.dumps({**self.read_words(), **words}, ensure_ascii=False).encode()
        self.sealed = sealing.seal(self.mentorship.key, together, about=self._about)


def sealed_words(name: str, default: Any = "") -> Any:
    """Declare an attribute of a thing of a mentorship that is kept sealed: any JSON value."""

    def read(row: OfMentorship) -> Any:
        return row.read_words().get(name, default)

    def write(row: OfMentorship, value: Any) -> None:
        row.seal_words(**{name: value})

    return property(read, write)


class InsideMentorship(OfMentorship):
    """A thing of a mentorship of which nobody else so much as learns that it is there."""

    objects: ClassVar[InsideManager] = InsideManager()
    unscoped: models.Manager[Any] = models.Manager()

    class Meta(OfMentorship.Meta):
        abstract = True

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        return models.Q(mentorship_id__in=scope.mentorships)


class SharedInside(InsideMentorship):
    """A thing that its author keeps, or shares with all in the mentorship or with some of them."""

    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    for_all = models.BooleanField(default=False)
    readers = models.ManyToManyField(Member, related_name="+")
    written_at = models.DateTimeField()

    class Meta(InsideMentorship.Meta):
        abstract = True
