"""A call, the question to volunteers, their answer, and their way into the programme that asked."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.journeys import placing_emails as emails
from alongside.journeys.free_volunteers import hold_room
from alongside.journeys.pass_gate import recognise_training
from alongside.journeys.suggest_volunteers import Suggestion
from alongside.kernel import scope
from alongside.matching import clocks
from alongside.people.models import Person
from alongside.placing import actions
from alongside.placing.actions import CannotAsk, placing_of
from alongside.placing.models import Ask, Call, Placement
from alongside.placing.states import AskState
from alongside.placing.validity import day_of
from alongside.programmes import actions as programmes
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import contact_there, contacts_by_region
from alongside.programmes.states import ParticipantState, Side

WITH_IT = {"place": ("latitude", "longitude", "max_km"), "job_title": ("seniority",)}
"""What goes along with a field that a volunteer shares: the same said in figures."""


class CannotBePlaced(ValueError):
    """Say to a volunteer why their yes could not be noted. The question stays open, and so does its clock."""


@transaction.atomic
def ask_volunteers(call: Call, chosen: Collection[Suggestion], *, by: Person, at: datetime) -> list[Ask]:
    """Ask volunteers for a call by email, all of them or, where one cannot be asked, none.

    :raises CannotAsk: if one has no room, or the call wants fewer.
    """
    asks = []
    for each in sorted(
        chosen, key=lambda suggestion: suggestion.volunteer.participant.person_id
    ):  # one order, no locks
        volunteer = each.volunteer
        if not hold_room(volunteer):
            words = _("%(name)s has no room just now: each place is taken, or asked for already.")
            raise CannotAsk(words % {"name": volunteer.participant.person.name})
        due_at = clocks.due(at, placing_of(volunteer.participant).days_to_answer)
        ask = actions.ask_volunteer(call, volunteer, reasons=each.reasons, due_at=due_at, by=by, at=at)
        emails.ask_volunteer(ask, at=at)
        asks.append(ask)
    return asks


@transaction.atomic
def accept_ask(ask: Ask, *, at: datetime) -> Placement:
    """Place a volunteer who said yes: a mentor of the programme that asked, with the training recognised there.

    :raises MoveNotAllowed: if the question was answered, fell due, or is no longer needed.
    :raises CannotBePlaced: if their training does not hold any more, or their part in its programme is on hold.
    """
    person = ask.volunteer.participant.person
    Person.objects.select_for_update().get(pk=person.pk)
    actions.accept_ask(ask, by=person, at=at)
    _check_trained(ask, at)
    both = scope.Scope.of(programmes=[ask.programme_id, ask.call.programme_id])
    with scope.within(both):
        participant = _enter(ask, at=at)
        placement = actions.note_placed(ask, participant, at=at)
        recognise_training(participant, by=person, at=at)
        emails.welcome_placed(participant, placement, at=at)
        emails.tell_of_yes(ask, participant, at=at)
    return placement


def _check_trained(ask: Ask, at: datetime) -> None:
    volunteer = ask.volunteer
    volunteer.refresh_from_db(fields=["valid_until"])
    volunteer.participant.refresh_from_db(fields=["state"])
    if volunteer.participant.state != ParticipantState.READY:
        raise CannotBePlaced(
            _("Your yes could not be noted, because your part in this programme is on hold. Your contact knows more.")
        )
    if not volunteer.holds_on(day_of(at)):
        raise CannotBePlaced(
            _("Your yes could not be noted: your training is to be refreshed first. Your contact tells you how.")
        )


def _enter(ask: Ask, *, at: datetime) -> Participant:
    """Return the volunteer as a mentor of the asking programme; who is there already stays as they are."""
    there, cohort = ask.volunteer.participant, ask.call.cohort
    details = {"brought_by": ask.programme.organisation, "key_contact": _contact(ask), "capacity": 1}
    details |= {name: getattr(there, name) for name in taken_along(there)}
    if former := _found(cohort, there.person):
        if former.state == ParticipantState.WITHDRAWN:
            programmes.return_participant(former, by=there.person, at=at)
        return former
    programmes.enter_participant(cohort, there.person, Side.MENTOR, by=there.person, at=at, details=details)
    found = _found(cohort, there.person)
    assert found is not None  # noqa: S101  # entered in the line above
    return found


def taken_along(volunteer: Participant) -> list[str]:
    """Return the fields that go where a volunteer goes: what they share, and whether they meet at a distance."""
    shared = [name for name in volunteer.shares if name != "name"]
    return [*shared, *(more for name in shared for more in WITH_IT.get(name, ())), "remote", "shares"]


def _found(cohort: Cohort, person: Person) -> Participant | None:
    rows = Participant.objects.filter(programme=cohort.programme_id, person=person, side=Side.MENTOR)
    rows = rows.select_related("cohort", "programme__organisation", "person", "key_contact")
    here = [each for each in rows if each.cohort_id == cohort.pk or each.state != ParticipantState.WITHDRAWN]
    return min(here, key=lambda each: (each.cohort_id != cohort.pk, each.pk)) if here else None


def _contact(ask: Ask) -> Person | None:
    """Return whom they turn to where they come to: the contact of where they are, or whoever called."""
    there = contact_there(contacts_by_region(ask.call.programme_id), ask.volunteer.participant.place)
    return there or ask.call.called_by


@transaction.atomic
def decline_ask(ask: Ask, *, reason: str, at: datetime) -> None:
    """Note a volunteer's no, without blame. The call wants somebody else; whoever called hears nothing of them.

    :raises MoveNotAllowed: if the question was answered, fell due, or is no longer needed.
    """
    actions.decline_ask(ask, reason=reason, by=ask.volunteer.participant.person, at=at)


@transaction.atomic
def end_call(call: Call, move: str, *, by: Person | None, at: datetime, answer: str = "") -> None:
    """End a call, by whoever made it, by whoever it was made to, or by its clock; nobody is asked any more.

    :param move: ``take_back``, ``decline`` or ``lapse``.
    """
    actions.end_call(call, move, by=by, at=at, answer=answer)
    both = scope.Scope.of(programmes=[call.programme_id, call.to_id])
    with scope.within(both):
        asks = Ask.objects.filter(call=call, state=AskState.ASKED).select_related(
            "volunteer__participant__person", "volunteer__participant__cohort", "volunteer__participant__key_contact",
            "call__programme__organisation", "programme__organisation",
        )  # fmt: skip
        for ask in asks:
            release_ask(ask, by=by, at=at)
        if move != "take_back":
            emails.tell_call_ended(call, at=at)


def release_ask(ask: Ask, *, by: Person | None, at: datetime) -> None:
    """Take a question back, and thank whoever was asked."""
    actions.end_ask(ask, "release", by=by, at=at)
    emails.tell_not_needed(ask, at=at)
