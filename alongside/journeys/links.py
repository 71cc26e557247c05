"""The addresses that emails carry."""

from django.conf import settings
from django.urls import reverse

from alongside.agreements.models import Agreement
from alongside.matching.answer_links import offer_token, request_token
from alongside.matching.models import Offer, Request
from alongside.mentorships.member_links import member_token
from alongside.mentorships.models import Member, Mentorship


def choose_link(offer: Offer) -> str:
    return _absolute(reverse("choose", args=[offer_token(offer)]))


def answer_link(request: Request) -> str:
    return _absolute(reverse("answer", args=[request_token(request)]))


def home_link() -> str:
    return _absolute(reverse("home"))


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def mentorship_link(mentorship: Mentorship, page: str = "mentorship") -> str:
    """The address of a page of a mentorship, for its members: they sign in."""
    return _absolute(reverse(page, args=[mentorship.ref]))


def going_on_link(member: Member) -> str:
    """The address at which a member says, without signing in, whether to go on."""
    return _absolute(reverse("going_on", args=[member_token("going_on", member.mentorship.ref, member)]))


def sign_link(agreement: Agreement, member: Member) -> str:
    """The address at which a member reads a version of the agreement and signs it, without signing in."""
    return _absolute(reverse("sign", args=[member_token("sign", agreement.ref, member)]))
