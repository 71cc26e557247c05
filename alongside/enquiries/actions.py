"""What happens to an enquiry; each noted in the same transaction, without a word of what was written."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions import record
from alongside.enquiries.consents import NEWEST
from alongside.enquiries.models import Enquiry, Said
from alongside.enquiries.queries import sent_alike, sent_from
from alongside.enquiries.spam import doubt_in, fingerprint_of
from alongside.enquiries.states import LIFE, UNSEEN, Doubt, EnquiryState
from alongside.kernel.lifecycle import make_move
from alongside.organisations.models import Network, Organisation
from alongside.people.models import Person

A_DAY = 5
"""Enquiries that one address can begin in a day."""
ALIKE_WITHIN = timedelta(days=7)
MOST_SAID = 20
"""Words that a visitor can add to one enquiry."""
COPIED = (
    "network_id", "thread", "name", "email", "words", "side", "topics", "sectors", "stage", "place", "region", "online",
    "languages", "may_pass_on", "consent_version", "fingerprint", "sent_at",
)  # fmt: skip


class TooMany(ValueError):
    """Say that somebody has sent as much as one person does."""


@dataclass(frozen=True)
class Asked:
    """What a visitor says: who they are, what they look for, and whether it may be passed on."""

    name: str
    email: str
    words: str
    side: str
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    stage: str = ""
    place: str = ""
    region: str = ""
    online: bool | None = None
    languages: tuple[str, ...] = ()
    may_pass_on: bool = False


@transaction.atomic
def begin_enquiry(
    asked: Asked, *, network: Network, organisation: Organisation | None, trap: str = "", at: datetime
) -> Enquiry:
    """Keep what a visitor asks until they have shown that the address is theirs; what is doubtful is held.

    :raises TooMany: if the address has begun as many today as one person does.
    """
    email = asked.email.strip().lower()
    if sent_from(email, since=at - timedelta(days=1)) >= A_DAY:
        raise TooMany(_("You have sent five enquiries since yesterday. Wait for an answer, or send another tomorrow."))
    mark = fingerprint_of(asked.words)
    same = sent_alike(mark, since=at - ALIKE_WITHIN)
    doubt = doubt_in(name=asked.name, words=asked.words, trap=trap, same=same)
    enquiry: Enquiry = Enquiry.objects.create(
        **{**asdict(asked), "email": email},
        network=network,
        organisation=organisation,
        consent_version=NEWEST,
        state=EnquiryState.HELD.value if doubt else EnquiryState.UNCONFIRMED.value,
        doubt=doubt.value,
        fingerprint=mark,
        sent_at=at,
        since=at,
    )
    record("begin_enquiry", enquiry, by=None, at=at, held=bool(doubt), doubt=doubt.value)
    return enquiry


@transaction.atomic
def release_enquiry(enquiry: Enquiry, *, by: Person | None, at: datetime) -> None:
    """Let an enquiry through that was held: its visitor is asked to confirm it.

    :raises MoveNotAllowed: if it is held no longer.
    """
    make_move(enquiry, LIFE, "release", doubt=Doubt.NONE.value, since=at)
    record("release_enquiry", enquiry, by=by, at=at)


@transaction.atomic
def confirm_enquiry(enquiry: Enquiry, *, at: datetime) -> None:
    """Let an enquiry reach whom it is for.

    :raises MoveNotAllowed: if it was confirmed before, or is kept no longer.
    """
    make_move(enquiry, LIFE, "confirm", arrived_at=at, since=at)
    record("confirm_enquiry", enquiry, by=None, at=at)


@transaction.atomic
def acknowledge_enquiry(enquiry: Enquiry, *, by: Person | None, at: datetime) -> None:
    """Note that somebody has read it and is at it; the clock of the answer runs on."""
    make_move(enquiry, LIFE, "acknowledge", acknowledged_at=at)
    record("acknowledge_enquiry", enquiry, by=by, at=at)


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, text: str, *, by: Person | None, at: datetime) -> Said:
    """Keep an answer; it goes to the visitor by email."""
    make_move(enquiry, LIFE, "answer", answered_at=enquiry.answered_at or at, closed_at=at)
    record("answer_enquiry", enquiry, by=by, at=at)
    return _say(enquiry, text, by_visitor=False, by=by, at=at)


@transaction.atomic
def settle_enquiry(enquiry: Enquiry, *, by: Person | None, at: datetime) -> None:
    """Note that nothing more is to be answered.

    :raises ValueError: if nobody has answered yet.
    """
    if enquiry.answered_at is None:
        raise ValueError(_("Nobody has answered yet. Write a sentence first."))
    make_move(enquiry, LIFE, "settle", closed_at=at)
    record("settle_enquiry", enquiry, by=by, at=at)


@transaction.atomic
def add_word(enquiry: Enquiry, text: str, *, at: datetime) -> Said:
    """Keep what the visitor adds; what was answered waits again, with its clock at the beginning.

    :raises ValueError: if it is closed, or they have added as much as there is room for.
    """
    if Said.objects.filter(enquiry=enquiry, by_visitor=True).count() >= MOST_SAID:
        raise ValueError(_("You have added as much as there is room for. Wait for the answer."))
    if enquiry.state == EnquiryState.ANSWERED:
        make_move(enquiry, LIFE, "ask_again", since=at, reminders_sent=0, closed_at=None)
    elif enquiry.state not in {EnquiryState.WAITING, EnquiryState.ACKNOWLEDGED}:
        raise ValueError(_("This enquiry is closed. Send another one."))
    record("add_word", enquiry, by=None, at=at)
    return _say(enquiry, text, by_visitor=True, by=None, at=at)


@transaction.atomic
def decline_enquiry(enquiry: Enquiry, text: str, *, by: Person | None, at: datetime) -> Said:
    """Note that whoever holds it cannot help, with what they write about it."""
    make_move(enquiry, LIFE, "decline", answered_at=enquiry.answered_at or at, closed_at=at)
    record("decline_enquiry", enquiry, by=by, at=at)
    return _say(enquiry, text, by_visitor=False, by=by, at=at)


@transaction.atomic
def note_application(enquiry: Enquiry, application_ref: str, *, by: Person, at: datetime) -> None:
    """Note which application an enquiry became."""
    changes = {"answered_at": enquiry.answered_at or at, "closed_at": at, "application_ref": application_ref}
    make_move(enquiry, LIFE, "apply", **changes)
    record("enquiry_became_application", enquiry, by=by, at=at, application=application_ref)


@transaction.atomic
def pass_on(enquiry: Enquiry, to: Organisation | None, *, by: Person | None, answers: bool, at: datetime) -> Enquiry:
    """Pass an enquiry on: a row of its own where it goes, with what the visitor wrote and nothing of the answers.

    :param to: an organisation of the same network; None is the network itself, whose stewards read it.
    :param answers: that its holder passed it on, which counts as their answer.
    :raises ValueError: if it is for an organisation and the visitor does not agree, or of another network.
    """
    if to is not None and not enquiry.may_pass_on:
        raise ValueError(_("They have not agreed to that. They can do so on their page, or you decline kindly."))
    if to is not None and to.network_id != enquiry.network_id:
        raise ValueError(_("That organisation is of another network."))
    answered = (enquiry.answered_at or at) if answers else enquiry.answered_at
    make_move(enquiry, LIFE, "pass_on", closed_at=at, answered_at=answered)
    record("pass_on_enquiry", enquiry, by=by, at=at, to=to.ref if to else enquiry.network.ref)
    values = {name: getattr(enquiry, name) for name in COPIED}
    passed: Enquiry = Enquiry.objects.create(
        **values, organisation=to, state=EnquiryState.WAITING.value, arrived_at=at, since=at
    )
    for said in Said.objects.filter(enquiry=enquiry, by_visitor=True):
        _say(passed, said.text, by_visitor=True, by=None, at=said.at)
    record("receive_enquiry", passed, by=None, at=at)
    return passed


@transaction.atomic
def agree_to_pass_on(enquiry: Enquiry, *, at: datetime) -> None:
    """Note that the visitor agrees, later than when they wrote."""
    enquiry.may_pass_on, enquiry.consent_version = True, NEWEST
    enquiry.save(update_fields=["may_pass_on", "consent_version"])
    record("agree_to_pass_on", enquiry, by=None, at=at, wording=NEWEST)


@transaction.atomic
def withdraw_enquiry(enquiry: Enquiry, *, at: datetime) -> None:
    """Take an enquiry back: nobody answers it any more. What no organisation had seen is emptied at once."""
    unseen = enquiry.state in UNSEEN
    make_move(enquiry, LIFE, "withdraw", closed_at=at)
    record("withdraw_enquiry", enquiry, by=None, at=at)
    if unseen:
        empty_enquiry(enquiry, at=at)


@transaction.atomic
def end_unseen(enquiry: Enquiry, move: str, *, by: Person | None, at: datetime) -> None:
    """End what nobody has received, ``forget`` or ``dismiss``, and empty it at once; that it was there is noted."""
    make_move(enquiry, LIFE, move, closed_at=at)
    record(f"{move}_enquiry", enquiry, by=by, at=at, doubt=enquiry.doubt)
    empty_enquiry(enquiry, at=at)


@transaction.atomic
def lapse_enquiry(enquiry: Enquiry, *, at: datetime) -> None:
    """Close an enquiry that nobody in the network answered."""
    make_move(enquiry, LIFE, "lapse", closed_at=at)
    record("lapse_enquiry", enquiry, by=None, at=at)


def count_turn(enquiry: Enquiry, turn: int) -> bool:
    """Claim what is to be done once at a turn of the clock; False where another worker was first."""
    rows = Enquiry.objects.filter(
        pk=enquiry.pk, state=enquiry.state, since=enquiry.since, reminders_sent=enquiry.reminders_sent
    )
    return bool(rows.update(reminders_sent=turn))


@transaction.atomic
def empty_enquiry(enquiry: Enquiry, *, at: datetime) -> None:
    """Forget whose it was, what was written and what was looked for in words; what is counted stays."""
    Said.objects.filter(enquiry=enquiry).delete()
    enquiry.name = enquiry.email = enquiry.words = enquiry.place = enquiry.fingerprint = ""
    enquiry.emptied_at = at
    enquiry.save(update_fields=["name", "email", "words", "place", "fingerprint", "emptied_at"])
    record("empty_enquiry", enquiry, by=None, at=at)


def _say(enquiry: Enquiry, text: str, *, by_visitor: bool, by: Person | None, at: datetime) -> Said:
    said: Said = Said.objects.create(
        enquiry=enquiry,
        organisation_id=enquiry.organisation_id,
        network_id=enquiry.network_id,
        by_visitor=by_visitor,
        by=by,
        text=text,
        at=at,
    )
    return said
