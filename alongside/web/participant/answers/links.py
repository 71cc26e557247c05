"""The two kinds of link in emails, turned into what they name: its scope declared, times in its person's zone."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.kernel import scope
from alongside.kernel.vocabulary import spoken
from alongside.matching.answer_links import BadLink, offer_of_token, request_of_token
from alongside.matching.models import Offer, Request
from alongside.programmes.models import Participant
from alongside.web.shared.access import View, by_signed_link

Thing = TypeVar("Thing", Offer, Request)
P = ParamSpec("P")


def by_offer_link(view: Callable[Concatenate[HttpRequest, Offer, P], HttpResponse]) -> View:
    """Give the view the offer that its link names."""
    return _by_link(view, offer_of_token, lambda offer: offer.mentee)


def by_request_link(view: Callable[Concatenate[HttpRequest, Request, P], HttpResponse]) -> View:
    """Give the view the request that its link names."""
    return _by_link(view, request_of_token, lambda asked: asked.mentor)


def _by_link(
    view: Callable[Concatenate[HttpRequest, Thing, P], HttpResponse],
    thing_of: Callable[[str], Thing],
    whose: Callable[[Thing], Participant],
) -> View:
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            thing = thing_of(token)
        except BadLink as bad:
            return render(request, "participant/bad_link.html", {"words": str(bad)}, status=404)
        participant = whose(thing)
        with (
            scope.within(scope.Scope.of(programmes=[thing.programme_id])),
            timezone.override(ZoneInfo(participant.person.time_zone)),
            spoken(participant.cohort.rules.speech),
        ):
            return view(request, thing, *args, **kwargs)

    return by_signed_link(opened)
