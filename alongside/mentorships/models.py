from django.db import models

from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned
from alongside.mentorships.states import Ending, MentorshipState
from alongside.programmes.states import Side


class Mentorship(ProgrammeOwned, Referenced):
    """The relationship of one or more mentors with one or more mentees."""

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="mentorships")
    state = models.CharField(
        max_length=12, choices=[(s, s) for s in MentorshipState], default=MentorshipState.INTRODUCED
    )
    introduced_at = models.DateTimeField()
    first_meeting_at = models.DateTimeField(null=True, help_text="Proposed with the introduction.")
    met_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-introduced_at"]


class Member(ProgrammeOwned):
    """A participant in a mentorship. ``side`` is the participant's, kept for the question 'who mentors whom'."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="memberships")
    side = models.CharField(max_length=10, choices=Side.choices)

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["mentorship", "participant"], name="one_membership_each")]
