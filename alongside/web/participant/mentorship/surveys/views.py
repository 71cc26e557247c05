"""A survey, answered from its link without signing in, page by page where it is long."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.journeys.survey_emails import who_reads
from alongside.kernel import clock
from alongside.surveys.actions import NotNow
from alongside.surveys.clocks import is_open
from alongside.surveys.models import Response
from alongside.surveys.queries import response_of
from alongside.web.participant.mentorship.here import Here, by_member_link, in_mentorship
from alongside.web.participant.mentorship.surveys.pages import Kept, token_of
from alongside.web.shared.access import PersonRequest, View
from alongside.web.shared.questionnaires import filling


def _of_member(view: Callable[..., HttpResponse]) -> View:
    """Give the view what its link asks of whom; once it is answered or closed, every page of it says so."""

    @wraps(view)
    def opened(request: HttpRequest, here: Here, ref: str, /, **more: int) -> HttpResponse:
        response = response_of(here.me, ref)
        if response is None:
            raise Http404
        if response.done_at or not is_open(response.asked_at, at=clock.now()):
            return _over(request, here, response)
        try:
            return view(request, here, response, **more)
        except NotNow:  # it was sent in another window meanwhile
            response.refresh_from_db()
            return _over(request, here, response)

    return by_member_link("survey")(opened)


@_of_member
def survey(request: HttpRequest, here: Here, response: Response) -> HttpResponse:
    """Say what is asked and who reads it, and lead to where to go on."""
    if request.method == "POST":
        return filling.begin(Kept(response, here.me))
    return render(request, "surveys/survey.html", _about(here, response))


@_of_member
def survey_page(request: HttpRequest, here: Here, response: Response, place: int) -> HttpResponse:
    """Answer one page."""
    kept = Kept(response, here.me)
    return filling.fill_page(request, kept, place, template="surveys/page.html", context=_about(here, response))


@_of_member
def survey_check(request: HttpRequest, here: Here, response: Response) -> HttpResponse:
    """Read the answers once more and send them."""
    kept = Kept(response, here.me)
    return filling.check(request, kept, template="surveys/check.html", context=_about(here, response))


@in_mentorship
def mentorship_survey(request: PersonRequest, here: Here, survey_ref: str) -> HttpResponse:
    """Lead somebody who signed in to the pages of their link."""
    response = response_of(here.me, survey_ref)
    if response is None:
        raise Http404
    return redirect("survey", token_of(response, here.me))


def _about(here: Here, response: Response) -> dict[str, object]:
    definition = Kept(response, here.me).definition
    return {"here": here, "response": response, "survey": definition, "sees": who_reads(definition)}


def _over(request: HttpRequest, here: Here, response: Response) -> HttpResponse:
    return render(request, "surveys/over.html", _about(here, response))
