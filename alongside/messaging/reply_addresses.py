"""Addresses to which a member answers a message: ``reply+<token>@<domain of the installation>``.

A token names the mentorship, the person and the message they answer, by their refs, and ends in 80 bits of HMAC-SHA-256
over these. It is read without regard to case (mail servers fold it) and stays within the 64 characters of a local part
(RFC 5321 § 4.5.3.1.1).
"""

from base64 import b32encode
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.kernel import ids
from alongside.mentorships.models import Member
from alongside.mentorships.queries import membership
from alongside.messaging.models import Message

BEFORE = "reply+"
SIGNED_BITS = 80
NAMES = 3 * ids.LENGTH


class BadAddress(Exception):
    """Say that no answer is taken at an address: it was not made here, or the person is no member any more."""

    def __init__(self) -> None:
        super().__init__(
            "No answer is taken at this address. Copy all of it, or answer on the page of your mentorship."
        )


class Answering(NamedTuple):
    """What an address names: who answers, and the message they answer by its ref."""

    member: Member
    message_ref: str


def reply_address(member: Member, message: Message) -> str:
    """Return where ``member`` answers ``message`` by email; "" where the installation takes none."""
    if not settings.REPLY_DOMAIN:
        return ""
    names = member.mentorship.ref + member.participant.person.ref + message.ref
    return f"{BEFORE}{names}{_signature(names)}@{settings.REPLY_DOMAIN}"


def answering(address: str) -> Answering:
    """Return who answers what at an address.

    :raises BadAddress: if it was not made here, or whom it names is no member any more.
    """
    local, _, domain = address.strip("<> ").lower().rpartition("@")
    token = local.removeprefix(BEFORE)
    names, signature = token[:NAMES], token[NAMES:]
    is_ours = local.startswith(BEFORE) and token.isascii() and domain == settings.REPLY_DOMAIN.lower() != ""
    if not is_ours or not constant_time_compare(signature, _signature(names)):
        raise BadAddress
    mentorship, person, message = (names[start : start + ids.LENGTH] for start in range(0, NAMES, ids.LENGTH))
    member = membership(person, mentorship)
    if member is None:
        raise BadAddress
    return Answering(member, message)


def _signature(names: str) -> str:
    digest = salted_hmac("alongside.reply", names, algorithm="sha256").digest()
    return b32encode(digest[: SIGNED_BITS // 8]).decode().lower()
