"""Links that let somebody answer without signing in.

A link names an offer (a mentee chooses) or a request (a mentor answers) and is signed. It stays good for looking; it
decides once, because the decision moves the thing out of the state in which it can be decided. Fetching the page
decides nothing: mail scanners fetch.
"""

from django.core import signing

from alongside.matching.models import Offer, Request

OFFER_SALT = "alongside.choose"
REQUEST_SALT = "alongside.answer"


class BadLink(Exception):
    """Say that a link was not made here, or that what it names is gone."""

    def __init__(self) -> None:
        super().__init__("This link does not work. It may have been cut short by your email program: copy all of it.")


def offer_token(offer: Offer) -> str:
    return signing.Signer(salt=OFFER_SALT).sign(offer.ref)


def request_token(request: Request) -> str:
    return signing.Signer(salt=REQUEST_SALT).sign(request.ref)


def offer_of_token(token: str) -> Offer:
    """Return the offer a mentee may answer with this token.

    :raises BadLink: if it was not made here.
    """
    offer: Offer | None = Offer.unscoped.filter(ref=_unsigned(token, OFFER_SALT)).first()
    if offer is None:
        raise BadLink
    return offer


def request_of_token(token: str) -> Request:
    """Return the request a mentor may answer with this token.

    :raises BadLink: if it was not made here.
    """
    request: Request | None = Request.unscoped.filter(ref=_unsigned(token, REQUEST_SALT)).first()
    if request is None:
        raise BadLink
    return request


def _unsigned(token: str, salt: str) -> str:
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature as error:
        raise BadLink from error
