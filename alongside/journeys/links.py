"""The addresses that emails carry."""

from django.conf import settings
from django.urls import reverse

from alongside.matching.answer_links import offer_token, request_token
from alongside.matching.models import Offer, Request


def choose_link(offer: Offer) -> str:
    return _absolute(reverse("choose", args=[offer_token(offer)]))


def answer_link(request: Request) -> str:
    return _absolute(reverse("answer", args=[request_token(request)]))


def home_link() -> str:
    return _absolute(reverse("home"))


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
