from datetime import datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from alongside.kernel.lifecycle import make_move
from alongside.notifications.models import Email
from alongside.notifications.states import EMAIL_LIFECYCLE, Trouble

MAX_ATTEMPTS = 8
PATIENCE = timedelta(seconds=30)
LONGEST_SUBJECT = 300


def queue_email(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    calendar: str = "",
    programme_id: int | None = None,
    participant_id: int | None = None,
    at: datetime,
) -> Email:
    """Put an email into the outbox, in the transaction of whatever caused it. A worker sends it after that commits."""
    return Email.objects.create(
        kind=kind,
        to=to,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        text=text,
        html=html,
        calendar=calendar,
        programme_id=programme_id,
        participant_id=participant_id,
        queued_at=at,
    )


def write_email(
    kind: str,
    *,
    to: str,
    context: dict[str, Any],
    at: datetime,
    calendar: str = "",
    programme_id: int | None = None,
    participant_id: int | None = None,
) -> Email:
    """Render the three templates of ``kind`` (subject, text, html) and put the email into the outbox."""
    with override("en-gb"):
        subject = " ".join(render_to_string(f"emails/{kind}/subject.txt", context).split())
        words = {**context, "subject": subject, "to": to}
        text = render_to_string(f"emails/{kind}/text.txt", words).strip()
        html = render_to_string(f"emails/{kind}/body.html", words)
    return queue_email(
        kind=kind,
        to=to,
        at=at,
        calendar=calendar,
        programme_id=programme_id,
        participant_id=participant_id,
        subject=subject,
        text=text,
        html=html,
    )


def claim_email(email: Email, *, at: datetime) -> None:
    """Take an email to send it.

    :raises ChangedMeanwhile: if another worker took it first.
    """
    make_move(email, EMAIL_LIFECYCLE, "claim", claimed_at=at, attempts=email.attempts + 1)


def mark_sent(email: Email, *, at: datetime) -> None:
    make_move(email, EMAIL_LIFECYCLE, "send", sent_at=at, trouble=Trouble.UNKNOWN)


def mark_not_sent(email: Email, *, trouble: Trouble, at: datetime) -> None:
    """Put an email back to be tried later, a little later each time; after the last attempt a person must look."""
    if email.attempts >= MAX_ATTEMPTS:
        give_up(email, trouble=trouble)
    else:
        not_before = at + PATIENCE * 2**email.attempts
        make_move(email, EMAIL_LIFECYCLE, "put_back", not_before=not_before, trouble=trouble)


def give_up(email: Email, *, trouble: Trouble) -> None:
    """Note that an email will not go out, and why: a person must look."""
    make_move(email, EMAIL_LIFECYCLE, "fail", trouble=trouble)


def try_again(email: Email) -> None:
    """Let an email that was given up go out as it was written, with all its attempts before it.

    :raises MoveNotAllowed: if it was not given up.
    """
    make_move(email, EMAIL_LIFECYCLE, "try_again", attempts=0, not_before=None)


def leave(email: Email) -> None:
    """Note that nothing more is to be done about an email that was given up.

    :raises MoveNotAllowed: if it was not given up.
    """
    make_move(email, EMAIL_LIFECYCLE, "leave")


def take_up(email: Email) -> None:
    """Let an email that was left wait for a person again.

    :raises MoveNotAllowed: if it was not left.
    """
    make_move(email, EMAIL_LIFECYCLE, "take_up")
