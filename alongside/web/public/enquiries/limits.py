"""How fast and how often enquiries come from one place. Nobody solves a puzzle; at worst they send once more.

What one place on the network sends is counted as `web/shared/limits.py` says. What one email address sends is counted
in the table of enquiries itself (`enquiries.actions.A_DAY`), where it is exact.
"""

from datetime import datetime

from django.core import signing

from alongside.web.shared.limits import counted

AN_HOUR = 20
"""Enquiries from one place in an hour: a whole library, or an office, may sit behind one."""
QUICKEST = 3
"""Seconds that a person takes for the form at the very least."""
STAMP = "alongside.enquire"


def stamp(at: datetime) -> str:
    """Return when the form was shown, signed."""
    return signing.dumps(int(at.timestamp()), salt=STAMP)


def came_too_fast(sent: str, *, at: datetime) -> bool:
    """Tell whether a form came back faster than people write, or without the stamp it was shown with."""
    try:
        return bool(at.timestamp() - signing.loads(sent, salt=STAMP) < QUICKEST)
    except (signing.BadSignature, TypeError):
        return True


def may_send(address: str, *, at: datetime) -> bool:
    """Count one more from a place on the network; False above what comes from one place in an hour."""
    return counted("enquire", address, seconds=60 * 60, at=at) <= AN_HOUR
