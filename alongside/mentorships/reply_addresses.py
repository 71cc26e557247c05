"""Addresses of ours to which people, and their calendars, answer by email: ``<purpose>+<token>@<domain>``.

A token names things by their refs and ends in 80 bits of HMAC-SHA-256 over these. It is read without regard to case
(mail servers fold it) and stays within the 64 characters of a local part (RFC 5321 § 4.5.3.1.1).
"""

from base64 import b32encode
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.kernel import ids

SIGNED_BITS = 80
SIGNATURE = SIGNED_BITS // 5
PURPOSES = {"reply": 3, "meeting": 2}
"""How many things an address names: for an answer the mentorship, the person and the message; for a calendar the
mentorship and the meeting."""


class BadAddress(Exception):
    """Say that no answer is taken at an address: it was not made here, or whom it names is no member any more."""

    def __init__(self) -> None:
        super().__init__(
            "No answer is taken at this address. Copy all of it, or answer on the page of your mentorship."
        )


class Addressed(NamedTuple):
    """What an address is for, and what it names, by their refs."""

    purpose: str
    refs: tuple[str, ...]


def address_for(purpose: str, *refs: str) -> str:
    """Return the address for a purpose that names these; "" where the installation takes no answers by email."""
    if not settings.REPLY_DOMAIN:
        return ""
    names = "".join(refs)
    return f"{purpose}+{names}{_signature(purpose, names)}@{settings.REPLY_DOMAIN}"


def addressed(address: str) -> Addressed:
    """Return what an address names.

    :raises BadAddress: if it was not made here.
    """
    local, _, domain = address.strip("<> ").lower().rpartition("@")
    purpose, _, token = local.partition("+")
    names, signature = token[:-SIGNATURE], token[-SIGNATURE:]
    fits = token.isascii() and len(names) == PURPOSES.get(purpose, 0) * ids.LENGTH != 0
    if not fits or domain != settings.REPLY_DOMAIN.lower() or not settings.REPLY_DOMAIN:
        raise BadAddress
    if not constant_time_compare(signature, _signature(purpose, names)):
        raise BadAddress
    return Addressed(purpose, tuple(names[at : at + ids.LENGTH] for at in range(0, len(names), ids.LENGTH)))


def _signature(purpose: str, names: str) -> str:
    digest = salted_hmac(f"alongside.{purpose}", names, algorithm="sha256").digest()
    return b32encode(digest[: SIGNED_BITS // 8]).decode().lower()
