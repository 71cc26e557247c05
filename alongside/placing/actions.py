"""What happens to a volunteer, a call and a question; each noted in the same transaction."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alongside.applications.models import Application
from alongside.audit.actions import record
from alongside.blueprints.sections import Placing
from alongside.kernel.lifecycle import make_move
from alongside.people.models import Person
from alongside.placing.models import Ask, Brought, Call, Placement, Volunteer
from alongside.placing.queries import asked_and_placed
from alongside.placing.states import ASK_LIFECYCLE, CALL_LIFECYCLE, AskState, CallState
from alongside.placing.validity import day_of, months_on
from alongside.programmes.models import Cohort, Participant, Programme
from alongside.programmes.states import ParticipantState


class CannotCall(ValueError):
    """Say why a programme cannot call this one for mentors."""


class CannotAsk(ValueError):
    """Say why a volunteer cannot be asked for a call now."""


def placing_of(participant: Participant) -> Placing:
    """Return the rules by which a volunteer is placed.

    :raises ValueError: if their cohort trains nobody for others.
    """
    placing = participant.cohort.rules.placing
    if not placing:
        raise ValueError(_("This programme trains nobody for other programmes."))
    return placing


@transaction.atomic
def note_trained(participant: Participant, *, by: Person | None, at: datetime) -> tuple[Volunteer, bool]:
    """Note that somebody has passed everything and is trained to the standard, once; say whether it was now."""
    placing = placing_of(participant)
    volunteer: Volunteer
    volunteer, made = Volunteer.objects.get_or_create(
        participant=participant,
        defaults={
            "organisation_id": participant.organisation_id,
            "programme_id": participant.programme_id,
            "trained_at": at,
            "valid_until": months_on(day_of(at), placing.months_valid),
            "cpd_hours": placing.cpd_hours,
        },
    )
    if made:
        record("note_trained", volunteer, by=by, at=at, until=volunteer.valid_until.isoformat())
    return volunteer, made


@transaction.atomic
def refresh_training(volunteer: Volunteer, *, by: Person, at: datetime) -> None:
    """Note that a volunteer refreshed their training: it holds from now on as long as that of somebody new."""
    placing = placing_of(volunteer.participant)
    volunteer.refreshed_at, volunteer.reminded_at = at, None
    volunteer.valid_until = months_on(day_of(at), placing.months_valid)
    volunteer.save(update_fields=["refreshed_at", "reminded_at", "valid_until"])
    record("refresh_training", volunteer, by=by, at=at, until=volunteer.valid_until.isoformat())


@transaction.atomic
def bring_training(application: Application, volunteer: Volunteer, *, at: datetime) -> Brought | None:
    """Let an application carry the record of a mentor's own training, as it is now; None where it does not hold.

    :raises ValueError: if the training is somebody else's.
    """
    if volunteer.participant.person_id != application.person_id:
        raise ValueError("Nobody brings another's training.")
    if not volunteer.holds_on(day_of(at)):
        return None
    brought: Brought
    brought, _made = Brought.objects.update_or_create(
        application=application,
        defaults={
            "organisation_id": application.organisation_id,
            "programme_id": application.programme_id,
            "trained_by_id": volunteer.organisation_id,
            "training": volunteer.programme.name,
            "trained_at": volunteer.trained_at,
            "valid_until": volunteer.valid_until,
            "cpd_hours": volunteer.cpd_hours,
        },
    )
    record("bring_training", application, by=application.person, at=at, until=volunteer.valid_until.isoformat())
    return brought


def forget_brought(application: Application) -> None:
    """Delete the record of training that came with an application which names nobody any more."""
    Brought.objects.filter(application=application).delete()


@transaction.atomic
def pause_asking(volunteer: Volunteer, *, by: Person, at: datetime) -> None:
    """Let a volunteer rest from being asked; what they were asked already they can still answer."""
    if Volunteer.objects.filter(pk=volunteer.pk, paused_at=None).update(paused_at=at):
        volunteer.paused_at = at
        record("pause_asking", volunteer, by=by, at=at)


@transaction.atomic
def resume_asking(volunteer: Volunteer, *, by: Person, at: datetime) -> None:
    """Let a volunteer be asked again."""
    if Volunteer.objects.filter(pk=volunteer.pk, paused_at__isnull=False).update(paused_at=None):
        volunteer.paused_at = None
        record("resume_asking", volunteer, by=by, at=at)


def note_reminded(volunteer: Volunteer, *, at: datetime) -> bool:
    """Claim the reminder to refresh; say whether it is still to be sent."""
    return bool(Volunteer.objects.filter(pk=volunteer.pk, reminded_at=None).update(reminded_at=at))


@transaction.atomic
def make_call(cohort: Cohort, to: Programme, *, by: Person, at: datetime, **about: Any) -> Call:
    """Ask a programme that trains volunteers for mentors.

    :param about: ``wanted``, ``topics``, ``place`` with its position, ``remote``, ``needed_by`` and ``words``.
    :raises CannotCall: if that programme places nobody, is of another network, or this one takes no mentors itself.
    """
    if not to.rules.placing or to.organisation.network_id != cohort.organisation.network_id:
        raise CannotCall(_("That programme trains nobody for yours. Choose one from the list."))
    if cohort.rules.placing:
        raise CannotCall(_("Nobody is matched in this programme, so no mentors can come to it."))
    if about["needed_by"] < day_of(at):
        raise CannotCall(_("The day by which you need them has passed. Choose a later one."))
    call: Call = Call.objects.create(
        organisation_id=cohort.organisation_id,
        programme_id=cohort.programme_id,
        cohort=cohort,
        to=to,
        called_by=by,
        called_at=at,
        **about,
    )
    record("make_call", call, by=by, at=at, to=to.ref, wanted=call.wanted)
    return call


@transaction.atomic
def end_call(call: Call, move: str, *, by: Person | None, at: datetime, answer: str = "") -> None:
    """End a call otherwise than by filling it: ``decline``, ``take_back`` or ``lapse``.

    :raises MoveNotAllowed: if it ended before.
    """
    make_move(call, CALL_LIFECYCLE, move, ended_at=at, answer=answer)
    record(f"{move}_call", call, by=by, at=at)


@transaction.atomic
def ask_volunteer(
    call: Call, volunteer: Volunteer, *, reasons: list[list[str | int]], due_at: datetime, by: Person, at: datetime
) -> Ask:
    """Ask a trained volunteer for a call; whoever asks has made sure that they have room.

    :raises CannotAsk: if the call has ended or enough are asked, or the volunteer paused, is not trained or was asked.
    """
    held: Call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if held.state != CallState.OPEN:
        raise CannotAsk(_("This call has ended. Nobody else is asked."))
    if sum(asked_and_placed([held])[held.pk]) >= held.wanted:
        raise CannotAsk(_("As many are asked for this call as are needed. Wait for their answers first."))
    _check_can_be_asked(volunteer, at)
    owned = {"organisation_id": volunteer.organisation_id, "programme_id": volunteer.programme_id}
    try:
        with transaction.atomic():
            ask: Ask = Ask.objects.create(
                **owned, call=call, volunteer=volunteer, reasons=reasons, asked_by=by, asked_at=at, due_at=due_at
            )
    except IntegrityError as error:  # another window was first
        raise CannotAsk(_("%(name)s was asked for this call before.") % _name(volunteer)) from error
    Volunteer.objects.filter(pk=volunteer.pk).update(times_asked=F("times_asked") + 1, last_asked_at=at)
    record("ask_volunteer", ask, by=by, at=at, call=call.ref, volunteer=volunteer.ref)
    return ask


def _check_can_be_asked(volunteer: Volunteer, at: datetime) -> None:
    if volunteer.participant.state != ParticipantState.READY or not volunteer.holds_on(day_of(at)):
        raise CannotAsk(_("The training of %(name)s does not hold now.") % _name(volunteer))
    if volunteer.paused_at:
        raise CannotAsk(_("%(name)s would rather not be asked just now.") % _name(volunteer))


def _name(volunteer: Volunteer) -> dict[str, str]:
    return {"name": volunteer.participant.person.name}


@transaction.atomic
def accept_ask(ask: Ask, *, by: Person, at: datetime) -> None:
    """Note a volunteer's yes; with the last one that is wanted the call is filled.

    :raises MoveNotAllowed: if it was answered, fell due, or is no longer needed.
    """
    make_move(ask, ASK_LIFECYCLE, "accept", answered_at=at)
    record("accept_ask", ask, by=by, at=at)
    call: Call = Call.objects.select_for_update(of=("self",)).get(pk=ask.call_id)
    if asked_and_placed([call])[call.pk][1] >= call.wanted:
        make_move(call, CALL_LIFECYCLE, "fill", ended_at=at)
        record("fill_call", call, by=None, at=at)


@transaction.atomic
def decline_ask(ask: Ask, *, reason: str, by: Person, at: datetime) -> None:
    """Note a volunteer's no; only their own coordinator reads why.

    :raises MoveNotAllowed: if it was answered, fell due, or is no longer needed.
    """
    make_move(ask, ASK_LIFECYCLE, "decline", answered_at=at, reason=reason)
    record("decline_ask", ask, by=by, at=at)


@transaction.atomic
def end_ask(ask: Ask, move: str, *, by: Person | None, at: datetime) -> None:
    """End a question without an answer: ``lapse``, or ``release`` where nobody is needed any more."""
    make_move(ask, ASK_LIFECYCLE, move)
    record(f"{move}_ask", ask, by=by, at=at)


def count_reminders(ask: Ask, *, sent: int) -> bool:
    """Note that so many reminders have gone out; False where another worker was first."""
    rows = Ask.objects.filter(pk=ask.pk, state=AskState.ASKED, reminders_sent=ask.reminders_sent)
    return bool(rows.update(reminders_sent=sent))


@transaction.atomic
def note_placed(ask: Ask, participant: Participant, *, at: datetime) -> Placement:
    """Note at the asking programme that a volunteer came to it, with the record of their training."""
    volunteer = ask.volunteer
    placement: Placement = Placement.objects.create(
        organisation_id=participant.organisation_id,
        programme_id=participant.programme_id,
        call=ask.call,
        volunteer=volunteer,
        participant=participant,
        trained_at=volunteer.refreshed_at or volunteer.trained_at,
        valid_until=volunteer.valid_until,
        cpd_hours=volunteer.cpd_hours,
        placed_at=at,
    )
    record("note_placed", placement, by=participant.person, at=at, participant=participant.ref)
    return placement


def forget_ask(ask: Ask, *, at: datetime) -> None:
    """Delete a question that came to nothing long ago; how often they were asked stays as a number."""
    record("forget_ask", ask, by=None, at=at)
    ask.delete()
