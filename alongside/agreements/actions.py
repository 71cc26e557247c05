from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max

from alongside.agreements.models import WORDS, Acceptance, Agreement, Draft, Signature
from alongside.agreements.queries import agreement_in_force, agreement_to_sign
from alongside.agreements.wording import Charter, canonical, fingerprint, same_name
from alongside.audit.actions import record
from alongside.kernel.editing import save_edit
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.mentorships.actions import create_one
from alongside.mentorships.models import Member
from alongside.mentorships.states import WORKING


class NotYet(ValueError):
    """Say that an agreement is proposed and signed while they work together."""

    def __init__(self) -> None:
        super().__init__(
            "You sign while you work together: once you have met and all want to go on. Your words are kept."
        )


class NothingChanged(ValueError):
    """Say that these very words were proposed or signed before."""

    def __init__(self) -> None:
        super().__init__("These are the words you have already. Change something first, or sign what is there.")


class NotAnymore(ValueError):
    """Say that a version cannot be signed: another one took its place, or all have signed."""

    def __init__(self) -> None:
        super().__init__("This version cannot be signed any more. Look at the newest one.")


class SignedBefore(ValueError):
    """Say that this member has signed this version."""

    def __init__(self) -> None:
        super().__init__("You have signed this version already.")


class NotThatName(ValueError):
    """Say that the name that was typed is not the member's."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Type your name as it stands here: {name}.")


@transaction.atomic
def save_draft(
    draft: Draft | None, *, by: Member, version: int, until: date | None, words: Mapping[str, str], at: datetime
) -> Draft:
    """Keep what members fill in; two may edit at once.

    :param words: by the names in ``WORDS``.
    :raises ChangedMeanwhile: if one of the others saved since ``version`` was read. Nothing is changed then.
    """
    details = {"until": until, "saved_by": by, "saved_at": at, **{name: words.get(name, "") for name in WORDS}}
    if draft is None:
        saved: Draft = create_one(Draft, by, **details)
    else:
        saved = draft
        for name, value in details.items():
            setattr(saved, name, value)
        save_edit(saved, version=version, fields=["until", "saved_by", "saved_at", "sealed"])
    record("save_draft", saved, by=by.participant.person, at=at)
    return saved


@transaction.atomic
def propose_agreement(draft: Draft, text: str, *, by: Member, version: int, at: datetime) -> Agreement:
    """Freeze a text as the next version, for all to sign. A version that waits for signatures makes room for it.

    :param version: the version of the draft that this text was made of.
    :raises NotYet: if they do not work together yet, rest, or part.
    :raises NothingChanged: if these very words wait for signatures or are in force.
    :raises ChangedMeanwhile: if the draft was changed since, or somebody else proposed at the same moment.
    """
    if by.mentorship.state not in WORKING:
        raise NotYet
    save_edit(draft, version=version, fields=[])
    text = canonical(text)
    _must_be_new(by, fingerprint(text), draft.until)
    Agreement.objects.filter(mentorship=by.mentorship, signed_at=None, replaced_at=None).update(replaced_at=at)
    newest = Agreement.objects.filter(mentorship=by.mentorship).aggregate(newest=Max("version"))["newest"] or 0
    made: Agreement = create_one(
        Agreement, by, version=newest + 1, fingerprint=fingerprint(text), until=draft.until, proposed_by=by,
        proposed_at=at, text=text,
    )  # fmt: skip
    record("propose_agreement", made, by=by.participant.person, at=at, version=made.version)
    return made


@transaction.atomic
def sign_agreement(agreement: Agreement, *, by: Member, name: str, seen: str, at: datetime) -> Signature:
    """Sign a version, with one's name as it was typed.

    :param seen: the fingerprint of the text that was before the member's eyes.
    :raises NotYet: if they do not work together yet, rest, or part.
    :raises NotAnymore: if it cannot be signed any more, or the text is not the one that was seen.
    :raises SignedBefore: if this member has signed it.
    :raises NotThatName: if the name is not theirs.
    """
    if by.mentorship_id != agreement.mentorship_id or not seen == agreement.fingerprint == fingerprint(agreement.text):
        raise NotAnymore
    if by.mentorship.state not in WORKING:
        raise NotYet
    if Signature.objects.filter(agreement=agreement, member=by).exists():
        raise SignedBefore
    if not same_name(name, by.participant.person.name):
        raise NotThatName(by.participant.person.name)
    # Counting holds the row until the end of the transaction: of two who sign last at once, one is the last.
    rows = Agreement.objects.filter(pk=agreement.pk, signed_at=None, replaced_at=None)
    if not rows.update(signed=F("signed") + 1):
        raise NotAnymore
    details = {"version": agreement.version, "fingerprint": agreement.fingerprint, "signed_at": at, "name": name}
    try:
        signature: Signature = create_one(Signature, by, agreement=agreement, member=by, **details)
    except ChangedMeanwhile as error:
        raise SignedBefore from error
    record("sign_agreement", agreement, by=by.participant.person, at=at, version=agreement.version)
    return signature


@transaction.atomic
def complete_agreement(agreement: Agreement, *, by: Member, at: datetime) -> None:
    """Note that all have signed: from now on it is in force.

    :raises NotAnymore: if that was noted before, or another version took its place.
    """
    if not Agreement.objects.filter(pk=agreement.pk, signed_at=None, replaced_at=None).update(signed_at=at):
        raise NotAnymore
    agreement.signed_at = at
    record("complete_agreement", agreement, by=by.participant.person, at=at, version=agreement.version)


@transaction.atomic
def accept_charter(charter: Charter, *, by: Member, at: datetime) -> None:
    """Keep that a member accepts the charter as it is; doing that twice changes nothing."""
    if Acceptance.objects.filter(member=by, fingerprint=charter.fingerprint).exists():
        return
    details = {"version": charter.version, "fingerprint": charter.fingerprint, "accepted_at": at, "text": charter.text}
    accepted = create_one(Acceptance, by, member=by, **details)
    record("accept_charter", accepted, by=by.participant.person, at=at, version=charter.version)


def _must_be_new(by: Member, mark: str, until: date | None) -> None:
    for known in (agreement_to_sign(by.mentorship), agreement_in_force(by.mentorship)):
        if known and (known.fingerprint, known.until) == (mark, until):
            raise NothingChanged
