from django.db import models

from alongside.files.kinds import KINDS, Kind
from alongside.kernel.editing import Edited
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned
from alongside.mentorships.models import InsideMentorship, Member, SharedInside, sealed_words


class Message(SharedInside):
    """What a member wrote to all in the mentorship, or to some of them. Deleted, it stays without its words."""

    deleted_at = models.DateTimeField(null=True)
    text = sealed_words("text")

    class Meta(SharedInside.Meta):
        ordering = ["written_at", "pk"]


class Read(InsideMentorship):
    """That a member has read a message, and when first."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="readings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta(InsideMentorship.Meta):
        constraints = [models.UniqueConstraint(fields=["message", "member"], name="a_message_is_read_once")]


class Received(InsideMentorship):
    """That an email was taken in: the same one, sent again by an impatient server, is not taken twice."""

    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta(InsideMentorship.Meta):
        constraints = [models.UniqueConstraint(fields=["mentorship", "digest"], name="an_email_is_received_once")]


class Stored(InsideMentorship):
    """A file, sealed on the disk with the key of its mentorship. Its name is sealed as well."""

    path = models.CharField(max_length=40, unique=True)
    kind_name = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    name = sealed_words("name")

    class Meta(InsideMentorship.Meta):
        abstract = True

    @property
    def kind(self) -> Kind:
        return KINDS[self.kind_name]


class Attachment(Stored):
    """A file that came with a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")

    class Meta(Stored.Meta):
        ordering = ["pk"]


class Document(Edited, SharedInside):
    """Something to work on or look up, in one version or several."""

    title = sealed_words("title")

    class Meta(SharedInside.Meta):
        ordering = ["-written_at", "-pk"]


class DocumentVersion(Stored):
    """A document as it was at a time; what came before it stays."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(Stored.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="each_version_has_its_number")]


class Link(SharedInside):
    """An address on the web that is worth keeping."""

    title = sealed_words("title")
    url = sealed_words("url")

    class Meta(SharedInside.Meta):
        ordering = ["-written_at", "-pk"]


class Doomed(OrganisationOwned, Referenced):
    """A file that is to go from the disk: it was deleted, and stands here until it is gone."""

    path = models.CharField(max_length=40, unique=True)
    doomed_at = models.DateTimeField()
