"""Who may open a page: every view wears exactly one of these, and a guard test counts them.

A view that is about one thing fetches it with :func:`get_or_404` from a query of what this person may see, so that
fetching and authorising are one step and a stranger learns nothing, not even that the thing is there.
"""

import zoneinfo
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from alongside.assessments.queries import asked_of, assessments_opened_to
from alongside.concerns.queries import concerns_heard_by, hears_concerns
from alongside.kernel import scope
from alongside.kernel.permissions import NotAllowed
from alongside.kernel.remembering import remembering
from alongside.mentorships.queries import mentorships_of
from alongside.organisations.queries import coordinates, networks_stewarded_by, organisations_coordinated_by, stewards
from alongside.people.models import Person
from alongside.programmes.queries import participations_of, run_by

View = Callable[..., HttpResponseBase]
Row = TypeVar("Row", bound=Model)


class PersonRequest(HttpRequest):
    """A request of somebody who signed in."""

    person: Person


def _marked(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Let everybody in; the view shows nothing of any organisation but what it puts before everybody itself."""
    return _marked(view, "public")


def by_signed_link(view: View) -> View:
    """Let in whoever holds the link; the view checks the signature and declares the scope of what it signs."""
    return _marked(view, "signed_link")


def signed_in(view: View) -> View:
    """Let in everybody who signed in, to what is their own."""
    return _marked(_with_person(view, lambda person: True, _own_scope), "signed_in")


def coordinator(view: View) -> View:
    """Let in coordinators, to the programmes they run."""
    return _marked(
        _with_person(view, coordinates, _run_scope),
        "coordinator",
    )


def steward(view: View) -> View:
    """Let in stewards, to figures of their networks."""
    return _marked(_with_person(view, stewards, _network_scope), "steward")


def safeguarding_lead(view: View) -> View:
    """Let in whoever hears concerns, to those they hear: leads, and coordinators who stand in for one.

    No other decorator declares a scope that names a concern.
    """
    return _marked(_with_person(view, hears_concerns, _heard_scope), "safeguarding_lead")


def assessor(view: View) -> View:
    """Let in whoever was asked to score an assessment; they read those they said they have no conflict with.

    No other decorator declares a scope that names an assessment.
    """
    return _marked(_with_person(view, lambda person: asked_of(person).exists(), _scored_scope), "assessor")


def _with_person(view: View, may: Callable[[Person], bool], scope_of: Callable[[Person], scope.Scope]) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        person = request.user
        with _reading(request):
            if not may(person):
                raise Http404
            cast(PersonRequest, request).person = person
            with scope.within(scope_of(person)):
                try:
                    return view(request, *args, **kwargs)
                except NotAllowed as error:
                    raise Http404 from error

    return checked


def _reading(request: HttpRequest) -> AbstractContextManager[None]:
    """A page that is only shown asks each remembered read once."""
    return remembering() if request.method in {"GET", "HEAD"} else nullcontext()


def _run_scope(person: Person) -> scope.Scope:
    return scope.Scope.of(
        organisations=organisations_coordinated_by(person).values_list("pk", flat=True),
        programmes=run_by(person),
    )


def _own_scope(person: Person) -> scope.Scope:
    return scope.Scope.of(
        programmes=participations_of(person).values_list("programme_id", flat=True),
        mentorships=mentorships_of(person).values_list("pk", flat=True),
    )


def _heard_scope(person: Person) -> scope.Scope:
    return scope.Scope.of(concerns=concerns_heard_by(person).values_list("pk", flat=True))


def _scored_scope(person: Person) -> scope.Scope:
    return scope.Scope.of(assessments=assessments_opened_to(person).values_list("assessment_id", flat=True))


def _network_scope(person: Person) -> scope.Scope:
    rows = list(networks_stewarded_by(person).values_list("pk", "organisations"))
    return scope.Scope.of(organisations=[pk for _, pk in rows if pk], networks=[pk for pk, _ in rows])


def get_or_404(rows: QuerySet[Row], **lookup: Any) -> Row:
    """Return the one row of what this person may see, or answer as if it were not there."""
    try:
        return rows.get(**lookup)
    except rows.model.DoesNotExist as error:  # type: ignore[attr-defined]
        raise Http404 from error


class PersonsTime:
    """Show times in the person's own zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = request.user.time_zone if request.user.is_authenticated else "Europe/London"
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return self.get_response(request)
