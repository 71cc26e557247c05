from django.db import models

from alongside.endings.states import Sees
from alongside.kernel.editing import Edited
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned
from alongside.mentorships.models import InsideMentorship, Member, Mentorship, OfMentorship, sealed_words


class Achievement(Edited, OfMentorship):
    """What a mentee says they achieved, who decides what is kept of it and who may see it.

    What they share with the coordinators stands in ``shared_text``, word for word, until they take it back.
    """

    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    sees = models.CharField(max_length=12, choices=Sees.choices, default=Sees.ME)
    saved_at = models.DateTimeField()
    shared_text = models.TextField(blank=True, help_text="What the coordinators may read.")
    shared_at = models.DateTimeField(null=True)
    text = sealed_words("text")

    class Meta(OfMentorship.Meta):
        constraints = [models.UniqueConstraint(fields=["author"], name="one_achievement_each")]


class Thanks(InsideMentorship):
    """A few words of thanks, from one to the others."""

    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = sealed_words("text")

    class Meta(InsideMentorship.Meta):
        ordering = ["written_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["author"], name="thanks_once_each")]


class StayingInTouch(InsideMentorship):
    """Whether a member wishes to stay in touch. The others learn of it only where they wish it too."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    wished = models.BooleanField()
    said_at = models.DateTimeField()

    class Meta(InsideMentorship.Meta):
        constraints = [models.UniqueConstraint(fields=["member"], name="one_wish_each")]


class Clearing(ProgrammeOwned, Referenced):
    """That the members of an ended mentorship were told that what is inside goes, and that it has gone."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="clearings")
    told_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["mentorship"], name="cleared_once")]
