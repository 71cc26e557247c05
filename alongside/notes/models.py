from django.db import models

from alongside.kernel.editing import Edited
from alongside.mentorships.models import SharedInside, sealed_words


class Note(Edited, SharedInside):
    """What a member wrote down: for themselves, for all in the mentorship, or for some of them.

    A record of a meeting belongs to the mentees, whoever wrote it: they read it once they ask.
    """

    is_record = models.BooleanField(default=False)
    text = sealed_words("text")

    class Meta(SharedInside.Meta):
        ordering = ["-written_at", "-pk"]
