from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.kernel.vocabulary import speaking
from alongside.people.models import Person
from alongside.web.shared.assets import stylesheet_url
from alongside.web.shared.navigation import navigation_for


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: its stylesheet, who reads it, where they can go."""
    user = getattr(request, "user", None)  # a request refused at the door has nobody yet
    person = user if user and user.is_authenticated else None
    return {
        "stylesheet_url": stylesheet_url(),
        **_look(),
        "demonstration": settings.DEMONSTRATION,
        "home_url": reverse("home") if person else reverse("front"),
        "help_url": reverse("help"),
        "concern_url": _concern_url(request, person),
        "accessibility_url": reverse("accessibility"),
        "theme": request.COOKIES.get("theme", ""),
        "theme_url": reverse("theme"),
        **(
            _signed_in(request, person)
            if person
            else {"sign_in_url": reverse("account_login"), "find_url": reverse("find")}
        ),
    }


def _look() -> dict[str, str]:
    """How the programme looks that is spoken of, where it has a colour or a logo of its own."""
    speech = speaking()
    colour = reverse("look", args=[speech.colour.removeprefix("#")]) if speech.colour else ""
    return {"look_url": colour, "logo": speech.logo}


def _signed_in(request: HttpRequest, person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "person_about": person.email,
        "navigation": navigation_for(request),
        "privacy_url": reverse("who_sees_what"),
        "account_url": reverse("my_account"),
        "sign_out_url": reverse("account_logout"),
    }


def _concern_url(request: HttpRequest, person: Person | None) -> str:
    """Where to raise a concern; from inside a mentorship, about it."""
    if person is None:
        return reverse("whom_to_turn_to")
    here = getattr(request, "resolver_match", None)
    ref = here.kwargs.get("ref") if here and here.route.startswith("mentorships/") else None
    return reverse("raise_concern") + (f"?{urlencode({'from': ref})}" if ref else "")
