"""The links of an enquiry: the visitor's, to everything about it, and that of whoever holds it without an account.

To confirm has a purpose of its own: it proves the address, and whoever is passed another link cannot confirm by it.
"""

from alongside.enquiries.models import Enquiry
from alongside.enquiries.queries import enquiry_named, enquiry_of_thread
from alongside.kernel.links import BadLink, named_in, signed

CONFIRM, FOLLOW, HOLD = "alongside.enquiry.confirm", "alongside.enquiry", "alongside.enquiry.holder"


def confirm_token(enquiry: Enquiry) -> str:
    return signed(enquiry.thread, purpose=CONFIRM)


def follow_token(enquiry: Enquiry) -> str:
    return signed(enquiry.thread, purpose=FOLLOW)


def hold_token(enquiry: Enquiry) -> str:
    return signed(enquiry.ref, purpose=HOLD)


def enquiry_to_confirm(token: str) -> Enquiry:
    """Return the enquiry that whoever holds the link confirms.

    :raises BadLink: if it was not made here, or the enquiry is kept no longer.
    """
    return _found(enquiry_of_thread(named_in(token, purpose=CONFIRM)))


def enquiry_to_follow(token: str) -> Enquiry:
    """Return where the visitor's question is now.

    :raises BadLink: if it was not made here, or the enquiry is kept no longer.
    """
    return _found(enquiry_of_thread(named_in(token, purpose=FOLLOW)))


def enquiry_to_answer(token: str) -> Enquiry:
    """Return the one enquiry that its holder may answer by link.

    :raises BadLink: if it was not made here, or the enquiry is kept no longer.
    """
    return _found(enquiry_named(named_in(token, purpose=HOLD)))


def _found(enquiry: Enquiry | None) -> Enquiry:
    if enquiry is None:
        raise BadLink
    return enquiry
