"""Empty the outbox: the worker calls this again and again."""

import logging
from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.notifications import transport
from alongside.notifications.actions import claim_email, give_up, mark_not_sent, mark_sent
from alongside.notifications.models import Email
from alongside.notifications.states import EmailState, Trouble

# A worker that was killed while sending leaves its email claimed; after this long another may take it.
ABANDONED_AFTER = timedelta(minutes=10)
# So few that they are done before another worker takes the first for abandoned, however slow the mail server is: each
# of the eight or so answers that an email takes may come as late as the way out has patience for.
AT_ONCE = 3
logger = logging.getLogger(__name__)


def send_due(*, at: datetime) -> int:
    """Send what is waiting, oldest first, and return how many went out."""
    if not transport.is_there():
        return 0
    return sum(_send(email, at=at) for email in _due(at).order_by("queued_at", "pk")[:AT_ONCE])


def waiting_since(*, at: datetime) -> datetime | None:
    """Return since when the oldest email that could have gone out has been waiting."""
    since: datetime | None = _due(at).aggregate(since=Min(Coalesce("not_before", "queued_at")))["since"]
    return since


def _due(at: datetime) -> QuerySet[Email]:
    return Email.objects.filter(state=EmailState.QUEUED).filter(Q(not_before=None) | Q(not_before__lte=at))


def take_back_abandoned(*, at: datetime) -> int:
    """Put back what a worker took and never finished; return how many."""
    abandoned = Email.objects.filter(state=EmailState.SENDING, claimed_at__lte=at - ABANDONED_AFTER)
    return abandoned.update(state=EmailState.QUEUED)


def _send(email: Email, *, at: datetime) -> bool:
    try:
        claim_email(email, at=at)
        transport.send(email)
    except ChangedMeanwhile:
        return False
    except transport.NotSent as refusal:
        mark_not_sent(email, trouble=refusal.trouble, at=at)
        _log_if_given_up(email, refusal)
        return False
    except Exception:  # an email that cannot even be written must not keep the others from going out
        logger.exception("Email %s cannot be sent", email.ref)
        give_up(email, trouble=Trouble.NOT_WRITTEN)
        return False
    mark_sent(email, at=at)
    return True


def _log_if_given_up(email: Email, refusal: transport.NotSent) -> None:
    """Tell the operator, without the address: of a sign-in email nobody else hears."""
    if email.state == EmailState.FAILED:
        cause = type(refusal.__cause__).__name__
        logger.warning("Email %s (%s) is given up: %s, %s", email.ref, email.kind, refusal.trouble or "unknown", cause)
