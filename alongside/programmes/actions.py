from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from alongside.audit.actions import record, record_many
from alongside.blueprints.rules import Rules
from alongside.kernel.lifecycle import make_move
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.models import (
    Cohort,
    Participant,
    Partner,
    Programme,
    RegionalContact,
    RuleBook,
    SensitiveAnswer,
)
from alongside.programmes.queries import contact_there, contacts_by_region
from alongside.programmes.states import PARTICIPANT_LIFECYCLE, ParticipantState, Side

AT_ONCE = 300
USUAL = Rules()
"""As most programmes do it."""
WAITING, READY = ParticipantState.WAITING, ParticipantState.READY


@transaction.atomic
def start_programme(
    organisation: Organisation,
    *,
    name: str,
    by: Person | None,
    at: datetime,
    summary: str = "",
    rules: Rules = USUAL,
    blueprint: str = "",
    safeguarding_lead: Person | None = None,
) -> Programme:
    """Start a programme of ``organisation``.

    :param blueprint: what it is started from, as "id@version"; "" for nothing.
    """
    programme: Programme = Programme.objects.create(
        organisation=organisation,
        name=name,
        summary=summary,
        safeguarding_lead=safeguarding_lead,
        rules_fingerprint=rules.fingerprint,
        blueprint=blueprint,
        blueprint_fingerprint=rules.fingerprint if blueprint else "",
    )
    _keep_rules(programme, rules, by=by, at=at)
    record("start_programme", programme, by=by, at=at)
    return programme


@transaction.atomic
def change_programme(programme: Programme, *, by: Person, at: datetime, **about: Any) -> None:
    """Change what a programme is called, what it says of itself, or who hears concerns."""
    for field, value in about.items():
        setattr(programme, field, value)
    programme.save(update_fields=list(about))
    record("change_programme", programme, by=by, at=at, fields=sorted(about))


@transaction.atomic
def change_rules(
    programme: Programme,
    rules: Rules,
    *,
    cohorts: Iterable[Cohort],
    by: Person | None,
    at: datetime,
) -> None:
    """Let cohorts opened from now on follow other rules, and of those that run, the ones named.

    Running offers keep the clocks they were made with. Where the gates of a cohort change, who is ready follows: a
    further gate holds back whoever has not passed it, and whoever has none left is ready. Which kinds of mentors
    there are never changes for a cohort with people in it: somebody may be half way to one of each.
    """
    programme.rules_fingerprint = rules.fingerprint
    programme.save(update_fields=["rules_fingerprint"])
    _keep_rules(programme, rules, by=by, at=at)
    record("change_rules", programme, by=by, at=at, rules=rules.fingerprint)
    for cohort in cohorts:
        _follow_rules(cohort, rules, by=by, at=at)


