from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.kernel import sealing
from alongside.kernel.lifecycle import ChangedMeanwhile, make_move
from alongside.mentorships.clocks import months_after, next_due
from alongside.mentorships.models import Member, Mentorship, Rung
from alongside.mentorships.states import MENTORSHIP_LIFECYCLE, Due, Ending, GoingOn, MentorshipState
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.states import Side


class AnsweredBefore(ValueError):
    """Say that a question was answered before: what was said stands."""

    def __init__(self) -> None:
        super().__init__("You answered this before. What you said then stands; write to your coordinator to change it.")


@transaction.atomic
def start_mentorship(
    *members: Participant, first_meeting_at: datetime | None, by: Person | None, at: datetime
) -> Mentorship:
    """Bring a mentorship into being: all have said yes, and are introduced.

    Peers mentor each other: two or more of one side, in a cohort that works so.

    :raises ValueError: if they are not of one cohort, or it has nobody on one side.
    """
    if len({member.cohort_id for member in members}) != 1:
        raise ValueError("A mentorship is made within one cohort; these are in different ones.")
    first = members[0]
    of_peers = first.cohort.rules.shape.of == "peers"
    _check_sides(members, of_peers=of_peers)
    owned = {"organisation_id": first.organisation_id, "programme_id": first.programme_id}
    mentorship = Mentorship(
        **owned,
        cohort_id=first.cohort_id,
        of_peers=of_peers,
        introduced_at=at,
        first_meeting_at=first_meeting_at,
        planned_end_on=months_after(at, first.cohort.rules.length.months),
    )
    mentorship.next_due_at = next_due(mentorship)
    mentorship.wrapped_key = sealing.key_ring().wrap(sealing.new_key(), about=mentorship.key_name)
    mentorship.save(force_insert=True)
    Member.objects.bulk_create(
        Member(**owned, mentorship=mentorship, participant=participant, side=participant.side)
        for participant in members
    )
    mentors, mentees = ([member.ref for member in members if member.side == side] for side in Side)
    record("start_mentorship", mentorship, by=by, at=at, mentors=mentors, mentees=mentees)
    return mentorship


def _check_sides(members: Sequence[Participant], *, of_peers: bool) -> None:
    sides = {member.side for member in members}
    if of_peers and (sides != {Side.MENTEE.value} or len(members) < 2):
        raise ValueError("Peers mentor each other: a mentorship of peers needs two of them, and no mentor.")
    if not of_peers and sides != set(Side):
        raise ValueError("A mentorship needs a mentor and a mentee.")


@transaction.atomic
def add_member(mentorship: Mentorship, participant: Participant, *, by: Person, at: datetime) -> Member:
    """Let a second mentor or mentee join a mentorship that runs.

    :raises ValueError: if they are of another cohort, are or were in it, or it has ended.
    """
    if participant.cohort_id != mentorship.cohort_id:
        raise ValueError("Somebody of another cohort cannot join this mentorship.")
    if mentorship.state == MentorshipState.ENDED:
        raise ValueError("This mentorship has ended: nobody can join it any more.")
    if mentorship.of_peers and participant.side == Side.MENTOR:
        raise ValueError("Peers mentor each other: nobody joins them as a mentor.")
    if Member.objects.filter(mentorship=mentorship, participant__person=participant.person_id).exists():
        raise ValueError("They are in this mentorship already, or were and left it.")
    owned = {"organisation_id": mentorship.organisation_id, "programme_id": mentorship.programme_id}
    member: Member = Member.objects.create(
        **owned, mentorship=mentorship, participant=participant, side=participant.side
    )
    record("add_member", mentorship, by=by, at=at, participant=participant.ref)
    return member


@transaction.atomic
def book_first_meeting(mentorship: Mentorship, *, starts_at: datetime, by: Person | None, at: datetime) -> None:
    """Note that both have said yes to a time for the first meeting."""
    _move(mentorship, "book", first_meeting_at=starts_at)
    record("book_first_meeting", mentorship, by=by, at=at)


