from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet, Sum

from alongside.meetings.models import Agenda, Feed, Meeting, Option, Reply, Said
from alongside.meetings.states import OPEN, Answer, MeetingState, Stage
from alongside.mentorships.clocks import months_before
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import mentorships_of
from alongside.mentorships.states import RUNNING, MentorshipState
from alongside.people.models import Person
from alongside.programmes.queries import each_by_rule

S = MeetingState
HELD, AHEAD = Q(state=S.HELD), Q(state=S.AGREED)


class Figures(NamedTuple):
    """How the meetings of a mentorship stand, without a word from inside it."""

    held: int = 0
    last_held_at: datetime | None = None
    next_at: datetime | None = None
    minutes: int = 0


def figures_of(mentorships: Iterable[Mentorship], *, at: datetime) -> dict[int, Figures]:
    """How many meetings each mentorship held and how long they were, when the last was and when the next is.

    By primary key, one query for all; those without a meeting have zeros. It reads no sealed word. Of one that ended so
    long ago that its meetings are kept no longer, the figures that were kept in their place count.
    """
    asked = list(mentorships)
    keys = [mentorship.pk for mentorship in asked]
    kept = {
        m.pk: Figures(m.meetings_held, minutes=m.minutes_together or 0) for m in asked if m.meetings_held is not None
    }
    rows = Meeting.objects.filter(HELD | AHEAD, mentorship__in=keys).values("mentorship").order_by("mentorship")
    rows = rows.annotate(
        held=Count("pk", filter=HELD),
        last=Max("starts_at", filter=HELD),
        next=Min("starts_at", filter=AHEAD & Q(starts_at__gt=at)),
        together=Sum("minutes", filter=HELD),
    )
    found = {row["mentorship"]: Figures(row["held"], row["last"], row["next"], row["together"] or 0) for row in rows}
    return {key: kept.get(key) or found.get(key, Figures()) for key in keys}


def opinions_to_forget(at: datetime) -> QuerySet[Said]:
    """How useful members found meetings, where it was kept long enough as somebody's."""
    long_ago = each_by_rule(
        lambda rules: rules.kept.answers_months,
        lambda months: Q(said_at__lte=months_before(at, months)),
        cohort="meeting__mentorship__cohort",
    )
    rows = Said.objects.filter(long_ago, useful__isnull=False)
    return rows.select_related("meeting__mentorship").order_by("pk")


def meetings_with_opinions_to_forget(at: datetime) -> QuerySet[Meeting]:
    """The meetings of which somebody said long enough ago how useful it was."""
    meetings = opinions_to_forget(at).order_by().values("meeting")
    return Meeting.objects.filter(pk__in=meetings).select_related("mentorship")


def meetings_of(mentorships: Iterable[Mentorship]) -> QuerySet[Meeting]:
    """The meetings of these, the earliest first, with what was suggested, answered and said at hand."""
    rows = Meeting.objects.filter(mentorship__in=[mentorship.pk for mentorship in mentorships])
    rows = rows.select_related("mentorship", "proposed_by__participant__person").order_by("starts_at", "pk")
    replies = Prefetch("replies", queryset=Reply.objects.select_related("member__participant__person"))
    said = Prefetch("said", queryset=Said.objects.order_by("pk"))
    options = Option.objects.filter(is_open=True).select_related("offered_by__participant__person")
    return rows.prefetch_related(Prefetch("options", queryset=options), replies, said)


def meeting_in(mentorship: Mentorship, ref: str) -> Meeting | None:
    """The meeting of this mentorship called ``ref``, if there is one."""
    found: Meeting | None = meetings_of([mentorship]).filter(ref=ref).first()
    return found


def proposal_of(mentorship: Mentorship) -> Meeting | None:
    """The meeting for which a time is looked for, if there is one."""
    found: Meeting | None = meetings_of([mentorship]).filter(state=S.PROPOSED).first()
    return found


def open_times(meeting: Meeting, *, at: datetime) -> list[Option]:
    """The times suggested for a meeting that can still be booked."""
    options = meeting.options.filter(is_open=True, starts_at__gt=at)
    return list(options.prefetch_related(Prefetch("replies", queryset=Reply.objects.all())))


