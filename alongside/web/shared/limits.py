"""How much comes from one place on the network. Nobody solves a puzzle; at worst they wait a little.

It is counted in Django's cache: all processes of an installation share its files, a count that is lost on a restart
does no harm, and nothing of it is ever in the database or its copies. The place is hashed with the day, so tomorrow
nobody can say who it was today.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.kernel import clock

MANY_PAGES, WHILE = 600, 10 * 60
"""Pages of the directory in ten minutes: a library full of people who look is behind one place; a copier is faster."""


def counted(purpose: str, address: str, *, seconds: int, at: datetime) -> int:
    """Count one more from a place, and return how many came in so many seconds since the first."""
    salt = f"{at:%Y-%m-%d}{settings.SECRET_KEY}".encode()
    place = blake2b(address.encode(), key=blake2b(salt, digest_size=32).digest(), digest_size=12).hexdigest()
    key = f"{purpose}:{place}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1


def unhurried(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let people look as long as they like, and ask whoever copies everything at once to wait."""

    @wraps(view)
    def slowed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR", "")
        if counted("look", address, seconds=WHILE, at=clock.now()) > MANY_PAGES:
            return render(request, "limits/too_many.html", status=429)
        return view(request, *args, **kwargs)

    return slowed