@transaction.atomic
def unbook_first_meeting(mentorship: Mentorship, *, by: Person | None, at: datetime) -> None:
    """Note that the first meeting is off, and none is booked instead yet."""
    _move(mentorship, "unbook", first_meeting_at=None)
    record("unbook_first_meeting", mentorship, by=by, at=at)


@transaction.atomic
def record_first_meeting(
    mentorship: Mentorship, *, by: Person | None, at: datetime, met_at: datetime | None = None
) -> None:
    """Note that they have met for the first time: the cooling-off begins.

    :param met_at: when they met, where that is known; the moment of the note otherwise.
    """
    _move(mentorship, "meet", met_at=met_at or at)
    record("record_first_meeting", mentorship, by=by, at=at)


def ask_whether_to_go_on(mentorship: Mentorship, *, at: datetime) -> list[Member]:
    """Note that each who has not answered is asked now, and return them."""
    asked = list(mentorship.members.filter(going_on="", left_at=None).select_related("participant__person"))
    mentorship.members.filter(pk__in=[member.pk for member in asked]).update(asked_at=at)
    return asked


@transaction.atomic
def answer_going_on(
    member: Member, answer: GoingOn, *, wish: str = "", not_with: Sequence[str] = (), at: datetime
) -> None:
    """Keep what one side says after the cooling-off. Nobody but the coordinator ever sees it.

    :param not_with: refs of the mentors whom a no is about, where it is not about all.
    :raises AnsweredBefore: if they have answered.
    """
    rows = Member.objects.filter(pk=member.pk, going_on="")
    if not rows.update(going_on=answer, answered_at=at, wish=wish, not_with=list(not_with)):
        raise AnsweredBefore
    member.going_on, member.answered_at, member.wish, member.not_with = answer, at, wish, list(not_with)
    # Which answer it was stands in the row alone: the record of what happened is read by more people.
    record("answer_going_on", member.mentorship, by=member.participant.person, at=at)


@transaction.atomic
def go_on(mentorship: Mentorship, *, by: Person | None, at: datetime) -> None:
    """Note that all are happy to go on."""
    _move(mentorship, "go_on", going_on_at=at)
    record("go_on", mentorship, by=by, at=at)


@transaction.atomic
def agree(mentorship: Mentorship, *, until: date, by: Person | None, at: datetime) -> None:
    """Note that all have signed an agreement, and until when they mean to work together."""
    _move(mentorship, "agree", agreed_at=at, planned_end_on=until)
    record("agree", mentorship, by=by, at=at)


@transaction.atomic
def pause(mentorship: Mentorship, *, until: date, by: Person, at: datetime) -> None:
    """Let a mentorship rest until a day; nobody is reminded of anything meanwhile.

    :raises ValueError: if the day is not ahead.
    """
    _must_be_ahead(until, at)
    _move(mentorship, "pause", paused_at=at, paused_until=until)
    record("pause", mentorship, by=by, at=at)


@transaction.atomic
def resume(mentorship: Mentorship, *, by: Person | None, at: datetime) -> None:
    """Go on after a pause, where they were before it."""
    name, changes = ("resume_agreed", {}) if mentorship.agreed_at else ("resume", {"going_on_at": at})
    _move(mentorship, name, paused_at=None, paused_until=None, **changes)
    record("resume", mentorship, by=by, at=at)


@transaction.atomic
def extend(mentorship: Mentorship, *, until: date, by: Person, at: datetime) -> None:
    """Go on for longer than planned.

    :raises ValueError: if the day is not ahead.
    """
    _must_be_ahead(until, at)
    _move(mentorship, "extend", planned_end_on=until, ending_on=None)
    record("extend", mentorship, by=by, at=at)


@transaction.atomic
def plan_ending(mentorship: Mentorship, *, on: date, by: Person, at: datetime) -> None:
    """Plan the last meeting.

    :raises ValueError: if the day is past.
    """
    if on < at.date():
        raise ValueError("The last meeting is still to come: choose today or a later day.")
    _move(mentorship, "plan_ending", ending_on=on, paused_at=None, paused_until=None)
    record("plan_ending", mentorship, by=by, at=at)


