from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from alongside.audit.actions import record
from alongside.kernel.lifecycle import make_move
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant, Partner, Programme, SensitiveAnswer
from alongside.programmes.states import PARTICIPANT_LIFECYCLE, ParticipantState, Side


@transaction.atomic
def start_programme(
    organisation: Organisation, *, name: str, by: Person | None, at: datetime, **settings: Any
) -> Programme:
    """Start a programme of ``organisation``; ``settings`` are fields of the programme."""
    programme: Programme = Programme.objects.create(organisation=organisation, name=name, **settings)
    record("start_programme", programme, by=by, at=at)
    return programme


@transaction.atomic
def change_programme(programme: Programme, *, by: Person, at: datetime, **settings: Any) -> None:
    """Change how a programme works; running offers keep the clocks they were made with."""
    for field, value in settings.items():
        setattr(programme, field, value)
    programme.save(update_fields=list(settings))
    record("change_programme", programme, by=by, at=at, fields=sorted(settings))


@transaction.atomic
def add_partner(programme: Programme, organisation: Organisation, *, by: Person | None, at: datetime) -> Partner:
    """Let another organisation run the programme too; doing it twice changes nothing."""
    partner: Partner
    partner, made = Partner.objects.get_or_create(
        programme=programme, partner=organisation, defaults={"organisation": programme.organisation}
    )
    if made:
        record("add_partner", programme, by=by, at=at, partner=organisation.ref)
    return partner


@transaction.atomic
def open_cohort(
    programme: Programme,
    *,
    name: str,
    starts_on: date,
    ends_on: date | None = None,
    by: Person | None,
    at: datetime,
) -> Cohort:
    """Open an intake of ``programme``."""
    cohort: Cohort = Cohort.objects.create(
        organisation=programme.organisation,
        programme=programme,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record("open_cohort", cohort, by=by, at=at)
    return cohort


@transaction.atomic
def enter_participant(
    cohort: Cohort, person: Person, side: Side, *, by: Person | None, at: datetime, details: Mapping[str, Any]
) -> tuple[Participant, bool]:
    """Bring a person into a cohort on one side, or bring what is known of them up to date.

    ``details`` are fields of the participant; those it does not name keep their value. Somebody with no gate left to
    pass is ready at once.
    """
    participant: Participant
    participant, made = Participant.objects.get_or_create(
        cohort=cohort,
        person=person,
        side=side,
        defaults={
            "organisation_id": cohort.organisation_id,
            "programme_id": cohort.programme_id,
            "joined_at": at,
            **details,
        },
    )
    if not made:
        update_participant(participant, by=by, at=at, **details)
        return participant, False
    record("enter_participant", participant, by=by, at=at, side=side)
    _clear_if_ready(participant)
    return participant, True


@transaction.atomic
def update_participant(participant: Participant, *, by: Person | None, at: datetime, **details: Any) -> None:
    """Bring what is known of a participant up to date; what stays the same is not written."""
    changed = [field for field, value in details.items() if getattr(participant, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(participant, field, details[field])
    participant.save(update_fields=changed)
    record("update_participant", participant, by=by, at=at, fields=sorted(changed))


@transaction.atomic
def pass_gate(participant: Participant, gate: str, *, by: Person, at: datetime) -> None:
    """Note that a participant passed a gate; after the last one they are ready to be matched.

    :raises ValueError: if the programme has no such gate.
    """
    if gate not in participant.programme.gates:
        raise ValueError(f"This programme has no step called {gate!r}.")
    if gate in participant.gates_passed:
        return
    participant.gates_passed = [*participant.gates_passed, gate]
    participant.save(update_fields=["gates_passed"])
    record("pass_gate", participant, by=by, at=at, gate=gate)
    _clear_if_ready(participant)


@transaction.atomic
def withdraw_participant(participant: Participant, *, by: Person, at: datetime) -> None:
    """Let somebody leave the programme. Their own decision or the coordinator's; nobody is asked why."""
    make_move(participant, PARTICIPANT_LIFECYCLE, "withdraw")
    record("withdraw_participant", participant, by=by, at=at)


@transaction.atomic
def return_participant(participant: Participant, *, by: Person, at: datetime) -> None:
    """Bring somebody back who had left."""
    make_move(participant, PARTICIPANT_LIFECYCLE, "return")
    record("return_participant", participant, by=by, at=at)
    _clear_if_ready(participant)


@transaction.atomic
def keep_sensitive_answer(
    participant: Participant,
    *,
    category: str,
    question: str,
    answer: str,
    basis: str,
    by: Person,
    at: datetime,
) -> None:
    """Keep one answer of special-category data apart, with the basis on which it was taken in.

    :raises ValueError: if no basis is given.
    """
    if not basis:
        raise ValueError("Special-category data needs a basis: say how the person agreed to it.")
    SensitiveAnswer.objects.update_or_create(
        participant=participant,
        question=question,
        defaults={
            "organisation_id": participant.organisation_id,
            "programme_id": participant.programme_id,
            "category": category,
            "answer": answer,
            "basis": basis,
            "taken_by": by,
            "taken_at": at,
        },
    )
    record("keep_sensitive_answer", participant, by=by, at=at, category=category)


def _clear_if_ready(participant: Participant) -> None:
    if participant.state == ParticipantState.WAITING and not participant.gates_left:
        make_move(participant, PARTICIPANT_LIFECYCLE, "clear")
