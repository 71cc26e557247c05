"""Links that let somebody answer about a mentee without an account. Fetching the page decides nothing."""

from django.core import signing

from alongside.reviews.models import Rater
from alongside.reviews.queries import rater_called

SIGNER = signing.Signer(salt="alongside.rater")


def rater_token(rater: Rater) -> str:
    """Return a token that names a rater."""
    return SIGNER.sign(rater.ref)


def rater_of(token: str) -> Rater | None:
    """Return whom a token names; None where it was not made here, or they are asked no longer."""
    try:
        return rater_called(SIGNER.unsign(token))
    except signing.BadSignature:
        return None
