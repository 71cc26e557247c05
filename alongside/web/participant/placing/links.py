"""The link in an email to a volunteer, turned into the question it names: its scope declared, times in their zone."""

from collections.abc import Callable
from functools import wraps
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.kernel import scope
from alongside.kernel.vocabulary import spoken
from alongside.placing.ask_links import BadLink, ask_of_token
from alongside.placing.models import Ask
from alongside.web.shared.access import View, by_signed_link


def by_ask_link(view: Callable[[HttpRequest, Ask], HttpResponse]) -> View:
    """Give the view the question that its link names."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            ask = ask_of_token(token)
        except BadLink as bad:
            return render(request, "participant/bad_link.html", {"words": str(bad)}, status=404)
        participant = ask.volunteer.participant
        with (
            scope.within(scope.Scope.of(programmes=[ask.programme_id])),
            timezone.override(ZoneInfo(participant.person.time_zone)),
            spoken(participant.cohort.rules.speech),
        ):
            return view(request, ask)

    return by_signed_link(opened)
