"""Who may open the pages of applying: everybody where one can apply, whoever applied, and whoever holds a link."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.applications.begin_links import Beginning, SpentLink, beginning_of, reference_of
from alongside.applications.models import Application, Reference
from alongside.applications.queries import applications_of, open_cohort
from alongside.kernel import clock, scope
from alongside.kernel.vocabulary import spoken
from alongside.programmes.models import Cohort
from alongside.programmes.states import Side
from alongside.web.shared.access import PersonRequest, View, by_signed_link, get_or_404, public, signed_in


def where_one_can_apply(view: Callable[[HttpRequest, Cohort, str], HttpResponse]) -> View:
    """Give the view the cohort one can apply to. Elsewhere everybody, also a coordinator, learns only that one cannot.

    It shows of an organisation what it made public by letting people apply.
    """

    @wraps(view)
    def opened(request: HttpRequest, ref: str, side: str) -> HttpResponse:
        cohort = open_cohort(ref, side, at=clock.now()) if side in Side.values else None
        if cohort is None:
            return render(request, "applying/closed.html", status=404)
        with _of(cohort):
            return view(request, cohort, side)

    return public(opened)


def by_begin_link(view: Callable[[HttpRequest, Cohort, Beginning], HttpResponse]) -> View:
    """Give the view what its link begins."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            beginning = beginning_of(token)
        except SpentLink as spent:
            return render(request, "participant/bad_link.html", {"words": str(spent)}, status=404)
        cohort = open_cohort(beginning.cohort, beginning.side, at=clock.now())
        if cohort is None:
            return render(request, "applying/closed.html", status=404)
        with _of(cohort):
            return view(request, cohort, beginning)

    return by_signed_link(opened)


def by_referee_link(view: Callable[[HttpRequest, Reference], HttpResponse]) -> View:
    """Give the view the reference that its link asks for."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        reference = reference_of(token)
        if reference is None:
            return render(request, "applying/no_reference.html", status=404)
        with _of(reference.application.cohort):
            return view(request, reference)

    return by_signed_link(opened)


def own_application(view: Callable[..., HttpResponse]) -> View:
    """Give the view an application of whoever reads; others learn nothing of it."""

    @wraps(view)
    def opened(request: PersonRequest, ref: str, **more: object) -> HttpResponse:
        application: Application = get_or_404(applications_of(request.person), ref=ref)
        with _of(application.cohort):
            return view(request, application, **more)

    return signed_in(opened)


@contextmanager
def _of(cohort: Cohort) -> Iterator[None]:
    """Declare the scope of a cohort's programme, and speak as it does."""
    with scope.within(scope.Scope.of(programmes=[cohort.programme_id])), spoken(cohort.rules.speech):
        yield


def begun_or_404(application: Application) -> Application:
    """Return an application that can still be written; one that was sent is only read."""
    if application.state != "begun":
        raise Http404
    return application
