"""The addresses at which a member answers a message by email."""

from typing import NamedTuple

from alongside.mentorships.models import Member
from alongside.mentorships.queries import membership
from alongside.mentorships.reply_addresses import BadAddress, address_for, addressed
from alongside.messaging.models import Message

PURPOSE = "reply"


class Answering(NamedTuple):
    """What an address names: who answers, and the message they answer by its ref."""

    member: Member
    message_ref: str


def reply_address(member: Member, message: Message) -> str:
    """Return where ``member`` answers ``message`` by email; "" where the installation takes none."""
    return address_for(PURPOSE, member.mentorship.ref, member.participant.person.ref, message.ref)


def answering(address: str) -> Answering:
    """Return who answers what at an address.

    :raises BadAddress: if it was not made here, or whom it names is no member any more.
    """
    purpose, refs = addressed(address)
    if purpose != PURPOSE:
        raise BadAddress
    mentorship, person, message = refs
    member = membership(person, mentorship)
    if member is None:
        raise BadAddress
    return Answering(member, message)
