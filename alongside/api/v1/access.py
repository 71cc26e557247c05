"""Who may call a route: the same people as on the pages, by the same session, to the same rows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja.errors import HttpError

from alongside.kernel import scope
from alongside.organisations.queries import organisations_coordinated_by
from alongside.people.models import Person
from alongside.programmes.queries import programmes_run_by

Row = TypeVar("Row", bound=Model)


class CoordinatorRequest(HttpRequest):
    """A request of a coordinator who signed in."""

    person: Person


def coordinator(route: Callable[..., Any]) -> Callable[..., Any]:
    """Let in coordinators, to the programmes they run; to others the route is not there."""

    @wraps(route)
    def checked(request: CoordinatorRequest, *args: Any, **kwargs: Any) -> Any:
        person = request.user
        if not person.is_authenticated:
            raise HttpError(401, "Sign in first.")
        organisations = list(organisations_coordinated_by(person).values_list("pk", flat=True))
        if not organisations:
            raise HttpError(404, "Not found.")
        request.person = person
        programmes = programmes_run_by(person).values_list("pk", flat=True)
        with scope.within(scope.Scope.of(organisations=organisations, programmes=programmes)):
            return route(request, *args, **kwargs)

    checked.access = "coordinator"  # type: ignore[attr-defined]
    return checked


def get_or_404(rows: QuerySet[Row], **lookup: Any) -> Row:
    """Return the one row of what this person may see, or answer as if it were not there."""
    row = rows.filter(**lookup).first()
    if row is None:
        raise HttpError(404, "Not found.")
    return row
