from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.audit.actions import record
from alongside.evaluation.clocks import FOLLOW_UPS, follow_up_due
from alongside.evaluation.models import FollowUp, Nudge, Pulse, Tally
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person


def ask_pulse(member: Member, *, due_on: date, at: datetime) -> Pulse | None:
    """Note that a member is asked how it goes; None where somebody asked for that month before."""
    try:
        with transaction.atomic():
            pulse: Pulse = Pulse.objects.create(
                **_owned(member.mentorship), mentorship=member.mentorship, member=member, due_on=due_on, asked_at=at
            )
    except IntegrityError:
        return None
    return pulse


def claim_reminder(pulse: Pulse, *, at: datetime) -> bool:
    """Note that a member is reminded, once; say whether it was us who came first."""
    rows = Pulse.objects.filter(pk=pulse.pk, reminded_at=None, answered_at=None)
    return bool(rows.update(reminded_at=at))


@transaction.atomic
def answer_pulse(pulse: Pulse, *, score: int, call_wanted: bool, words: str, at: datetime) -> None:
    """Keep how it goes for a member; the last word counts. Nobody but the coordinators and they themselves sees it.

    A call that was made is not undone: asking once more asks for another.
    """
    asks_anew = call_wanted and (not pulse.call_wanted or pulse.words != words)
    pulse.score, pulse.call_wanted, pulse.words, pulse.answered_at = score, call_wanted, words, at
    pulse.call_done_at = None if asks_anew else pulse.call_done_at
    pulse.save(update_fields=["score", "call_wanted", "words", "answered_at", "call_done_at"])
    record("answer_pulse", pulse, by=pulse.member.participant.person, at=at)


@transaction.atomic
def note_call(pulse: Pulse, *, by: Person, at: datetime) -> None:
    """Note that a coordinator called somebody who asked for it; doing it twice changes nothing."""
    rows = Pulse.objects.filter(pk=pulse.pk, call_wanted=True, call_done_at=None)
    if rows.update(call_done_at=at):
        record("note_call", pulse, by=by, at=at)


@transaction.atomic
def plan_follow_ups(mentorship: Mentorship, members: Iterable[Member], *, ended_at: datetime) -> None:
    """Set the days on which the members of a mentorship that ended are asked what became of it; once."""
    rows = (
        FollowUp(
            **_owned(mentorship),
            mentorship=mentorship,
            member=member,
            months=months,
            due_at=follow_up_due(ended_at, months),
        )
        for member in members
        for months in FOLLOW_UPS
    )
    FollowUp.objects.bulk_create(rows, ignore_conflicts=True)


def claim_follow_up(follow_up: FollowUp, *, at: datetime) -> bool:
    """Note that somebody is asked, once; say whether it was us who came first."""
    return bool(FollowUp.objects.filter(pk=follow_up.pk, asked_at=None).update(asked_at=at))


@transaction.atomic
def answer_follow_up(follow_up: FollowUp, *, still_uses: int, words: str, may_write_again: bool, at: datetime) -> None:
    """Keep what became of it for a member. Who does not want to be written to again is not."""
    follow_up.still_uses, follow_up.words = still_uses, words
    follow_up.may_write_again, follow_up.answered_at = may_write_again, at
    follow_up.save(update_fields=["still_uses", "words", "may_write_again", "answered_at"])
    if not may_write_again:
        FollowUp.objects.filter(member=follow_up.member_id, asked_at=None).delete()
    record("answer_follow_up", follow_up, by=follow_up.member.participant.person, at=at)


@transaction.atomic
def count_answer(mentorship: Mentorship, question: str, *, value: int | None, asked_at: datetime) -> None:
    """Count an answer among those of its programme and month, for when it is nobody's any more."""
    month = asked_at.date().replace(day=1)
    tally, _ = Tally.objects.get_or_create(
        programme_id=mentorship.programme_id,
        question=question,
        month=month,
        value=value or 0,
        defaults={"organisation_id": mentorship.organisation_id},
    )
    Tally.objects.filter(pk=tally.pk).update(number=F("number") + 1)


def forget_answer(answer: Pulse | FollowUp) -> bool:
    """Delete an answer; say whether it was us who came first."""
    return bool(type(answer).objects.filter(pk=answer.pk).delete()[0])


def claim_nudge(mentorship: Mentorship, *, token: str, by: Person, at: datetime) -> bool:
    """Note that a message goes to all in a mentorship, once; say whether it had not gone yet."""
    try:
        with transaction.atomic():
            Nudge.objects.create(**_owned(mentorship), mentorship=mentorship, token=token, by=by, sent_at=at)
    except IntegrityError:
        return False
    record("nudge", mentorship, by=by, at=at)
    return True


def _owned(mentorship: Mentorship) -> dict[str, int]:
    return {"organisation_id": mentorship.organisation_id, "programme_id": mentorship.programme_id}
