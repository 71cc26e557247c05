from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from alongside.kernel import clock
from alongside.notifications.actions import queue_email
from alongside.notifications.models import Body


class OutboxBackend(BaseEmailBackend):
    """Put whatever Django or a library wants to send into our outbox, from where a job sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.to:
                body = Body(str(message.body), _html_of(message))
                queue_email(body, kind="sign_in", to=to, subject=str(message.subject), at=clock.now())
        return len(email_messages)


def _html_of(message: EmailMessage) -> str:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
