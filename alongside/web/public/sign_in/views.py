from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.people.models import Person
from alongside.people.sign_in_links import SpentLink, person_of_token
from alongside.reports.demonstration import somebody
from alongside.web.shared.access import public
from alongside.web.shared.sign_in import enter


@public
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before signing in: whoever scans emails for harm fetches every link, and this one works once."""
    try:
        person = person_of_token(token)
    except SpentLink as spent:
        messages.error(request, str(spent))
        return redirect("account_login")
    if request.method == "POST":
        return _enter(request, person)
    return render(request, "public/sign_in_by_link.html", {"somebody": person})


@public
def demonstration_sign_in(request: HttpRequest, kind: str) -> HttpResponse:
    """Sign in as one of the invented people of the demonstration."""
    person = somebody(kind) if settings.DEMONSTRATION else None
    if person is None:
        raise Http404
    return _enter(request, person)


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    enter(request, person)
    return redirect("home")
