"""The members of a mentorship propose an agreement and sign it; once all have, the mentorship is under way."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.agreements import actions
from alongside.agreements.models import Agreement, Draft
from alongside.agreements.queries import has_accepted
from alongside.agreements.wording import charter_of, text_of
from alongside.journeys.agreement_emails import ask_to_sign, tell_all_signed
from alongside.mentorships import actions as mentorships
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import MentorshipState

S = MentorshipState


class NoDayYet(ValueError):
    """Say that an agreement says until when."""

    def __init__(self) -> None:
        super().__init__(_("Choose until when you want to work together, a day after today, before you propose it."))


class CharterFirst(ValueError):
    """Say that whoever signs has accepted the charter, as it is now."""

    def __init__(self) -> None:
        super().__init__(_("Read the charter and tick that you accept it, then sign."))


@transaction.atomic
def propose_agreement(draft: Draft, *, by: Member, version: int, at: datetime) -> Agreement:
    """Freeze what was filled in as the next version, and ask the others to sign it.

    :raises NoDayYet: if it does not say until when, or that day is past.
    :raises ValueError: as ``agreements.actions.propose_agreement`` does.
    :raises ChangedMeanwhile: if one of the others changed it since ``version`` was read.
    """
    if draft.until is None or draft.until <= at.date():
        raise NoDayYet
    members = members_of(by.mentorship)
    text = text_of(draft, members, by.mentorship.cohort)
    agreement = actions.propose_agreement(draft, text, by=by, version=version, at=at)
    for member in members:
        if member.pk != by.pk:
            ask_to_sign(member, agreement, at=at)
    return agreement


@transaction.atomic
def sign_agreement(
    agreement: Agreement, *, by: Member, name: str, seen: str, charter_seen: str = "", at: datetime
) -> bool:
    """Sign a version, and say whether all have signed it now: then it is in force.

    :param seen: the fingerprint of the text that was before the member's eyes.
    :param charter_seen: that of the charter, where the member ticked that they accept it.
    :raises CharterFirst: if they have not accepted the charter as it is now.
    :raises ValueError: as ``agreements.actions.sign_agreement`` does.
    """
    charter = charter_of(by.mentorship.cohort.rules)
    if charter_seen != charter.fingerprint and not has_accepted(by, charter.fingerprint):
        raise CharterFirst
    actions.sign_agreement(agreement, by=by, name=name, seen=seen, at=at)
    actions.accept_charter(charter, by=by, at=at)
    members = members_of(by.mentorship)
    signed = set(agreement.signatures.order_by().values_list("member", flat=True))
    if not {member.pk for member in members} <= signed:
        return False
    _come_into_force(agreement, members, by, at)
    return True


def _come_into_force(agreement: Agreement, members: list[Member], by: Member, at: datetime) -> None:
    actions.complete_agreement(agreement, by=by, at=at)
    mentorship = by.mentorship
    if mentorship.state == S.GOING_ON:
        mentorships.agree(mentorship, until=agreement.until, by=by.participant.person, at=at)
    elif agreement.until != mentorship.planned_end_on and agreement.until > at.date():
        mentorships.extend(mentorship, until=agreement.until, by=by.participant.person, at=at)
    for member in members:
        tell_all_signed(member, agreement, at=at)
