import json
from typing import NamedTuple

from django.db import models

from alongside.kernel import sealing
from alongside.kernel.ids import Referenced
from alongside.notifications.states import EmailState, Trouble


class Body(NamedTuple):
    """What an email says: as plain text, as HTML, and as an iCalendar invitation that goes with it."""

    text: str
    html: str = ""
    calendar: str = ""


class Email(Referenced):
    """An email as it leaves us: words, not references, so that what was said stays readable.

    What carries words from inside a mentorship is ``private``: its body is sealed until it is sent, and gone then.
    """

    state = models.CharField(max_length=10, choices=[(s, s) for s in EmailState], default=EmailState.QUEUED)
    kind = models.CharField(max_length=60, help_text="Which email this is, such as 'mentor_request'.")
    to = models.EmailField(db_index=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="An iCalendar invitation that goes with it.")
    calendar_method = models.CharField(max_length=10, default="REQUEST")
    reply_to = models.CharField(max_length=300, blank=True)
    unsubscribe = models.CharField(max_length=500, blank=True, help_text="Where one click turns this sort off.")
    private = models.BooleanField(default=False)
    sealed = models.BinaryField(default=b"", editable=False)
    queued_at = models.DateTimeField(db_index=True)
    not_before = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, choices=[(t, t) for t in Trouble], default=Trouble.UNKNOWN, blank=True)
    # The programme it is about, as a value: the coordinator of that programme may see that it was sent.
    programme_id = models.BigIntegerField(null=True, db_index=True)
    # The participant it was written to, as a value. Without one, as for a code to sign in, it is in nobody's queue.
    participant_id = models.BigIntegerField(null=True)
    # The application it was written about, to whoever applied or to a referee, as a value.
    application_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["participant_id"], condition=models.Q(state="failed"), name="emails_given_up"),
            models.Index(
                fields=["application_id"], condition=models.Q(state="failed"), name="emails_to_applicants_given_up"
            ),
        ]

    @property
    def body(self) -> Body:
        """Return what it says; empty where it was private and has been sent.

        :raises CannotOpen: if it is private and the key it was sealed with is not the installation's.
        """
        if not self.private:
            return Body(self.text, self.html, self.calendar)
        if not self.sealed:
            return Body("")
        return Body(*json.loads(sealing.key_ring().unwrap(bytes(self.sealed), about=self._about)))

    def seal_body(self, body: Body) -> None:
        """Keep what it says sealed; the row is to be saved after it."""
        self.private = True
        self.sealed = sealing.key_ring().wrap(json.dumps(body).encode(), about=self._about)

    @property
    def _about(self) -> str:
        return f"email {self.ref}"
