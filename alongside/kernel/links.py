"""Links that let somebody do one thing without signing in: they name it, and are signed.

Fetching the page a link leads to decides nothing: mail scanners fetch.
"""

from django.core import signing


class BadLink(Exception):
    """Say that a link was not made here, or that what it names is gone."""

    def __init__(self) -> None:
        super().__init__("This link does not work. It may have been cut short by your email program: copy all of it.")


def signed(name: str, *, purpose: str) -> str:
    """Return a token that names something, for one purpose."""
    return signing.Signer(salt=purpose).sign(name)


def named_in(token: str, *, purpose: str) -> str:
    """Return what a token names.

    :raises BadLink: if it was not made here for this purpose.
    """
    try:
        return signing.Signer(salt=purpose).unsign(token)
    except signing.BadSignature as error:
        raise BadLink from error
