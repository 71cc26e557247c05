"""A coordinator decides: somebody is brought into the cohort, waits for a place, or is declined with kind words."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from alongside.applications import applying
from alongside.applications.fills import Told, tell
from alongside.applications.models import Application
from alongside.applications.standing import answers_of
from alongside.applications.states import Reason
from alongside.journeys import application_emails as emails
from alongside.journeys.pass_gate import note_standard, pass_gate, recognise_training
from alongside.people.models import Person
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participant
from alongside.programmes.queries import contact_there, contacts_by_region, organisation_run_for
from alongside.programmes.states import ParticipantState, Side


@transaction.atomic
def accept_application(application: Application, *, contact: Person, by: Person, at: datetime) -> Participant:
    """Bring somebody into the cohort with what they told; steps they did count as gates of the same id.

    :param contact: whom they turn to from now on.
    :raises NotYet: if a step is missing.
    :raises MoveNotAllowed: if it was decided.
    :raises ChangedMeanwhile: if somebody else decides it now.
    """
    told = tell(application.definition, answers_of(application), opened=_opened(application))
    applying.accept(application, by=by, at=at)
    participant = _enter(application, told, contact=contact, by=by, at=at)
    for kept in told.sensitive:
        programmes.keep_sensitive_answer(
            participant,
            category=kept.category,
            question=kept.question,
            answer=kept.answer,
            basis=kept.basis,
            by=participant.person,
            at=at,
        )
    _pass_gates(participant, application, by=by, at=at)
    applying.forget_special(application)
    emails.welcome(application, participant, at=at)
    return participant


def contact_for(application: Application, contacts: Mapping[str, Person] | None = None) -> Person | None:
    """Return the key contact of where somebody is who applies; None where the programme has none there.

    :param contacts: those of the programme by region, where they are at hand, as where many are accepted at once.
    """
    contacts = contacts_by_region(application.programme_id) if contacts is None else contacts
    place = tell(application.definition, application.answers).details.get("place", "")
    return contact_there(contacts, place)


@transaction.atomic
def put_on_waiting_list(application: Application, *, by: Person, at: datetime) -> None:
    """Keep an application until there is a place, and say so to whoever sent it."""
    applying.put_on_waiting_list(application, by=by, at=at)
    emails.say_they_wait(application, at=at)


@transaction.atomic
def decline_application(application: Application, *, reason: Reason, words: str, by: Person, at: datetime) -> None:
    """Decline an application in a coordinator's own words.

    :raises MoveNotAllowed: if it was decided.
    """
    applying.decline(application, reason=reason, words=words, by=by, at=at)
    emails.decline(application, words, by=by, at=at)


def _enter(application: Application, told: Told, *, contact: Person, by: Person, at: datetime) -> Participant:
    person = application.person
    assert person is not None  # noqa: S101  # only what was decided long ago is nobody's any more
    side = Side(application.side)
    brought = {"brought_by": organisation_run_for(by, application.programme)}
    details = {"key_contact": contact, "kind": application.kind, **told.details}
    programmes.enter_participants(application.cohort, [programmes.Entry(person, side, details, brought)], by=by, at=at)
    rows = Participant.objects.select_related("cohort", "programme__organisation", "person", "key_contact")
    participant: Participant = rows.get(cohort=application.cohort, person=person, side=side)
    if participant.state == ParticipantState.WITHDRAWN:
        programmes.return_participant(participant, by=by, at=at)
    return participant


def _pass_gates(participant: Participant, application: Application, *, by: Person, at: datetime) -> None:
    gates = {gate.id for gate in participant.gates_left}
    for step in application.steps_done.all():
        if step.step in gates and step.passed:
            pass_gate(participant, step.step, by=by, at=at)
    recognise_training(participant, by=by, at=at)
    note_standard(participant, by=by, at=at)


def _opened(application: Application) -> frozenset[str]:
    """What the law protects and the matching may use: of a mentor's own kind, of every kind where a mentee has each."""
    rules = application.cohort.rules
    kinds = (application.kind,) if application.kind else rules.shape.matched
    return frozenset(name for kind in kinds for name in rules.settings_for(kind).opened)
