from django.db import models

from alongside.kernel.editing import Edited
from alongside.mentorships.models import InsideMentorship, Member, OfMentorship, sealed_words

WORDS = ("objective", "areas", "meeting", "own")
"""What members fill in, in the order of the form; each stands in the text as their own words."""


class Draft(Edited, InsideMentorship):
    """What the members of a mentorship fill into their agreement, until they propose it and ever after."""

    until = models.DateField(null=True, help_text="Until when they mean to work together.")
    saved_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    objective = sealed_words("objective")
    areas = sealed_words("areas")
    meeting = sealed_words("meeting")
    own = sealed_words("own")

    class Meta(InsideMentorship.Meta):
        constraints = [models.UniqueConstraint(fields=["mentorship"], name="one_draft_each")]

    @property
    def words(self) -> dict[str, str]:
        """Return what they filled in, by the names in ``WORDS``."""
        return {name: getattr(self, name) for name in WORDS}


class Agreement(OfMentorship):
    """One version of what the members of a mentorship agree, as it was proposed: it never changes.

    Coordinators may know which version there is and since when all have signed it; never what it says.
    """

    version = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the text, in hexadecimal digits.")
    until = models.DateField()
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, help_text="When another version was proposed before all had signed.")
    signed = models.PositiveSmallIntegerField(default=0, help_text="How many have signed.")
    signed_at = models.DateTimeField(null=True, help_text="When the last of them signed.")
    text = sealed_words("text")

    class Meta(OfMentorship.Meta):
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["mentorship", "version"], name="each_version_once"),
            models.UniqueConstraint(
                fields=["mentorship"],
                condition=models.Q(signed_at=None, replaced_at=None),
                name="one_agreement_to_sign",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Say whether it can be signed."""
        return self.signed_at is None and self.replaced_at is None


class Signature(OfMentorship):
    """That a member signed a version: when, and the fingerprint of the text that was before their eyes."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    name = sealed_words("name")

    class Meta(OfMentorship.Meta):
        ordering = ["signed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "member"], name="each_signs_once")]


class Acceptance(OfMentorship):
    """That a member accepted the charter, in the version that was before their eyes."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    accepted_at = models.DateTimeField()
    text = sealed_words("text")

    class Meta(OfMentorship.Meta):
        constraints = [models.UniqueConstraint(fields=["member", "fingerprint"], name="each_charter_accepted_once")]
