"""A group is put together and asked; once all who are asked have said yes it becomes one mentorship with everybody."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from alongside.groups import actions
from alongside.groups.models import Ask, Group
from alongside.groups.queries import asks_of, people_in
from alongside.groups.states import AskState, GroupState
from alongside.journeys import group_emails as emails
from alongside.journeys.book_meeting import propose_first_meeting
from alongside.journeys.group_fits import avoiding
from alongside.journeys.places import can_be_asked, free_places, hold_places
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.matching import clocks
from alongside.meetings.suggesting import times_to_suggest
from alongside.mentorships.actions import start_mentorship
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import provided_counts
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState


class CannotBeTogether(ValueError):
    """Say why people cannot be in a group now."""


class CannotSayYes(ValueError):
    """Say to somebody why their yes could not be noted. The question stays open, and so does its clock."""


@transaction.atomic
def make_group(cohort: Cohort, people: Sequence[Participant], *, name: str, by: Person, at: datetime) -> Group:
    """Put people together in a new group; nobody is asked yet.

    :raises CannotBeTogether: as :func:`put_in` does.
    :raises CannotPutIn: if one of them cannot be in it.
    """
    group = actions.make_group(cohort, name=name, by=by, at=at)
    for participant in people:
        put_in(group, participant, by=by, at=at)
    return group


@transaction.atomic
def put_in(group: Group, participant: Participant, *, by: Person, at: datetime) -> None:
    """Put somebody into a group. A rule of the programme may be set aside by hand; what a person is owed may not.

    :raises CannotBeTogether: if they have no place left, or one of them asked not to be with another.
    :raises CannotPutIn: if they cannot be in it.
    :raises MoveNotAllowed: if it has begun or was given up.
    """
    group = actions.hold(group)
    held = hold_places(participant)
    held.cohort = group.cohort
    actions.put_in(group, held, by=by, at=at)
    if problem := _no_place(held):
        raise CannotBeTogether(problem)
    _check_avoiding(people_in(group), group)


@transaction.atomic
def take_out(group: Group, participant: Participant, *, by: Person, at: datetime) -> None:
    """Take somebody out of a group; who waits because they were asked hears that no answer is needed.

    :raises MoveNotAllowed: if it has begun or was given up.
    """
    asked = actions.take_out(group, participant, by=by, at=at)
    if asked:
        emails.tell_group_needs_no_answer(asked, at=at)


@transaction.atomic
def give_up(group: Group, *, by: Person, at: datetime) -> None:
    """Give a group up: everybody in it is free again, and who waits because they were asked hears of it.

    :raises MoveNotAllowed: if it has begun or was given up.
    """
    for asked in actions.dissolve(group, by=by, at=at):
        emails.tell_group_needs_no_answer(asked, at=at)


def to_be_asked(group: Group) -> list[Participant]:
    """Return who would be asked now: the mentors of a group who are not, or every peer where one of them is not.

    Who said yes to being with others is asked anew when somebody joins them.

    :raises CannotBeTogether: if it is not ready to be asked, or all have been.
    """
    people, asks = people_in(group), asks_of(group)
    asked = [each for each in people if each.is_mentor or group.of_peers]
    _check_whole(group, people)
    _check_avoiding(people, group)
    new = [each for each in asked if each.pk not in asks]
    if not new:
        raise CannotBeTogether("Everybody in it has been asked already.")
    for each in new:
        if each.is_mentor and not can_be_asked(each):
            raise CannotBeTogether(f"{each} has no free place that nobody else asks for. Take them out first.")
    return asked if group.of_peers else new


@transaction.atomic
def ask_group(group: Group, *, by: Person, at: datetime) -> list[Ask]:
    """Ask the people of a group whether they say yes, and return the questions.

    :raises CannotBeTogether: if it is not ready to be asked, or all have been.
    :raises MoveNotAllowed: if it has begun or was given up.
    """
    held = actions.hold(group)
    for each in sorted(people_in(held), key=lambda each: each.person_id):
        hold_places(each)
    people = to_be_asked(held)
    actions.forget_refusals(held, by=by, at=at)
    actions.begin_asking(held, by=by, at=at)
    due_at = due(held.cohort, at)
    asked = [actions.ask(held, each, due_at=due_at, by=by, at=at) for each in people]
    for ask in asked:
        ask.group = held
        emails.ask_to_be_in_group(ask, at=at)
    return asked


def due(cohort: Cohort, at: datetime) -> datetime:
    """Return until when somebody answers who is asked at ``at``."""
    return clocks.due(at, cohort.rules.choice.days_to_answer)


@transaction.atomic
def ask_again(ask: Ask, *, by: Person, at: datetime) -> None:
    """Start the clock of somebody again who did not answer in time.

    :raises MoveNotAllowed: if they answered, or it was settled another way.
    """
    group = actions.hold(ask.group)
    if asks_of(group).get(ask.participant_id) != ask or ask.state != AskState.LAPSED:
        raise MoveNotAllowed(ask.state, "ask_anew")
    again = actions.ask(group, ask.participant, due_at=due(group.cohort, at), by=by, at=at)
    emails.ask_to_be_in_group(again, at=at)


@transaction.atomic
def say_yes(ask: Ask, *, at: datetime) -> Mentorship | None:
    """Note a yes; when it was the last, the group becomes a mentorship, which is returned.

    Where something else stands in the way, such as a place that is taken meanwhile, the coordinator sees it.

    :raises MoveNotAllowed: if it was answered, taken back, or the group is settled.
    :raises CannotSayYes: if they have no place left, or are on hold.
    """
    group = actions.hold(ask.group)
    who = hold_places(ask.participant)
    if who.state != ParticipantState.READY:
        raise CannotSayYes(
            "Your yes could not be noted, because your part in this programme is on hold. Your coordinator knows more."
        )
    if _no_place(who):
        raise CannotSayYes(
            "Your yes could not be noted, because every place you have is taken by now. Your coordinator knows more."
        )
    actions.say_yes(ask, at=at)
    if not _all_said_yes(group) or in_the_way(group):
        return None
    try:
        with transaction.atomic():
            return _begin(group, by=ask.participant.person, at=at)
    except CannotBeTogether:  # somebody took a place a moment ago: the yes stands, the coordinator decides
        return None


@transaction.atomic
def say_no(ask: Ask, *, reason: str, at: datetime) -> None:
    """Note a no, without blame; the coordinator decides how it goes on.

    :raises MoveNotAllowed: if they said so before, it was taken back, or the group is settled.
    """
    actions.hold(ask.group)
    actions.say_no(ask, reason=reason, at=at)


@transaction.atomic
def begin_with_yes(group: Group, *, by: Person, at: datetime) -> Mentorship:
    """Begin with those who said yes; whoever else was asked hears that no answer is needed.

    :raises CannotBeTogether: if something stands in the way.
    :raises MoveNotAllowed: if it has begun, was given up, or nobody was asked.
    """
    held = actions.hold(group)
    if problem := in_the_way(held):
        raise CannotBeTogether(problem)
    return _begin(held, by=by, at=at)


def in_the_way(group: Group) -> str:
    """Say why a group cannot begin now with those who said yes; "" where it can."""
    people = _who_begins(group)
    try:
        _check_whole(group, people)
        _check_avoiding(people, group)
    except CannotBeTogether as refusal:
        return str(refusal)
    for each in people:
        if each.state != ParticipantState.READY:
            return f"{each} is not ready: there are steps to be done first."
        if problem := _no_place(each):
            return problem
    return ""


def _who_begins(group: Group) -> list[Participant]:
    """Return those who said yes and, in a group with mentors, those who are mentored."""
    asks = asks_of(group)
    yes = {key for key, ask in asks.items() if ask.state == AskState.YES}
    return [each for each in people_in(group) if each.pk in yes or not (each.is_mentor or group.of_peers)]


def _all_said_yes(group: Group) -> bool:
    """Say whether nobody in it said no, and all who are to be asked said yes."""
    return len(_who_begins(group)) == group.places.count()


def _begin(group: Group, *, by: Person, at: datetime) -> Mentorship:
    if group.state != GroupState.ASKING:
        raise MoveNotAllowed(group.state, "begin")
    people = [hold_places(each) for each in sorted(_who_begins(group), key=lambda each: each.person_id)]
    if problem := in_the_way(group):  # now that nobody else takes a place meanwhile
        raise CannotBeTogether(problem)
    for each in people:
        each.cohort = group.cohort
    there = {each.pk for each in people}
    for left in people_in(group):
        if left.pk not in there:
            take_out(group, left, by=by, at=at)
    people.sort(key=lambda each: each.pk)
    (starts_at,) = times_to_suggest(people, number=1, at=at)
    mentorship = start_mentorship(*people, first_meeting_at=starts_at, by=by, at=at)
    actions.begin(group, mentorship=mentorship.ref, by=by, at=at)
    emails.introduce(propose_first_meeting(mentorship, starts_at, at=at), group, starts_at, at=at)
    return mentorship


def _check_whole(group: Group, people: Sequence[Participant]) -> None:
    mentors = [each for each in people if each.is_mentor]
    if group.of_peers:
        if len(people) < 2:
            raise CannotBeTogether("Peers are at least two. Put somebody in first.")
        return
    if not mentors:
        raise CannotBeTogether("There is no mentor for this group. Put one in first.")
    if len(mentors) == len(people):
        raise CannotBeTogether("There is nobody in this group to mentor. Put its people in first.")


def _check_avoiding(people: Sequence[Participant], group: Group) -> None:
    if found := avoiding(people, group.cohort):
        one, other = sorted(found, key=lambda each: each.pk)
        raise CannotBeTogether(f"One of {one} and {other} asked not to be paired with the other.")


def _no_place(participant: Participant) -> str:
    """Say why somebody has no place in one more mentorship; "" where they have."""
    if participant.is_mentor:
        return "" if free_places([participant])[participant.ref] else f"{participant} has no free place."
    if provided_counts([participant]).get(participant.pk, 0) >= participant.capacity:
        return f"{participant} is in a mentorship already."
    return ""