@transaction.atomic
def end_mentorship(mentorship: Mentorship, *, ending: Ending, by: Person | None, at: datetime) -> None:
    """End a mentorship, for a reason that blames nobody."""
    _move(mentorship, "end", ended_at=at, ending=ending)
    record("end_mentorship", mentorship, by=by, at=at, ending=ending)


@transaction.atomic
def say_ending(member: Member, ending: Ending, *, at: datetime) -> None:
    """Keep why it ends, as one side sees it. The other side does not see it."""
    Member.objects.filter(pk=member.pk).update(said_ending=ending)
    member.said_ending = ending
    record("say_ending", member.mentorship, by=member.participant.person, at=at)


@transaction.atomic
def leave(member: Member, *, ending: Ending, at: datetime) -> None:
    """Let one leave a mentorship that goes on without them.

    :raises AnsweredBefore: if they have left.
    """
    if not Member.objects.filter(pk=member.pk, left_at=None).update(left_at=at, said_ending=ending):
        raise AnsweredBefore
    member.left_at, member.said_ending = at, ending
    record("leave", member.mentorship, by=member.participant.person, at=at)


def set_clocks(mentorship: Mentorship, *, after: datetime | None = None) -> None:
    """Note when the next clock of the present state falls due."""
    mentorship.next_due_at = next_due(mentorship, after=after)
    mentorship.save(update_fields=["next_due_at"])


def ring(mentorship: Mentorship, due: Due, *, fell_due: datetime, at: datetime) -> bool:
    """Claim what fell due, for whoever comes first; say whether it was us. Call it in the transaction of the deed."""
    owned = {"organisation_id": mentorship.organisation_id, "programme_id": mentorship.programme_id}
    try:
        with transaction.atomic():
            Rung.objects.create(**owned, mentorship=mentorship, due=due, fell_due=fell_due, rung_at=at)
    except IntegrityError:
        return False
    return True


def wrap_anew(mentorship: Mentorship) -> bool:
    """Seal the key of a mentorship with the newest key of the installation; say whether that was needed."""
    wrapped, ring_ = bytes(mentorship.wrapped_key or b""), sealing.key_ring()
    if not wrapped or ring_.is_newest(wrapped):
        return False
    key = ring_.unwrap(wrapped, about=mentorship.key_name)
    mentorship.wrapped_key = ring_.wrap(key, about=mentorship.key_name)
    mentorship.save(update_fields=["wrapped_key"])
    return True


@transaction.atomic
def keep_figures(mentorship: Mentorship, *, held: int, minutes: int, at: datetime) -> bool:
    """Keep how many meetings a mentorship held, and how long, in place of when; say whether we came first."""
    rows = Mentorship.objects.filter(pk=mentorship.pk, meetings_held=None)
    if not rows.update(meetings_held=held, minutes_together=minutes, first_meeting_at=None):
        return False
    mentorship.refresh_from_db(fields=["meetings_held", "minutes_together", "first_meeting_at"])
    record("forget_meetings", mentorship, by=None, at=at)
    return True


def throw_key_away(mentorship: Mentorship) -> None:
    """Forget the key of what is inside: nobody opens any of it again."""
    mentorship.wrapped_key = None
    mentorship.save(update_fields=["wrapped_key"])


def create_one(model: Any, by: Member, **details: Any) -> Any:
    """Create a row inside a mentorship, of which there may be only one such.

    :raises ChangedMeanwhile: if somebody was first.
    """
    try:
        with transaction.atomic():
            return model.objects.create(**by.where, **details)
    except IntegrityError as error:
        raise ChangedMeanwhile from error


def _move(mentorship: Mentorship, name: str, **changes: Any) -> None:
    """Move through the lifecycle, and set the clocks of the state it leads to."""
    make_move(mentorship, MENTORSHIP_LIFECYCLE, name, **changes)
    set_clocks(mentorship)


def _must_be_ahead(day: date, at: datetime) -> None:
    if day <= at.date():
        raise ValueError("Choose a day after today.")
