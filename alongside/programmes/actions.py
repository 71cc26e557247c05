from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from alongside.audit.actions import record, record_many
from alongside.kernel.lifecycle import make_move
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant, Partner, Programme, SensitiveAnswer
from alongside.programmes.states import PARTICIPANT_LIFECYCLE, ParticipantState, Side

AT_ONCE = 300


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
    """Change how a programme works; running offers keep the clocks they were made with.

    Where the steps before matching change, who is ready follows: a further step holds back whoever has not passed it,
    and whoever has none left is ready.
    """
    before = programme.gates
    for field, value in settings.items():
        setattr(programme, field, value)
    programme.save(update_fields=list(settings))
    record("change_programme", programme, by=by, at=at, fields=sorted(settings))
    if programme.gates != before:
        for participant in Participant.objects.filter(programme=programme).select_related("programme"):
            _follow_gates(participant)


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


class Entry(NamedTuple):
    """Somebody to bring into a cohort: who, on which side, and fields of the participant.

    ``at_first`` are fields that count only if the person is not there yet.
    """

    person: Person
    side: Side
    details: Mapping[str, Any]
    at_first: Mapping[str, Any] = {}


@transaction.atomic
def enter_participants(
    cohort: Cohort, entries: Sequence[Entry], *, by: Person | None, at: datetime
) -> tuple[list[Participant], list[Participant]]:
    """Bring people into a cohort, or bring what is known of them up to date; return who was added and who changed.

    Fields that an entry does not name keep their value. Somebody with no gate left to pass is ready at once. What
    stays the same is not written.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)  # two imports at once enter one after the other
    there = {(row.person_id, row.side): row for row in Participant.objects.filter(cohort=cohort)}
    owned = {"organisation_id": cohort.organisation_id, "programme_id": cohort.programme_id, "cohort": cohort}
    state = ParticipantState.WAITING if cohort.programme.gates else ParticipantState.READY
    added = [
        Participant(**owned, person=person, side=side, state=state, joined_at=at, **{**at_first, **details})
        for person, side, details, at_first in entries
        if (person.pk, side) not in there
    ]
    Participant.objects.bulk_create(added, batch_size=AT_ONCE)
    record_many("enter_participant", ((row, {"side": row.side}) for row in added), by=by, at=at)
    known = [(there[person.pk, side], details) for person, side, details, _ in entries if (person.pk, side) in there]
    changed = [(row, fields) for row, details in known if (fields := _apply(row, details))]
    if changed:
        names = sorted({field for _, fields in changed for field in fields})
        Participant.objects.bulk_update([row for row, _ in changed], names, batch_size=AT_ONCE)
    record_many("update_participant", ((row, {"fields": fields}) for row, fields in changed), by=by, at=at)
    return added, [row for row, _ in changed]


def enter_participant(
    cohort: Cohort, person: Person, side: Side, *, by: Person | None, at: datetime, details: Mapping[str, Any]
) -> Participant:
    """Bring one person into a cohort, or bring what is known of them up to date."""
    enter_participants(cohort, [Entry(person, side, details)], by=by, at=at)
    participant: Participant = Participant.objects.get(cohort=cohort, person=person, side=side)
    return participant


@transaction.atomic
def update_participant(participant: Participant, *, by: Person | None, at: datetime, **details: Any) -> None:
    """Bring what is known of a participant up to date; what stays the same is not written."""
    if fields := _apply(participant, details):
        participant.save(update_fields=fields)
        record("update_participant", participant, by=by, at=at, fields=fields)


@transaction.atomic
def pass_gate(participant: Participant, gate: str, *, by: Person, at: datetime) -> None:
    """Note that a participant passed a gate; after the last one they are ready to be matched.

    :raises ValueError: if the programme has no such gate.
    """
    participant.refresh_from_db(fields=["state", "gates_passed"], from_queryset=Participant.objects.select_for_update())
    if gate not in participant.programme.gates:
        raise ValueError(f"This programme has no step called {gate!r}.")
    if gate in participant.gates_passed:
        return
    participant.gates_passed = [*participant.gates_passed, gate]
    participant.save(update_fields=["gates_passed"])
    record("pass_gate", participant, by=by, at=at, gate=gate)
    _follow_gates(participant)


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
    _follow_gates(participant)


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


def _follow_gates(participant: Participant) -> None:
    """Clear whoever has no gate left to pass, and hold back whoever has one."""
    if participant.state == ParticipantState.WAITING and not participant.gates_left:
        make_move(participant, PARTICIPANT_LIFECYCLE, "clear")
    elif participant.state == ParticipantState.READY and participant.gates_left:
        make_move(participant, PARTICIPANT_LIFECYCLE, "hold")


def _apply(participant: Participant, details: Mapping[str, Any]) -> list[str]:
    """Set what differs and return the names of those fields."""
    fields = sorted(field for field, value in details.items() if getattr(participant, field) != value)
    for field in fields:
        setattr(participant, field, details[field])
    return fields
