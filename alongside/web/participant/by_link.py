"""What a link in an email names, for the view that answers it: in its scope, with times and words as its person has."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.kernel import scope
from alongside.kernel.links import BadLink
from alongside.kernel.scope import ProgrammeOwned
from alongside.kernel.vocabulary import spoken
from alongside.programmes.models import Participant
from alongside.web.shared.access import View, by_signed_link

Thing = TypeVar("Thing", bound=ProgrammeOwned)
P = ParamSpec("P")


def naming(
    thing_of: Callable[[str], Thing], whose: Callable[[Thing], Participant]
) -> Callable[[Callable[Concatenate[HttpRequest, Thing, P], HttpResponse]], View]:
    """Give a view what its link names.

    :param thing_of: returns what a token names, or raises `BadLink`.
    :param whose: returns the participant to whom the link was written.
    """

    def decorate(view: Callable[Concatenate[HttpRequest, Thing, P], HttpResponse]) -> View:
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

    return decorate
