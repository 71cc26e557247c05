from datetime import datetime, timedelta

from django.db import models

from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned
from alongside.meetings.states import Answer, MeetingState, Mode
from alongside.mentorships.models import InsideMentorship, Member, OfMentorship, sealed_words


class Meeting(OfMentorship):
    """A planned or past meeting of all in a mentorship.

    Coordinators may know that it is, when, how long, whether it was held and how people met. Where exactly (``place``:
    whose place, who travels) and the ``link`` of an online meeting are sealed for the members.

    ``changes`` counts how often calendars were told of it (SEQUENCE of RFC 5545); ``in_calendars`` says that an
    invitation went out. ``ask_at`` is when its members are asked next how it was.
    """

    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in MeetingState], default=MeetingState.PROPOSED.value
    )
    starts_at = models.DateTimeField(null=True, help_text="When it is or was, once all agreed.")
    minutes = models.PositiveSmallIntegerField(null=True, help_text="Empty where a coordinator noted it, until said.")
    mode = models.CharField(
        max_length=10, choices=[(m.value, m.value) for m in Mode], default=Mode.ONLINE.value, blank=True
    )
    changes = models.PositiveIntegerField(default=0)
    in_calendars = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(Member, null=True, on_delete=models.RESTRICT, related_name="+")
    proposed_at = models.DateTimeField()
    ask_at = models.DateTimeField(null=True, db_index=True)
    asked_at = models.DateTimeField(null=True, help_text="When its members were first asked how it was.")

    place = sealed_words("place")
    link = sealed_words("link")

    class Meta(OfMentorship.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship"], condition=models.Q(state="proposed"), name="one_open_proposal_each"
            ),
        ]
        indexes = [models.Index(fields=["mentorship", "state", "starts_at"], name="meetings_of_a_mentorship")]

    @property
    def uid(self) -> str:
        """The name under which calendars keep it (UID of RFC 5545)."""
        return f"{self.ref}@alongside"

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes or 0)

    @property
    def begins_at(self) -> datetime:
        """When it is or was.

        :raises ValueError: if no time is agreed.
        """
        if self.starts_at is None:
            raise ValueError("No time is agreed for this meeting.")
        return self.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + self.length


class Option(ProgrammeOwned, Referenced):
    """A time suggested for a meeting. It is open until one is booked or the meeting is off."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField()
    offered_by = models.ForeignKey(Member, null=True, on_delete=models.RESTRICT, related_name="+")
    offered_at = models.DateTimeField()
    is_open = models.BooleanField(default=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "starts_at"], condition=models.Q(is_open=True), name="each_time_open_once"
            )
        ]


class Reply(ProgrammeOwned):
    """What a member says to a suggested time, or, without an option, to the meeting as it was agreed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="replies")
    option = models.ForeignKey(Option, null=True, on_delete=models.CASCADE, related_name="replies")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=5, choices=[(a.value, a.value) for a in Answer])
    said_at = models.DateTimeField()

    class Meta(ProgrammeOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["option", "member"], condition=models.Q(option__isnull=False), name="one_reply_to_a_time"
            ),
            models.UniqueConstraint(
                fields=["meeting", "member"], condition=models.Q(option__isnull=True), name="one_reply_to_a_meeting"
            ),
        ]


class Said(ProgrammeOwned):
    """What a member said after a meeting.

    ``useful`` (1 to 5) is that person's own: shown to nobody else in the mentorship. Two read it: they themselves, and
    a query for the alerts of coordinators, which says that something is low and never which meeting or how low.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="said")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    happened = models.BooleanField()
    minutes = models.PositiveSmallIntegerField(null=True)
    useful = models.PositiveSmallIntegerField(null=True)
    said_at = models.DateTimeField()

    class Meta(ProgrammeOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="each_says_it_once"),
            models.CheckConstraint(
                condition=models.Q(useful__isnull=True) | models.Q(useful__range=(1, 5)), name="useful_from_1_to_5"
            ),
        ]


class Agenda(InsideMentorship):
    """What a meeting is to be about, once somebody has changed what the stage suggests.

    ``version`` counts its changes: who writes says which one they read.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    edited_at = models.DateTimeField()

    text = sealed_words("text")

    class Meta(InsideMentorship.Meta):
        pass


class Feed(models.Model):
    """That a person has a calendar address of their own. A fresh ``nonce`` turns the address before it off.

    The address is signed, so that a copy of this table opens nothing.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=40)
    made_at = models.DateTimeField()
