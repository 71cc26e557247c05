"""The one page of somebody who is asked about a mentee: they have no account, only their link."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.kernel import clock, scope
from alongside.kernel.links import BadLink
from alongside.kernel.sealing import CannotOpen
from alongside.reviews.actions import NotNow, decline
from alongside.reviews.models import Rater
from alongside.reviews.rater_links import rater_of
from alongside.web.participant.mentorship.reviews.answering import Answering
from alongside.web.shared.access import View, by_signed_link


def by_rater_link(view: Callable[[HttpRequest, Rater], HttpResponse]) -> View:
    """Give the view whom a link was written to, in the scope of the one mentorship it is about.

    The link alone opens that one page; once what is inside is deleted, it opens nothing.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        rater = rater_of(token)
        try:
            if rater is None:
                raise BadLink
            inside = scope.Scope.of(programmes=[rater.programme_id], mentorships=[rater.mentorship_id])
            with scope.within(inside):
                return view(request, rater)
        except (BadLink, CannotOpen):
            return render(request, "participant/bad_link.html", {"words": str(BadLink())}, status=404)

    return by_signed_link(opened)


@by_rater_link
def rate(request: HttpRequest, rater: Rater) -> HttpResponse:
    """Let somebody answer about a mentee, or say that they would rather not. Looking decides nothing."""
    if rater.review.closed_at or rater.done_at:
        return render(request, "reviews/thanks.html", {"rater": rater, "mentee": rater.review.mentee})
    try:
        if request.method == "POST" and request.POST.get("do") == "decline":
            decline(rater, at=clock.now())
            return redirect(request.path)
        answering = Answering(rater, request)
    except NotNow as refusal:
        messages.warning(request, str(refusal))
        return redirect(request.path)
    if answering.is_kept:
        return redirect(request.path if answering.is_done else f"{request.path}?saved=yes")
    context = {"mentee": rater.review.mentee, "group": rater.rater_group, "saved": "saved" in request.GET}
    return render(request, "reviews/rate.html", {**context, **answering.context}, status=answering.status)
