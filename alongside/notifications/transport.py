"""The way out: SMTP where an address is set; in the demonstration nowhere, for there the outbox can be read."""

import smtplib
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.dummy import EmailBackend as NowhereBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from alongside.notifications.models import Email
from alongside.notifications.states import Trouble
from alongside.notifications.troubles import trouble_of


class NotSent(Exception):
    """Say that an email did not go out this time and can be tried again, and why it did not."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


def is_there() -> bool:
    """Tell whether there is a way out. Without one, emails wait in the outbox and nothing is lost."""
    return bool(settings.SMTP_URL) or settings.DEMONSTRATION


def connection() -> BaseEmailBackend:
    """Open the way out that ``ALONGSIDE_SMTP_URL`` names."""
    if not settings.SMTP_URL:
        return NowhereBackend()
    parts = urlsplit(settings.SMTP_URL)
    return SmtpBackend(
        host=parts.hostname,
        port=parts.port,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
        use_tls=parts.scheme == "smtp",
        timeout=20,
    )


def as_message(email: Email) -> EmailMultiAlternatives:
    """Build the message: plain text first, HTML beside it, the invitation as a calendar part."""
    body, reply_to = email.body, [email.reply_to] if email.reply_to else None
    # Sent again after a worker was killed, it has the name it had: mail servers show one of two with the same name.
    name = f"<{email.ref}@{urlsplit(settings.SITE_URL).hostname}>"
    # RFC 3834: whoever is away does not let a machine answer ours.
    headers = {"Message-ID": name, "Auto-Submitted": "auto-generated"}
    if email.unsubscribe:  # RFC 8058: mail programs show a button, and post to the address without a question
        headers |= {"List-Unsubscribe": f"<{email.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(
        email.subject, body.text, settings.DEFAULT_FROM_EMAIL, [email.to], reply_to=reply_to, headers=headers
    )
    if body.html:
        message.attach_alternative(body.html, "text/html")
    if body.calendar:
        message.attach("meeting.ics", body.calendar, f"text/calendar; method={email.calendar_method}")
    return message


def send(email: Email) -> None:
    """Send ``email``.

    :raises NotSent: if the server could not be reached or refused it.
    """
    message = as_message(email)
    message.connection = connection()
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(trouble_of(error)) from error