def yes_of_all(meeting: Meeting, members: Iterable[Member], *, at: datetime) -> Option | None:
    """The earliest suggested time to which each of these said yes, if there is one."""
    everybody = {member.pk for member in members}
    for option in open_times(meeting, at=at):
        can = {reply.member_id for reply in option.replies.all() if reply.answer == Answer.YES}
        if everybody and everybody <= can:
            return option
    return None


def agreed_meetings(mentorship: Mentorship) -> QuerySet[Meeting]:
    """The meetings all agreed on, not yet said to have been held or not, the earliest first."""
    return Meeting.objects.filter(mentorship=mentorship, state=S.AGREED).order_by("starts_at", "pk")


def noted_for_them(mentorship: Mentorship) -> QuerySet[Meeting]:
    """The meetings of a mentorship that were noted for its members, and of which none of them said anything yet."""
    return Meeting.objects.filter(HELD, mentorship=mentorship, minutes=None, proposed_by=None, said=None)


def open_meetings(mentorship: Mentorship) -> QuerySet[Meeting]:
    """The meetings of a mentorship that are still to come or to be found a time for."""
    return Meeting.objects.filter(mentorship=mentorship, state__in=OPEN).order_by("pk")


def meetings_to_ask_about(at: datetime) -> QuerySet[Meeting]:
    """The meetings about which their members are to be asked by ``at`` how it was."""
    rows = Meeting.objects.filter(ask_at__lte=at).order_by("ask_at", "pk")
    return rows.select_related("mentorship__programme__organisation")


def meeting_called(uid: str) -> Meeting | None:
    """The meeting that calendars keep under ``uid``. Whoever asks must look at who is a member before anything else."""
    ref, _, ours = uid.strip().partition("@")
    rows = Meeting.unscoped.filter(ref=ref) if ours == "alongside" else Meeting.unscoped.none()
    found: Meeting | None = rows.select_related("mentorship__programme__organisation").first()
    return found


def agenda_of(meeting: Meeting) -> Agenda | None:
    """What somebody wrote for a meeting; only in a scope that names the mentorship."""
    found: Agenda | None = (
        Agenda.objects.filter(meeting=meeting).select_related("mentorship", "edited_by__participant__person").first()
    )
    return found


def stage_of(meeting: Meeting, *, held_before: int) -> Stage:
    """Where in the life of its mentorship a meeting stands, after so many that were held."""
    mentorship, middle = meeting.mentorship, max(2, meeting.mentorship.cohort.rules.meetings.expected // 2)
    if mentorship.state == MentorshipState.ENDING:
        return Stage.LAST
    if held_before < 2:
        return (Stage.FIRST, Stage.SECOND)[held_before]
    return Stage.REVIEW if held_before == middle else Stage.LATER


def own_meetings(person: Person) -> list[Meeting]:
    """The meetings of all mentorships of a person that were agreed or held, with all members. Their own: asks no scope.

    What is sealed in them opens only in a scope that names those mentorships.
    """
    everybody = Prefetch(
        "mentorship__members",
        queryset=Member.unscoped.filter(left_at=None).select_related("participant__person").order_by("-side", "pk"),
    )
    rows = Meeting.unscoped.filter(mentorship__in=mentorships_of(person).values("pk"), state__in=[S.AGREED, S.HELD])
    return list(rows.select_related("mentorship").prefetch_related(everybody).order_by("starts_at", "pk"))


def feed_of(person: Person) -> Feed | None:
    """The calendar address of a person, if they made one."""
    return Feed.objects.filter(person=person).first()


def low_usefulness(mentorships: Iterable[Mentorship], *, at_most: int = 2) -> set[int]:
    """In which mentorships somebody found their last meeting of little use, by primary key: never who, nor how little.

    For the alerts of coordinators, and for nothing else.
    """
    rows = Said.objects.filter(meeting__mentorship__in=[m.pk for m in mentorships], useful__isnull=False)
    rows = rows.filter(meeting__mentorship__state__in=RUNNING).order_by("meeting__starts_at", "pk")
    latest: dict[tuple[int, int], int] = {}
    for mentorship, member, useful in rows.values_list("meeting__mentorship", "member", "useful"):
        latest[mentorship, member] = useful
    return {mentorship for (mentorship, _), useful in latest.items() if useful <= at_most}
