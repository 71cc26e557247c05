"""Somebody passes a step before matching: what follows where volunteers are trained, and where they come to."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import placing_emails as emails
from alongside.people.models import Person
from alongside.placing.actions import note_trained
from alongside.placing.models import Placement
from alongside.placing.queries import brought_by
from alongside.placing.validity import day_of
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState


@transaction.atomic
def pass_gate(participant: Participant, gate: str, *, by: Person, at: datetime) -> None:
    """Note that a participant passed a gate; after the last one of a programme that trains volunteers, they are one.

    :param gate: its id.
    :raises ValueError: if there is no such gate on their side of the cohort.
    :raises OutOfTurn: if it comes after one that they have not passed.
    """
    programmes.pass_gate(participant, gate, by=by, at=at)
    recognise_training(participant, by=by, at=at)
    note_standard(participant, by=by, at=at)


def recognise_training(participant: Participant, *, by: Person, at: datetime) -> None:
    """Pass the gates that say they are met by training, as soon as it is their turn, for whoever came trained."""
    met = {gate.id for gate in participant.gates_left if gate.met_by_training}
    if not met or not _came_trained(participant, at):
        return
    while gates := [gate.id for gate in participant.gates_open if gate.id in met]:
        programmes.pass_gate(participant, gates[0], by=by, at=at)


def _came_trained(participant: Participant, at: datetime) -> bool:
    """Whether somebody was placed, or applied with the record of a training that holds still."""
    brought = brought_by(participant)
    return bool(brought and brought.holds_on(day_of(at))) or Placement.objects.filter(participant=participant).exists()


def note_standard(participant: Participant, *, by: Person | None, at: datetime) -> None:
    """Note that somebody is trained to the standard and tell them, once, where their programme places volunteers."""
    places = participant.is_mentor and participant.cohort.rules.placing
    if places and participant.state == ParticipantState.READY:
        volunteer, made = note_trained(participant, by=by, at=at)
        if made:
            emails.tell_trained(volunteer, at=at)


@transaction.atomic
def note_standard_late(participant: Participant, *, at: datetime) -> None:
    """Note it of whoever became ready in another way, such as by a change of the rules."""
    note_standard(participant, by=None, at=at)
