"""``alongside appoint``: how an installation gets its first coordinator."""

import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from alongside.commands.serving import migrate
from alongside.journeys.appoint_coordinator import appoint_first_coordinator
from alongside.kernel import clock
from alongside.people.sign_in_links import make_sign_in_token


def appoint(email: str, *, name: str, organisation: str, network: str) -> int:
    """Make somebody a coordinator and print a link with which they can sign in for an hour, once."""
    try:
        validate_email(email)
    except ValidationError:
        print(f"“{email}” is not an email address. Write it like jo@example.org.", file=sys.stderr)
        return 1
    migrate()
    person, made = appoint_first_coordinator(
        email=email, name=name, organisation_name=organisation, network_name=network, at=clock.now()
    )
    print(f"{person.name} coordinates {made.name}. To sign in, once and within the hour:")
    print(f"  {settings.SITE_URL}{reverse('sign_in_by_link', args=[make_sign_in_token(person)])}")
    return 0
