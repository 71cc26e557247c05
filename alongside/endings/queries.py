from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from alongside.endings.models import Achievement, Clearing, StayingInTouch, Thanks
from alongside.endings.states import NOTICE, Sees
from alongside.mentorships.clocks import months_before
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.programmes.queries import each_by_rule


def achievements_read_by(member: Member) -> QuerySet[Achievement]:
    """What mentees of a mentorship say they achieved, as far as one of its members may read it."""
    rows = Achievement.objects.filter(mentorship=member.mentorship_id).exclude(~Q(author=member) & Q(sees=Sees.ME))
    return rows.select_related("mentorship", "author__participant__person").order_by("pk")


def achievement_of(member: Member) -> Achievement | None:
    """What a mentee said they achieved, if they have."""
    found: Achievement | None = achievements_read_by(member).filter(author=member).first()
    return found


def achievements_shared(mentorships: Iterable[Mentorship]) -> QuerySet[Achievement]:
    """What mentees share with the coordinators: those read its ``shared_text`` and nothing else of it."""
    rows = Achievement.objects.filter(mentorship__in=[each.pk for each in mentorships], shared_at__isnull=False)
    return rows.select_related("author__participant__person", "mentorship__programme").order_by("-shared_at", "-pk")


def thanks_in(mentorship: Mentorship) -> QuerySet[Thanks]:
    rows = Thanks.objects.filter(mentorship=mentorship)
    return rows.select_related("mentorship", "author__participant__person")


def wish_of(member: Member) -> bool | None:
    """Whether a member wishes to stay in touch; None where they have not said."""
    found: bool | None = StayingInTouch.objects.filter(member=member).values_list("wished", flat=True).first()
    return found


def in_touch_with(member: Member) -> set[int]:
    """The other members, by primary key, with whom a member stays in touch: where both wished it."""
    rows = StayingInTouch.objects.filter(mentorship=member.mentorship_id, wished=True)
    wishing = set(rows.values_list("member", flat=True))
    return wishing - {member.pk} if member.pk in wishing else set()


def looked_back(members: Iterable[Member]) -> set[int]:
    """Which of some members have said thank you and, where they are mentees, what they achieved."""
    asked = list(members)
    thanked = set(Thanks.objects.filter(author__in=asked).values_list("author", flat=True))
    achieved = set(Achievement.objects.filter(author__in=asked).values_list("author", flat=True))
    return {each.pk for each in asked if each.pk in thanked and (each.is_mentor or each.pk in achieved)}


def mentorships_to_tell(at: datetime) -> QuerySet[Mentorship]:
    """The ended mentorships whose inside goes soon, and whose members were not told yet."""
    rows = Mentorship.objects.filter(_ended_days_ago(at + NOTICE), state=MentorshipState.ENDED)
    rows = rows.exclude(pk__in=Clearing.objects.values("mentorship")).filter(wrapped_key__isnull=False)
    return rows.select_related("programme__organisation", "cohort")


def mentorships_to_forget(at: datetime) -> QuerySet[Mentorship]:
    """The mentorships that ended so long ago that it is kept no longer when they met."""
    long_ago = each_by_rule(
        lambda rules: rules.kept.meetings_months, lambda months: Q(ended_at__lte=months_before(at, months))
    )
    rows = Mentorship.objects.filter(long_ago, state=MentorshipState.ENDED, meetings_held=None)
    return rows.order_by("pk")


def mentorships_to_clear(at: datetime) -> QuerySet[Mentorship]:
    """The ended mentorships whose inside goes now: its time is over, and its members were told long enough ago."""
    told = Clearing.objects.filter(cleared_at=None, told_at__lte=at - NOTICE)
    rows = Mentorship.objects.filter(_ended_days_ago(at), pk__in=told.values("mentorship"))
    return rows.select_related("programme__organisation")


def _ended_days_ago(at: datetime) -> Q:
    """Those that ended as many days before a moment as their programme keeps what is inside."""
    return each_by_rule(lambda rules: rules.kept.inside_days, lambda days: Q(ended_at__lte=at - timedelta(days=days)))
