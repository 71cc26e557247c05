from typing import Any

from django.conf import settings
from django.http import HttpRequest

from alongside.web.shared.assets import stylesheet_url
from alongside.web.shared.navigation import navigation_for


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: its stylesheet, where the person can go, whether this is the demonstration."""
    return {
        "stylesheet_url": stylesheet_url(),
        "demonstration": settings.DEMONSTRATION,
        "navigation": navigation_for(request),
        "person": request.user if request.user.is_authenticated else None,
    }