@transaction.atomic
def note_blueprint(programme: Programme, name: str, rules: Rules, *, by: Person, at: datetime) -> None:
    """Note by which blueprint a programme runs from now on, and the rules as it says them: what differs is its own."""
    programme.blueprint, programme.blueprint_fingerprint = name, rules.fingerprint
    programme.save(update_fields=["blueprint", "blueprint_fingerprint"])
    _keep_rules(programme, rules, by=by, at=at)
    record("note_blueprint", programme, by=by, at=at, blueprint=name)


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
        rules_fingerprint=programme.rules_fingerprint,
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
    states = {side: WAITING if cohort.rules.gates_of(side) else READY for side in Side}
    contacts = contacts_by_region(cohort.programme_id)
    added = [
        Participant(
            **owned,
            person=person,
            side=side,
            state=states[side],
            joined_at=at,
            **{**at_first, **_contact(contacts, details), **details},
        )
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


def _contact(contacts: Mapping[str, Person], details: Mapping[str, Any]) -> dict[str, Person]:
    """Return the key contact of somebody who joins, where there is one for where they are."""
    contact = contact_there(contacts, details.get("place", ""))
    return {"key_contact": contact} if contact else {}


@transaction.atomic
def name_contacts(
    programme: Programme, contacts: Mapping[str, Person | None], *, also_now: bool, by: Person, at: datetime
) -> None:
    """Name who is the key contact for whom, by region; None names nobody for a region.

    :param also_now: whether those who take part already get the contact of where they are as well.
    """
    for region, person in contacts.items():
        rows = RegionalContact.objects.filter(programme=programme, region=region)
        if person is None:
            rows.delete()
        else:
            RegionalContact.objects.update_or_create(
                programme=programme,
                region=region,
                defaults={"organisation_id": programme.organisation_id, "person": person},
            )
    record("name_contacts", programme, by=by, at=at, regions=sorted(name for name, who in contacts.items() if who))
    if also_now:
        there = contacts_by_region(programme.pk)
        for participant in Participant.objects.filter(programme=programme):
            update_participant(participant, by=by, at=at, **_contact(there, {"place": participant.place}))


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


class OutOfTurn(ValueError):
    """Say that a gate is not to be passed before another."""

    def __init__(self, participant: Participant, gate: str) -> None:
        titles = {each.id: each.title for each in participant.cohort.rules.gates}
        before = next(each for each in participant.gates_left if each.id == gate).after
        first = ", ".join(titles[name] for name in before if name not in participant.gates_passed)
        super().__init__(f"{participant.person.name}: “{titles[gate]}” comes after “{first}”.")


@transaction.atomic
def pass_gate(participant: Participant, gate: str, *, by: Person, at: datetime) -> None:
    """Note that a participant passed a gate; after the last one they are ready to be matched.

    :param gate: its id.
    :raises ValueError: if there is no such gate on their side of the cohort.
    :raises OutOfTurn: if it comes after one that they have not passed.
    """
    participant.refresh_from_db(fields=["state", "gates_passed"], from_queryset=Participant.objects.select_for_update())
    if gate not in {each.id for each in participant.cohort.rules.gates_of(participant.side)}:
        raise ValueError(f"This programme has no step called {gate!r}.")
    if gate in participant.gates_passed:
        return
    if gate not in {each.id for each in participant.gates_open}:
        raise OutOfTurn(participant, gate)
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


def _keep_rules(programme: Programme, rules: Rules, *, by: Person | None, at: datetime) -> None:
    RuleBook.objects.get_or_create(
        programme=programme,
        fingerprint=rules.fingerprint,
        defaults={
            "organisation_id": programme.organisation_id,
            "table": rules.table,
            "blueprint": programme.blueprint,
            "made_by": by,
            "made_at": at,
        },
    )


def _with_kinds_of(cohort: Cohort, rules: Rules) -> Rules:
    """Return rules as a cohort can follow them: where somebody is in it, its kinds of mentors stay what they are."""
    ours, theirs = cohort.rules.shape, rules.shape
    if ours.matched == theirs.matched or not Participant.objects.filter(cohort=cohort).exists():
        return rules
    return rules.changed({"shape": ours.model_dump(mode="json")})


def _follow_rules(cohort: Cohort, rules: Rules, *, by: Person | None, at: datetime) -> None:
    before, rules = cohort.rules.gates, _with_kinds_of(cohort, rules)
    _keep_rules(cohort.programme, rules, by=by, at=at)
    cohort.rules_fingerprint = rules.fingerprint
    cohort.save(update_fields=["rules_fingerprint"])
    record("follow_rules", cohort, by=by, at=at, rules=rules.fingerprint)
    if rules.gates != before:
        for participant in Participant.objects.filter(cohort=cohort).select_related("cohort"):
            _follow_gates(participant)


def _follow_gates(participant: Participant) -> None:
    """Clear whoever has no gate left to pass, and hold back whoever has one."""
    if participant.state == WAITING and not participant.gates_left:
        make_move(participant, PARTICIPANT_LIFECYCLE, "clear")
    elif participant.state == READY and participant.gates_left:
        make_move(participant, PARTICIPANT_LIFECYCLE, "hold")


def _apply(participant: Participant, details: Mapping[str, Any]) -> list[str]:
    """Set what differs and return the names of those fields."""
    fields = sorted(field for field, value in details.items() if getattr(participant, field) != value)
    for field in fields:
        setattr(participant, field, details[field])
    return fields
