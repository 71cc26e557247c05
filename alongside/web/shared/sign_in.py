"""Sign-in: the code and the link travel in one email."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.people.models import Person
from alongside.people.sign_in_links import make_sign_in_token

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def enter(request: HttpRequest, person: Person) -> None:
    """Sign somebody in whom a link from their own inbox names."""
    login(request, person, backend=BACKEND)


class Adapter(DefaultAccountAdapter):
    """What Alongside wants of django-allauth."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from taking part: an import, an invitation or an application."""
        return False

    def get_login_stages(self) -> list[str]:
        """A code by email is enough, also for those who have a passkey: it is quicker, not a second lock."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, str]]:
        """Ask for the passkey again; who lost it signs in afresh by email."""
        methods = [
            {**method, "description": _("Use my passkey")} for method in super().get_reauthentication_methods(user)
        ]
        return methods and [*methods, {"id": "afresh", "description": _("Sign in again by email"), "url": _afresh()}]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        why = _("You get this because somebody asked to sign in with this address.")
        if template_prefix == "account/email/login_code":
            context = {**context, **_link_for(Person.objects.get(email=email.strip().lower()))}
        super().send_mail(template_prefix, email, {"why": why, "subject": "Alongside", **context})


def _link_for(person: Person) -> dict[str, Any]:
    url = settings.SITE_URL + reverse("sign_in_by_link", args=[make_sign_in_token(person)])
    return {"person": person, "action": {"label": _("Sign in"), "url": url}}


def _afresh() -> str:
    return f"{reverse('account_logout')}?next={reverse('account_login')}"
