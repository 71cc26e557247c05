from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from alongside.mentorships.models import Member, Mentorship
from alongside.questionnaires.definition import Audience, Definition
from alongside.questionnaires.queries import newest_definitions, own_table
from alongside.reviews.models import AllRoundReview, Rater

REMIND_AFTER = timedelta(days=7)
OPEN_FOR = timedelta(days=21)


def reviews_of(members: Iterable[Member]) -> QuerySet[AllRoundReview]:
    """The reviews these members asked for, with whom they asked, the latest first. They are theirs alone."""
    rows = _with_definitions(AllRoundReview.objects.filter(mentee__in=[member.pk for member in members]))
    raters = Rater.objects.select_related("mentorship")
    return rows.select_related("mentorship").prefetch_related(Prefetch("raters", queryset=raters))


def results_shown_to(member: Member) -> QuerySet[AllRoundReview]:
    """The reviews that closed whose result a member may read: their own, and those shared by whom they are about."""
    rows = _with_definitions(AllRoundReview.objects.filter(mentorship=member.mentorship_id))
    rows = rows.filter(closed_at__isnull=False)
    rows = rows.filter(Q(mentee=member) | Q(shared_at__isnull=False))
    return rows.select_related("mentorship", "mentee__participant__person")


def offered_to(member: Member) -> list[Definition]:
    """The questionnaires with which a member can ask those around them."""
    if member.is_mentor:
        return []
    return [each for each in newest_definitions(member.organisation_id) if each.audience == Audience.RATERS]


def rater_called(ref: str) -> Rater | None:
    """Whom a link was written to, shut: past the scope, as it names this one row."""
    rows = Rater.unscoped.filter(ref=ref, asked_at__isnull=False)
    found: Rater | None = rows.select_related(
        "mentorship__programme__organisation", "review__mentorship", "review__mentee__participant__person"
    ).first()
    return found


def raters_to_remind(mentorship: Mentorship, at: datetime) -> QuerySet[Rater]:
    """Who was asked a week ago, has said nothing, and was not reminded."""
    rows = Rater.objects.filter(mentorship=mentorship, review__closed_at=None, asked_at__lte=at - REMIND_AFTER)
    rows = rows.filter(reminded_at=None, done_at=None, declined_at=None, review__closes_at__gt=at)
    return rows.select_related("mentorship", "review__mentorship", "review__mentee__participant__person")


def reviews_to_close(mentorship: Mentorship, at: datetime) -> QuerySet[AllRoundReview]:
    """The reviews of a mentorship whose time is over."""
    rows = AllRoundReview.objects.filter(mentorship=mentorship, closed_at=None, closes_at__lte=at)
    return rows.select_related("mentorship", "mentee__participant__person")


def letters_to_raters(mentorship: Mentorship) -> list[str]:
    """The refs of all emails to whoever was asked in a mentorship."""
    rows = Rater.objects.filter(mentorship=mentorship).select_related("mentorship")
    return [ref for rater in rows for ref in rater.letters]


def mentorships_with_a_review_due(at: datetime) -> list[Mentorship]:
    """In which mentorships somebody is to be reminded, or a review closes: that one is, not of whom."""
    waiting = Rater.unscoped.filter(asked_at__lte=at - REMIND_AFTER, reminded_at=None, done_at=None, declined_at=None)
    waiting = waiting.filter(review__closed_at=None, review__closes_at__gt=at)
    over = AllRoundReview.unscoped.filter(closed_at=None, closes_at__lte=at)
    found = {*waiting.values_list("mentorship", flat=True), *over.values_list("mentorship", flat=True)}
    rows = Mentorship.objects.filter(pk__in=found, wrapped_key__isnull=False)
    return list(rows.select_related("programme__organisation"))


def _with_definitions(rows: QuerySet[AllRoundReview]) -> QuerySet[AllRoundReview]:
    named = {"organisation": "organisation_id", "key": "questionnaire", "version": "questionnaire_version"}
    found: QuerySet[AllRoundReview] = rows.annotate(own_table=own_table(**named))
    return found
