"""Links that let somebody answer without signing in.

A link names an offer (a mentee chooses) or a request (a mentor answers). It stays good for looking; it decides once,
because the decision moves the thing out of the state in which it can be decided.
"""

from alongside.kernel.links import BadLink, named_in, signed
from alongside.matching.models import Offer, Request

OFFER, REQUEST = "alongside.choose", "alongside.answer"


def offer_token(offer: Offer) -> str:
    return signed(offer.ref, purpose=OFFER)


def request_token(request: Request) -> str:
    return signed(request.ref, purpose=REQUEST)


def offer_of_token(token: str) -> Offer:
    """Return the offer a mentee may answer with this token.

    :raises BadLink: if it was not made here.
    """
    offer: Offer | None = Offer.unscoped.filter(ref=named_in(token, purpose=OFFER)).first()
    if offer is None:
        raise BadLink
    return offer


def request_of_token(token: str) -> Request:
    """Return the request a mentor may answer with this token.

    :raises BadLink: if it was not made here.
    """
    request: Request | None = Request.unscoped.filter(ref=named_in(token, purpose=REQUEST)).first()
    if request is None:
        raise BadLink
    return request
