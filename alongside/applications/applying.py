"""An application from its first answer to its decision: what changes, noted in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.applications.fills import special_items
from alongside.applications.models import (
    Application,
    ApplicationDocument,
    Opening,
    Reference,
    SpecialReply,
    StepDone,
)
from alongside.applications.standing import missing_to_accept, missing_to_send, open_steps
from alongside.applications.states import APPLICATION_LIFECYCLE, OPEN, TO_DECIDE, ApplicationState, Reason
from alongside.audit.actions import record
from alongside.blueprints.sections import Step
from alongside.files.kinds import Kind, NotTaken, kind_of
from alongside.kernel import sealing
from alongside.kernel.editing import save_edit
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed, make_move
from alongside.people.models import Person
from alongside.programmes.models import Cohort
from alongside.questionnaires.answering import cleaned
from alongside.questionnaires.queries import newest_definition

LARGEST = 10 * 1024 * 1024
MOST_REFEREES = 2
LONGEST_NOTE = 5000
REFERENCE_FORM = "reference"
TOO_LARGE = gettext_lazy("This file is larger than 10 MB. Save it smaller, such as a PDF with smaller pictures.")


class NotYet(ValueError):
    """Say what is missing before somebody can do something."""


class Referee(NamedTuple):
    """Somebody who knows whoever applies."""

    name: str
    email: str


@transaction.atomic
def open_applications(cohort: Cohort, side: str, *, until: date, by: Person, at: datetime) -> Opening:
    """Let people apply for a side of a cohort until the end of a day.

    :raises NotYet: if the rules of the cohort have nobody apply for this side.
    """
    rules = cohort.rules.applications.of(side)
    if rules is None:
        raise NotYet(_("By the rules of this cohort nobody applies on this side."))
    newest_definition(rules.form, cohort.organisation_id)
    opening: Opening
    opening, _made = Opening.objects.update_or_create(
        cohort=cohort,
        side=side,
        defaults={
            "organisation_id": cohort.organisation_id,
            "programme_id": cohort.programme_id,
            "until": until,
        },
    )
    record("open_applications", cohort, by=by, at=at, side=side, until=until.isoformat())
    return opening


@transaction.atomic
def close_applications(cohort: Cohort, side: str, *, by: Person, at: datetime) -> None:
    """Let nobody new apply. What was sent is decided as before; doing it twice changes nothing."""
    if Opening.objects.filter(cohort=cohort, side=side).delete()[0]:
        record("close_applications", cohort, by=by, at=at, side=side)


@transaction.atomic
def begin_application(
    cohort: Cohort, person: Person, side: str, *, known: Mapping[str, Any], at: datetime
) -> tuple[Application, bool]:
    """Return the application of ``person`` that is open, begun now if there is none, and whether it was.

    :param known: answers that follow from what is known of them.
    """
    rules = cohort.rules.applications.of(side)
    if rules is None:
        raise NotYet(_("By the rules of this cohort nobody applies on this side."))
    definition = newest_definition(rules.form, cohort.organisation_id)
    mine = Application.objects.filter(cohort=cohort, person=person, side=side, state__in=OPEN)
    try:
        with transaction.atomic():
            application, made = mine.get_or_create(
                defaults={
                    "organisation_id": cohort.organisation_id,
                    "programme_id": cohort.programme_id,
                    "cohort": cohort,
                    "person": person,
                    "side": side,
                    "questionnaire": definition.id,
                    "questionnaire_version": definition.version,
                    "answers": cleaned(definition, known),
                    "begun_at": at,
                    "saved_at": at,
                }
            )
    except IntegrityError:  # another window was first
        return mine.get(), False
    if made:
        record("begin_application", application, by=person, at=at, side=side)
    return application, made


@transaction.atomic
def save_answers(application: Application, answers: Mapping[str, Any], *, version: int, at: datetime) -> None:
    """Keep what somebody answers; what does not fit is left out, and what the law protects goes apart.

    :raises MoveNotAllowed: if it was sent.
    :raises ChangedMeanwhile: if it was saved since, in another window.
    """
    if application.state != ApplicationState.BEGUN:
        raise MoveNotAllowed(application.state, "save")
    definition = application.definition
    fitting = cleaned(definition, answers)
    special = special_items(definition)
    application.answers = {key: answer for key, answer in fitting.items() if key not in special}
    application.saved_at = at
    save_edit(application, version=version, fields=["answers", "saved_at"])
    SpecialReply.objects.filter(application=application).delete()
    # Without its consent such an answer is not kept at all.
    replies = {key: fitting[key] for key, consent in special.items() if key in fitting and fitting.get(consent) is True}
    rows = [SpecialReply(**application.owned, item=key, answer=answer) for key, answer in replies.items()]
    SpecialReply.objects.bulk_create(rows)


@transaction.atomic
def choose_kind(application: Application, kind: str, *, at: datetime) -> None:
    """Note as which kind of mentor somebody applies.

    :raises MoveNotAllowed: if it was sent.
    :raises ValueError: if there is no such kind.
    """
    if application.state != ApplicationState.BEGUN:
        raise MoveNotAllowed(application.state, "save")
    if kind not in {each.id for each in application.kinds}:
        raise ValueError(_("Choose one of the kinds of mentor there are."))
    application.kind = kind
    application.save(update_fields=["kind"])
    _touch(application, at)


def kind_taken(content: bytes, name: str) -> Kind:
    """Return which kind of file somebody wants to add.

    :raises NotTaken: if it is too large or of a kind we do not take.
    """
    if len(content) > LARGEST:
        raise NotTaken(TOO_LARGE)
    return kind_of(content, name)


@transaction.atomic
def add_document(application: Application, document: str, *, name: str, content: bytes, at: datetime) -> None:
    """Keep a document that was asked for, in place of the one that was there.

    :raises NotTaken: if it is too large or of a kind we do not take.
    :raises MoveNotAllowed: if the application was sent.
    :raises ValueError: if no such document is asked for.
    """
    if application.state != ApplicationState.BEGUN:
        raise MoveNotAllowed(application.state, "save")
    asked = {each.id for each in application.rules.documents}
    asked |= {question.id for question in application.definition.questions if question.kind == "file"}
    if document not in asked:
        raise ValueError(_("This document is not asked for."))
    kind = kind_taken(content, name)
    row = ApplicationDocument(
        **application.owned,
        document=document,
        name=name[-150:],
        kind_name=kind.extension,
        size=len(content),
        added_at=at,
    )
    row.sealed = sealing.key_ring().wrap(content, about=row.about)
    ApplicationDocument.objects.filter(application=application, document=document).delete()
    row.save(force_insert=True)
    _touch(application, at)


@transaction.atomic
def remove_document(document: ApplicationDocument, *, at: datetime) -> None:
    """Take a document back.

    :raises MoveNotAllowed: if the application was sent.
    """
    if document.application.state != ApplicationState.BEGUN:
        raise MoveNotAllowed(document.application.state, "save")
    document.delete()
    _touch(document.application, at)


@transaction.atomic
def name_referees(application: Application, referees: Sequence[Referee], *, at: datetime) -> None:
    """Keep whom to ask for a reference, in place of whoever was named before. Nobody is asked before it is sent.

    :raises MoveNotAllowed: if the application was sent.
    :raises ValueError: if one is named twice, too many are named, or somebody names themselves.
    """
    if application.state != ApplicationState.BEGUN:
        raise MoveNotAllowed(application.state, "save")
    emails = [each.email.strip().lower() for each in referees]
    if len(emails) > MOST_REFEREES or len(set(emails)) < len(emails):
        raise ValueError(_("Name each person once, two at most."))
    if application.person and application.person.email in emails:
        raise ValueError(_("Name somebody else: a reference comes from another person."))
    form = newest_definition(REFERENCE_FORM, application.organisation_id)
    Reference.objects.filter(application=application).delete()
    asked = {"questionnaire": form.id, "questionnaire_version": form.version, "saved_at": at}
    rows = [
        Reference(**application.owned, name=each.name, email=each.email.strip().lower(), **asked) for each in referees
    ]
    Reference.objects.bulk_create(rows)
    _touch(application, at)


@transaction.atomic
def send_application(application: Application, *, by: Person, at: datetime, version: int | None = None) -> None:
    """Hand an application over to the coordinators; from now on they read it, and its clock runs.

    :param version: which was read when it was checked; the one in hand where None.
    :raises NotYet: if something is missing.
    :raises MoveNotAllowed: if it was sent.
    :raises ChangedMeanwhile: if it was saved since it was checked.
    """
    if version not in (None, application.version):
        raise ChangedMeanwhile
    if missing := missing_to_send(application):
        raise NotYet(" ".join(missing))
    due_at = at + timedelta(days=application.rules.days_to_decide)
    save_edit(application, version=application.version, fields=[])  # a page in another window comes too late now
    make_move(
        application,
        APPLICATION_LIFECYCLE,
        "send",
        sent_at=at,
        due_at=due_at,
        done_at=at,
        reminders_sent=0,
    )
    record("send_application", application, by=by, at=at)


@transaction.atomic
def withdraw_application(application: Application, *, by: Person | None, at: datetime) -> None:
    """Take an application back; nobody is asked why. What was never sent is emptied at once.

    :raises MoveNotAllowed: if it was decided.
    """
    make_move(application, APPLICATION_LIFECYCLE, "withdraw", decided_at=at, due_at=None)
    SpecialReply.objects.filter(application=application).delete()
    record("withdraw_application", application, by=by, at=at)
    if application.sent_at is None:
        empty_application(application, at=at)


@transaction.atomic
def do_step(
    application: Application, step: str, *, day: date, by: Person, at: datetime, note: str = "", passed: bool = True
) -> None:
    """Note that a step was done. Only of a conversation is a note kept, only of a check a decision.

    :raises MoveNotAllowed: if the application is not being decided.
    :raises NotYet: if there is no such step, or another comes before it.
    """
    _in_hand(application)
    found = next((each for each in open_steps(application) if each.id == step), None)
    if found is None:
        raise NotYet(_("This step is done already, or another one comes before it."))
    StepDone.objects.get_or_create(
        **application.owned,
        step=step,
        defaults={
            "day": day,
            "by": by,
            "note": note[:LONGEST_NOTE] if found.kind == "conversation" else "",
            "passed": passed or found.kind != "check",
        },
    )
    record("do_step", application, by=by, at=at, step=step)


@transaction.atomic
def undo_step(application: Application, step: str, *, by: Person, at: datetime) -> None:
    """Take back that a step was done, with all that came after it.

    :raises MoveNotAllowed: if the application is not being decided.
    """
    _in_hand(application)
    gone = _with_followers(application.rules.steps, step)
    if StepDone.objects.filter(application=application, step__in=gone).delete()[0]:
        record("undo_step", application, by=by, at=at, step=step)


@transaction.atomic
def note_asked(reference: Reference, *, at: datetime) -> None:
    """Note that a referee was asked."""
    reference.asked_at = at
    reference.save(update_fields=["asked_at"])


@transaction.atomic
def give_reference(reference: Reference, answers: Mapping[str, Any], *, at: datetime) -> None:
    """Keep what a referee says; once.

    :raises NotYet: if it was said before.
    """
    rows = Reference.objects.filter(pk=reference.pk, done_at=None)
    if not rows.update(answers=cleaned(reference.definition, answers), saved_at=at, done_at=at):
        raise NotYet(_("We have your answer already. Thank you."))
    record("give_reference", reference.application, by=None, at=at, reference=reference.ref)


@transaction.atomic
def accept(application: Application, *, by: Person, at: datetime) -> None:
    """Note that somebody is accepted; the journey brings them into the cohort.

    :raises NotYet: if a step is missing.
    :raises MoveNotAllowed: if it was decided.
    """
    if missing := missing_to_accept(application):
        raise NotYet(_("Before they can be accepted: %(steps)s.") % {"steps": "; ".join(missing)})
    make_move(application, APPLICATION_LIFECYCLE, "accept", decided_at=at, decided_by=by, due_at=None)
    record("accept_application", application, by=by, at=at)


@transaction.atomic
def put_on_waiting_list(application: Application, *, by: Person, at: datetime) -> None:
    """Keep an application until there is a place.

    :raises NotYet: if this cohort has no waiting list.
    :raises MoveNotAllowed: if it was decided.
    """
    if not application.rules.waiting_list:
        raise NotYet(_("This cohort keeps no waiting list."))
    make_move(application, APPLICATION_LIFECYCLE, "wait", due_at=None)
    record("put_on_waiting_list", application, by=by, at=at)


@transaction.atomic
def decline(application: Application, *, reason: Reason, words: str, by: Person, at: datetime) -> None:
    """Decline an application, which a coordinator may do at any time.

    :raises MoveNotAllowed: if it was decided.
    """
    changes = {"decided_at": at, "decided_by": by, "due_at": None, "reason": reason.value, "words": words}
    make_move(application, APPLICATION_LIFECYCLE, "decline", **changes)
    SpecialReply.objects.filter(application=application).delete()
    record("decline_application", application, by=by, at=at, reason=reason.value)


@transaction.atomic
def count_reminder(thing: Application | Reference, *, sent: int) -> bool:
    """Note how many reminders went out; say whether this one is to go, which no other worker sends."""
    rows = type(thing).objects.filter(pk=thing.pk, reminders_sent=sent - 1)
    return bool(rows.update(reminders_sent=sent))


@transaction.atomic
def empty_application(application: Application, *, at: datetime) -> None:
    """Delete what was written in it, and of one that was not taken up also whose it was.

    Of who was accepted the answers stay, as long as the participant: notes, documents and references go.
    """
    for row in (StepDone, ApplicationDocument, Reference, SpecialReply):
        row.objects.filter(application=application).delete()
    application.words, application.emptied_at = "", at
    fields = ["words", "emptied_at"]
    if application.state != ApplicationState.ACCEPTED:
        application.answers, application.person = {}, None
        fields += ["answers", "person"]
    application.save(update_fields=fields)
    record("empty_application", application, by=None, at=at)


@transaction.atomic
def wrap_anew(document: ApplicationDocument) -> bool:
    """Seal a document with the newest key of the installation; say whether that was needed."""
    if sealing.key_ring().is_newest(bytes(document.sealed)):
        return False
    document.sealed = sealing.key_ring().wrap(document.content, about=document.about)
    document.save(update_fields=["sealed"])
    return True


def _touch(application: Application, at: datetime) -> None:
    """Note that somebody went on with it, so that they are not reminded of what they have in hand."""
    Application.objects.filter(pk=application.pk).update(saved_at=at)
    application.saved_at = at


def _in_hand(application: Application) -> None:
    if application.state not in TO_DECIDE:
        raise MoveNotAllowed(application.state, "step")


def _with_followers(steps: Sequence[Step], first: str) -> set[str]:
    """Return a step and all that come after it."""
    gone = {first}
    while more := {each.id for each in steps if each.id not in gone and gone & set(each.after)}:
        gone |= more
    return gone


def forget_special(application: Application) -> None:
    """Delete what the law protects specially; call it once it is kept where it belongs."""
    SpecialReply.objects.filter(application=application).delete()
