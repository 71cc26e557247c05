from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from alongside.kernel import sealing
from alongside.kernel.colours import DARK, PAPER, readable_on
from alongside.kernel.lifecycle import make_move
from alongside.kernel.vocabulary import Speech, speaking, spoken
from alongside.notifications.models import Body, Email
from alongside.notifications.states import EMAIL_LIFECYCLE, EmailState, Trouble

MAX_ATTEMPTS = 8
PATIENCE = timedelta(seconds=30)
LONGEST_SUBJECT = 300


def queue_email(
    body: Body,
    *,
    kind: str,
    to: str,
    subject: str,
    private: bool = False,
    at: datetime,
    **about: Any,
) -> Email:
    """Put an email into the outbox, in the transaction of whatever caused it. A worker sends it after that commits.

    :param private: that it carries words from inside a mentorship; its subject must not.
    :param about: further fields of :class:`Email`.
    """
    email = Email(kind=kind, to=to, subject=" ".join(subject.split())[:LONGEST_SUBJECT], queued_at=at, **about)
    if private:
        email.seal_body(body)
    else:
        email.text, email.html, email.calendar = body
    email.save(force_insert=True)
    return email


def write_email(
    kind: str, *, to: str, context: dict[str, Any], at: datetime, calendar: str = "", template: str = "", **about: Any
) -> Email:
    """Render three templates (subject, text, html) and put the email into the outbox.

    It speaks as the programme does whose speech is in force, and says what that adds to letters of its kind.

    :param template: where they stand under ``emails/``; by default they are the kind's own.
    :param about: whether it is ``private``, and further fields of :class:`Email`.
    """
    folder = f"emails/{template or kind}"
    speech = speaking()
    with override(speech.language or "en-gb"), spoken(speech):
        subject = " ".join(render_to_string(f"{folder}/subject.txt", context).split())
        words = {**context, "subject": subject, "to": to, "added": speech.added.get(kind, ""), "step": step_of(speech)}
        text = render_to_string(f"{folder}/text.txt", words).strip()
        html = render_to_string(f"{folder}/body.html", words)
    return queue_email(Body(text, html, calendar), kind=kind, to=to, subject=subject, at=at, **about)


def step_of(speech: Speech) -> dict[str, str]:
    """Return the colours of the one button of a letter, in the light and in the dark; none where they are ours."""
    if not speech.colour:
        return {}
    return {"light": readable_on(PAPER, speech.colour), "dark": readable_on(DARK, speech.colour)}


def seal_anew(email: Email) -> bool:
    """Seal what a private email says with the newest key of the installation; say whether that was needed."""
    if sealing.key_ring().is_newest(bytes(email.sealed)):
        return False
    email.seal_body(email.body)
    email.save(update_fields=["sealed"])
    return True


def forget_emails(refs: Iterable[str]) -> None:
    """Delete emails for good, whatever became of them, as where an address may be kept no longer."""
    Email.objects.filter(ref__in=list(refs)).exclude(state=EmailState.SENDING).delete()


def claim_email(email: Email, *, at: datetime) -> None:
    """Take an email to send it.

    :raises ChangedMeanwhile: if another worker took it first.
    """
    make_move(email, EMAIL_LIFECYCLE, "claim", claimed_at=at, attempts=email.attempts + 1)


def mark_sent(email: Email, *, at: datetime) -> None:
    """Note that an email went out. What was private in it is kept no longer, but for the invented people's."""
    wiped = {"sealed": b""} if email.private and not settings.DEMONSTRATION else {}
    make_move(email, EMAIL_LIFECYCLE, "send", sent_at=at, trouble=Trouble.UNKNOWN, **wiped)


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
