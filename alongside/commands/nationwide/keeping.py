"""Everything about the lives of mentorships that is kept: members, meetings, how it goes, what was asked, what went.

Nothing is written inside: no message, note or goal. A mentorship that runs, or ended of late, has a key as every one
has; of those that ended long ago the key is thrown away and how often they met is kept in two numbers, as the clocks
do it.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model

from alongside.commands.nationwide.lives import Life, answers_of, meetings_until
from alongside.endings.models import Clearing
from alongside.endings.states import NOTICE
from alongside.evaluation.clocks import FOLLOW_UPS, follow_up_due
from alongside.evaluation.models import FollowUp, Pulse
from alongside.kernel import sealing
from alongside.meetings.models import Meeting
from alongside.meetings.states import MeetingState, Mode
from alongside.mentorships.clocks import ZONE, months_before
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import WORKING, MentorshipState
from alongside.programmes.models import Cohort
from alongside.questionnaires.queries import newest_definition
from alongside.surveys.clocks import after, has_come, since
from alongside.surveys.models import Response
from alongside.surveys.queries import asks

AT_ONCE = 1000
PLANNED_FOR = timedelta(days=90)
MODES = [mode.value for mode in (Mode.ONLINE, Mode.IN_PERSON, Mode.TELEPHONE)]
Row = TypeVar("Row", bound=Model)


def keep(rows: Sequence[Row]) -> None:
    """Write rows of one table, many at a time."""
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_ONCE)


def keep_lives(cohort: Cohort, lives: Sequence[Life], dice: random.Random, now: datetime) -> None:
    """Write mentorships with everything about them."""
    met: dict[str, list[datetime]] = {}
    for life in lives:
        met[life.mentorship.ref] = list(meetings_until(life.mentorship, dice, now))
        _put_away(cohort, life.mentorship, len(met[life.mentorship.ref]), now)
    keep([life.mentorship for life in lives])
    members = [member for life in lives for member in _members(life)]
    keep(members)
    keep([each for life in lives for each in _meetings(life.mentorship, met[life.mentorship.ref], dice)])
    keep([each for member in members for each in _pulses(cohort, member, dice, now)])
    keep([each for member in members for each in _follow_ups(member, now)])
    keep([each for member in members for each in _responses(cohort, member, now)])
    keep([each for life in lives for each in _clearings(cohort, life.mentorship, now)])


def _put_away(cohort: Cohort, mentorship: Mentorship, held: int, now: datetime) -> None:
    """Give a mentorship its key, or leave of one that ended long ago what is left of it."""
    kept, ended = cohort.rules.kept, mentorship.ended_at
    if ended is None or ended > now - kept.inside:
        mentorship.wrapped_key = sealing.key_ring().wrap(sealing.new_key(), about=mentorship.key_name)
    if ended and ended <= months_before(now, kept.meetings_months):
        mentorship.meetings_held, mentorship.minutes_together = held, held * cohort.rules.meetings.minutes
        mentorship.first_meeting_at = None


def _members(life: Life) -> Iterator[Member]:
    said = answers_of(life.mentorship)
    ending = life.mentorship.ending if life.mentorship.met_at else ""
    for participant in (life.mentor, life.mentee):
        yield Member(
            **_owned(life.mentorship),
            mentorship=life.mentorship,
            participant=participant,
            side=participant.side,
            said_ending=ending,
            **said,
        )


def _meetings(mentorship: Mentorship, held: Sequence[datetime], dice: random.Random) -> Iterator[Meeting]:
    if mentorship.meetings_held is not None:
        return
    usual = dice.choices(MODES, [60, 30, 10])[0]
    for moment in held:
        yield Meeting(
            **_owned(mentorship),
            mentorship=mentorship,
            state=MeetingState.HELD.value,
            starts_at=moment,
            minutes=dice.choice([45, 60, 60, 90]),
            mode=usual,
            proposed_at=moment - timedelta(days=2),
            asked_at=moment + timedelta(hours=3),
        )


def _pulses(cohort: Cohort, member: Member, dice: random.Random, now: datetime) -> Iterator[Pulse]:
    """How it goes, as each was asked last and the time before: four of five answer."""
    mentorship, rhythm = member.mentorship, cohort.rules.pulse.rhythm_days
    if mentorship.state not in WORKING or mentorship.going_on_at is None:
        return
    times = (now - mentorship.going_on_at).days // rhythm
    for number in range(max(1, times - 1), times + 1):
        asked_at = mentorship.going_on_at + timedelta(days=number * rhythm)
        answered = dice.random() < 0.8
        yield Pulse(
            **_owned(mentorship),
            mentorship=mentorship,
            member=member,
            due_on=asked_at.astimezone(ZoneInfo(ZONE)).date(),
            asked_at=asked_at,
            reminded_at=None if answered else asked_at,
            answered_at=asked_at if answered else None,
            score=dice.choices([1, 2, 3, 4, 5], [1, 3, 16, 50, 30])[0] if answered else None,
        )


def _follow_ups(member: Member, now: datetime) -> Iterator[FollowUp]:
    """The days on which members are asked what came of it, planned as soon as it ended."""
    mentorship = member.mentorship
    if not mentorship.ended_at or not mentorship.going_on_at or mentorship.ended_at <= now - PLANNED_FOR:
        return
    for months in FOLLOW_UPS:
        due_at = follow_up_due(mentorship.ended_at, months)
        asked = due_at if due_at <= now else None
        yield FollowUp(
            **_owned(mentorship), mentorship=mentorship, member=member, months=months, due_at=due_at, asked_at=asked
        )


def _responses(cohort: Cohort, member: Member, now: datetime) -> Iterator[Response]:
    """The surveys whose time came in the last two weeks: asked, and after a week reminded."""
    months = cohort.rules.length.months
    for survey in cohort.rules.surveys:
        if has_come(survey.when, member.mentorship, months=months, at=now) and asks(survey, member):
            moment = getattr(member.mentorship, since(survey.when)) + after(survey.when, months=months)
            yield Response(
                **_owned(member.mentorship),
                mentorship=member.mentorship,
                cohort=cohort,
                member=member,
                side=member.side,
                questionnaire=survey.questionnaire,
                questionnaire_version=newest_definition(survey.questionnaire, cohort.organisation_id).version,
                when=survey.when,
                asked_at=moment,
                reminded_at=moment + timedelta(days=7) if moment + timedelta(days=7) <= now else None,
            )


def _clearings(cohort: Cohort, mentorship: Mentorship, now: datetime) -> Iterator[Clearing]:
    """That members were told that what is inside goes, and that it has gone."""
    kept = cohort.rules.kept.inside
    if mentorship.state != MentorshipState.ENDED or mentorship.ended_at is None:
        return
    told_at, goes_at = mentorship.ended_at + kept - NOTICE, mentorship.ended_at + kept
    if told_at <= now:
        cleared = goes_at if mentorship.wrapped_key is None else None
        yield Clearing(**_owned(mentorship), mentorship=mentorship, told_at=told_at, cleared_at=cleared)


def _owned(mentorship: Mentorship) -> dict[str, Any]:
    return {"organisation_id": mentorship.organisation_id, "programme_id": mentorship.programme_id}
