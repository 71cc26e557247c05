"""Putting groups together and asking their people: what is possible, and what is noted of it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.groups.models import Ask, Group, Place
from alongside.groups.queries import asks_of
from alongside.groups.states import ASK_LIFECYCLE, GROUP_LIFECYCLE, AskState, GroupState
from alongside.kernel.lifecycle import MoveNotAllowed, make_move
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState, Side


class CannotPutIn(ValueError):
    """Say why somebody cannot be in a group."""


@transaction.atomic
def make_group(cohort: Cohort, *, name: str, by: Person, at: datetime) -> Group:
    """Begin to put a group together: nobody is in it, and nobody is asked.

    :raises CannotPutIn: if the cohort works in pairs, or the name is empty.
    """
    if cohort.rules.shape.of == "pair":
        raise CannotPutIn("In this cohort people work in pairs. Use the board.")
    if not name.strip():
        raise CannotPutIn("Give the group a name, so that people know which it is.")
    owned = {"organisation_id": cohort.organisation_id, "programme_id": cohort.programme_id}
    group: Group = Group.objects.create(**owned, cohort=cohort, name=name.strip()[:120], made_at=at)
    record("make_group", group, by=by, at=at)
    return group


@transaction.atomic
def rename_group(group: Group, *, name: str, by: Person, at: datetime) -> None:
    """Call a group otherwise.

    :raises CannotPutIn: if the name is empty.
    """
    if not name.strip():
        raise CannotPutIn("Give the group a name, so that people know which it is.")
    group.name = name.strip()[:120]
    group.save(update_fields=["name"])
    record("rename_group", group, by=by, at=at)


def hold(group: Group) -> Group:
    """Return a group as it is now; nobody else changes it before the transaction ends.

    :raises MoveNotAllowed: if it has begun or was given up.
    """
    held: Group = Group.objects.select_for_update().get(pk=group.pk)
    held.cohort = group.cohort
    if not held.in_hand:
        raise MoveNotAllowed(held.state, "change")
    return held


@transaction.atomic
def put_in(group: Group, participant: Participant, *, by: Person, at: datetime) -> Place:
    """Put somebody into a group; they are asked when the coordinator says so.

    :raises CannotPutIn: if they cannot be in it.
    :raises MoveNotAllowed: if it has begun or was given up.
    """
    group = hold(group)
    _check_who(group, participant)
    _check_room(group, participant)
    # Somebody who said no may think again: the coordinator has talked with them, and they are asked anew.
    Place.objects.filter(group=group, participant=participant, in_hand=False).delete()
    owned = {"organisation_id": group.organisation_id, "programme_id": group.programme_id}
    try:
        with transaction.atomic():
            place: Place = Place.objects.create(**owned, group=group, participant=participant)
    except IntegrityError as error:  # the database holds one group in hand for each, whoever came first
        raise CannotPutIn(f"{participant} is in a group already. Take them out of it first.") from error
    record("put_in_group", group, by=by, at=at, participant=participant.ref)
    return place


def _check_who(group: Group, participant: Participant) -> None:
    if participant.cohort_id != group.cohort_id:
        raise CannotPutIn("Somebody of another cohort cannot be in this group.")
    if participant.state != ParticipantState.READY:
        raise CannotPutIn(f"{participant} is not ready yet: there are steps to be done first.")
    if group.of_peers and participant.side == Side.MENTOR:
        raise CannotPutIn("Peers mentor each other: nobody is in it as a mentor.")
    if group.places.filter(participant__person=participant.person_id, in_hand=True).exists():
        raise CannotPutIn(f"{participant} is in this group already.")
    if group.state == GroupState.ASKING and participant.side == Side.MENTEE and not group.of_peers:
        raise CannotPutIn("Those who are asked know the size of this group. Add people to it once it has begun.")


def _check_room(group: Group, participant: Participant) -> None:
    shape = group.cohort.rules.shape
    there = group.places.filter(participant__side=participant.side, in_hand=True).count()
    if participant.side == Side.MENTOR and there >= shape.mentors:
        raise CannotPutIn(f"A group here has {shape.mentors} mentors at the most. Take one out first.")
    if participant.side == Side.MENTEE and there >= shape.members:
        raise CannotPutIn(f"There are {shape.members} together here at the most. Take somebody out first.")


@transaction.atomic
def forget_refusals(group: Group, *, by: Person, at: datetime) -> None:
    """Take out whoever said no: somebody else is asked, or it begins without them."""
    if gone := group.places.filter(in_hand=False).delete()[0]:
        record("forget_refusals", group, by=by, at=at, number=gone)


@transaction.atomic
def take_out(group: Group, participant: Participant, *, by: Person, at: datetime) -> Ask | None:
    """Take somebody out of a group, and return the question that was open to them, if there was one.

    :raises MoveNotAllowed: if it has begun or was given up.
    """
    group = hold(group)
    if not Place.objects.filter(group=group, participant=participant).delete()[0]:
        return None
    asked = withdraw_ask(group, participant, at=at)
    record("take_out_of_group", group, by=by, at=at, participant=participant.ref)
    return asked


def withdraw_ask(group: Group, participant: Participant, *, at: datetime) -> Ask | None:
    """Take a question back that is open or was answered with a yes, and return it."""
    found: Ask | None = asks_of(group).get(participant.pk)
    if found:
        make_move(found, ASK_LIFECYCLE, "withdraw")
        record("withdraw_ask", found, by=None, at=at)
    return found


@transaction.atomic
def begin_asking(group: Group, *, by: Person, at: datetime) -> None:
    """Note that the people of a group are asked from now on; doing it twice changes nothing."""
    if group.state == GroupState.FORMING:
        make_move(group, GROUP_LIFECYCLE, "ask", asked_at=at)
        record("ask_group", group, by=by, at=at)


@transaction.atomic
def ask(group: Group, participant: Participant, *, due_at: datetime, by: Person, at: datetime) -> Ask:
    """Put the question to one person and start the clock; who was asked before is asked anew."""
    found = asks_of(group).get(participant.pk)
    if found:
        make_move(found, ASK_LIFECYCLE, "ask_anew", asked_at=at, due_at=due_at, reminders_sent=0, answered_at=None)
        asked: Ask = found
    else:
        owned = {"organisation_id": group.organisation_id, "programme_id": group.programme_id}
        asked = Ask.objects.create(**owned, group=group, participant=participant, asked_at=at, due_at=due_at)
    record("ask_to_join", asked, by=by, at=at)
    return asked


@transaction.atomic
def say_yes(ask: Ask, *, at: datetime) -> None:
    """Note a yes.

    :raises MoveNotAllowed: if it was answered or taken back.
    """
    make_move(ask, ASK_LIFECYCLE, "say_yes", answered_at=at)
    record("say_yes", ask, by=ask.participant.person, at=at)


@transaction.atomic
def say_no(ask: Ask, *, reason: str, at: datetime) -> None:
    """Note a no, also after a yes while it has not begun; they are free for another group from now on.

    :raises MoveNotAllowed: if they said so before, or it was taken back.
    """
    make_move(ask, ASK_LIFECYCLE, "say_no", answered_at=at, reason=reason)
    Place.objects.filter(group=ask.group_id, participant=ask.participant_id).update(in_hand=False)
    record("say_no", ask, by=ask.participant.person, at=at)


@transaction.atomic
def lapse_ask(ask: Ask, *, at: datetime) -> None:
    """Note that somebody did not answer in time: it waits for the coordinator, and a late answer still counts."""
    make_move(ask, ASK_LIFECYCLE, "lapse")
    record("lapse_ask", ask, by=None, at=at)


def count_reminders(ask: Ask, *, sent: int) -> bool:
    """Claim the reminder that makes it ``sent``; False where another worker was first."""
    rows = Ask.objects.filter(pk=ask.pk, state=AskState.OFFERED, reminders_sent=ask.reminders_sent)
    return bool(rows.update(reminders_sent=sent))


@transaction.atomic
def begin(group: Group, *, mentorship: str, by: Person | None, at: datetime) -> None:
    """Note that a group has become a mentorship, called by its ref; whoever said no is in it no longer.

    :raises MoveNotAllowed: if it has begun or was given up.
    :raises ChangedMeanwhile: if somebody else was first.
    """
    make_move(group, GROUP_LIFECYCLE, "begin", settled_at=at, mentorship=mentorship)
    group.places.filter(in_hand=False).delete()
    group.places.update(in_hand=False)
    record("begin_group", group, by=by, at=at)


@transaction.atomic
def dissolve(group: Group, *, by: Person, at: datetime) -> list[Ask]:
    """Give a group up, and return the questions because of which somebody waits.

    :raises MoveNotAllowed: if it has begun or was given up.
    """
    group = hold(group)
    make_move(group, GROUP_LIFECYCLE, "dissolve", settled_at=at)
    group.places.update(in_hand=False)
    waiting = list(asks_of(group).values())
    for each in waiting:
        withdraw_ask(group, each.participant, at=at)
    record("dissolve_group", group, by=by, at=at)
    return waiting
