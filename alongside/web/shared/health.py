from datetime import timedelta

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from alongside.kernel import clock
from alongside.notifications.outbox import waiting_since
from alongside.web.shared.access import public

LATE = timedelta(minutes=15)
"""How long an email may wait for the worker before something is wrong with it."""


@public
def health(request: HttpRequest) -> JsonResponse:
    """Tell whoever watches this installation whether it is well; 503 where it cannot reach its database."""
    now = clock.now()
    try:
        since = waiting_since(at=now)
    except DatabaseError:
        return JsonResponse({"database": "not reached"}, status=503)
    late = since is not None and now - since > LATE
    return JsonResponse({"database": "well", "emails": f"waiting since {since:%Y-%m-%d %H:%M} UTC" if late else "well"})
