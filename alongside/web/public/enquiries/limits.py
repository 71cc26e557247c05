"""How fast and how often enquiries come from one place. Nobody solves a puzzle; at worst they send once more.

What one place on the network sends is counted in Django's cache: all processes of an installation share its files, a
count that is lost on a restart does no harm, and nothing of it is ever in the database or its copies. The place is
hashed with the day, so tomorrow nobody can say who it was today. What one email address sends is counted in the table
of enquiries itself (`enquiries.actions.A_DAY`), where it is exact.
"""

from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.core import signing
from django.core.cache import cache

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
    salt = f"{at:%Y-%m-%d}{settings.SECRET_KEY}".encode()
    place = blake2b(address.encode(), key=blake2b(salt, digest_size=32).digest(), digest_size=12).hexdigest()
    key = f"enquire:{place}"
    cache.add(key, 0, 60 * 60)
    try:
        return bool(cache.incr(key) <= AN_HOUR)
    except ValueError:  # it ran out between the two
        return True
