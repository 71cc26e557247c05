"""Sign-in: the code and the link travel in one email."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.people.models import Person
from alongside.people.sign_in_links import make_sign_in_token


class Adapter(DefaultAccountAdapter):
    """What Alongside wants of django-allauth."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from taking part: an import, an invitation or an application."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix == "account/email/login_code":
            person = Person.objects.get(email=email.lower())
            token = make_sign_in_token(person)
            context = {
                **context,
                "person": person,
                "link": settings.SITE_URL + reverse("sign_in_by_link", args=[token]),
            }
        super().send_mail(template_prefix, email, context)
