from django.db import models

from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned
from alongside.stories.states import Shown, StoryState


class Story(ProgrammeOwned, Referenced):
    """What somebody tells in public of their mentoring.

    ``words`` are what they agreed to; ``proposed`` is what a coordinator would rather say, until they answer. Of one
    that was taken back no word is left. ``consent`` is the version of the words in `consents.py` that they agreed to.
    """

    teller = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="stories")
    side = models.CharField(max_length=10)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in StoryState], default=StoryState.TOLD.value
    )
    title = models.CharField(max_length=150, blank=True)
    words = models.TextField(blank=True)
    proposed = models.TextField(blank=True)
    shown_as = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Shown], default=Shown.NOBODY.value)
    picture = models.TextField(blank=True, help_text="The address of its data.")
    elsewhere = models.BooleanField(default=False, help_text="May be printed and sent about, besides the directory.")
    until = models.DateField(help_text="The last day on which it is shown.")
    topics = models.JSONField(default=list)
    sector = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=60, blank=True)
    impacts = models.JSONField(default=list)
    consent = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, help_text="When the teller was told that it is shown no longer soon.")

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-told_at"]
        indexes = [models.Index(fields=["state", "until"], name="stories_shown")]

    def __str__(self) -> str:
        return self.title

    @property
    def teller_named(self) -> str:
        """The teller as they wish to be named; "" without a name."""
        if self.teller is None or self.shown_as == Shown.NOBODY:
            return ""
        return self.teller.name if self.shown_as == Shown.NAME else self.teller.first_name
