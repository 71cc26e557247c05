"""The pages of somebody who is asked about a mentee: they have no account, only their link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.kernel import clock, scope
from alongside.kernel.links import BadLink
from alongside.kernel.sealing import CannotOpen
from alongside.questionnaires.speaking import for_reader
from alongside.reviews.actions import NotNow, decline
from alongside.reviews.models import Rater
from alongside.reviews.rater_links import rater_of, rater_token
from alongside.web.participant.mentorship.reviews.keeping import by_link
from alongside.web.shared.access import View, by_signed_link
from alongside.web.shared.questionnaires import filling


def by_rater_link(view: Callable[..., HttpResponse]) -> View:
    """Give the view whom a link was written to, in the scope of the one mentorship it is about.

    The link alone opens those pages; once they have answered or it has closed, each says so; once what is inside is
    deleted, it opens nothing.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, **more: int) -> HttpResponse:
        rater = rater_of(token)
        try:
            if rater is None:
                raise BadLink
            inside = scope.Scope.of(programmes=[rater.programme_id], mentorships=[rater.mentorship_id])
            with scope.within(inside):
                return _answered(view, request, rater, **more)
        except (BadLink, CannotOpen):
            return render(request, "participant/bad_link.html", {"words": str(BadLink())}, status=404)

    return by_signed_link(opened)


@by_rater_link
def rate(request: HttpRequest, rater: Rater) -> HttpResponse:
    """Say what is asked and what becomes of it; lead on, or let somebody say that they would rather not."""
    if request.method != "POST":
        return render(request, "reviews/rate.html", {**_about(rater), "saved": "saved" in request.GET})
    if request.POST.get("do") == "decline":
        decline(rater, at=clock.now())
        return redirect(request.path)
    return filling.begin(by_link(rater))


@by_rater_link
def rate_page(request: HttpRequest, rater: Rater, place: int) -> HttpResponse:
    """Let somebody answer one page."""
    return filling.fill_page(request, by_link(rater), place, template="reviews/rate_page.html", context=_about(rater))


@by_rater_link
def rate_check(request: HttpRequest, rater: Rater) -> HttpResponse:
    """Let somebody read their answers once more and send them."""
    return filling.check(request, by_link(rater), template="reviews/rate_check.html", context=_about(rater))


def _answered(view: Callable[..., HttpResponse], request: HttpRequest, rater: Rater, **more: int) -> HttpResponse:
    if rater.replaced:
        raise BadLink
    if rater.review.closed_at or rater.done_at:
        return render(request, "reviews/thanks.html", _about(rater))
    try:
        return view(request, rater, **more)
    except NotNow as refusal:  # it closed, or was sent in another window, meanwhile
        messages.warning(request, str(refusal))
        return redirect("rate", rater_token(rater))


def _about(rater: Rater) -> dict[str, Any]:
    mentee = rater.review.mentee
    return {
        "rater": rater,
        "mentee": mentee,
        "group": rater.rater_group,
        "review": for_reader(rater.review.definition),
        "sees": mentee.participant.person.name,
    }
