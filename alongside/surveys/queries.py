from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.blueprints.rules import Rules
from alongside.blueprints.sections import Survey
from alongside.mentorships.clocks import months_before
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import WORKING, MentorshipState
from alongside.people.models import Person
from alongside.programmes.models import Cohort
from alongside.programmes.queries import each_by_rule, run_by
from alongside.questionnaires.definition import Audience
from alongside.questionnaires.queries import newest_definition
from alongside.surveys.clocks import ANSWERABLE, LATE, REMIND_AFTER, after, since
from alongside.surveys.models import Response

Asked = tuple[tuple[Survey, ...], int]
"""The surveys of some rules, and how many months a mentorship is planned for."""


def asked_by(rules: Rules) -> Asked:
    return rules.surveys, rules.length.months


def mentorships_to_survey(at: datetime) -> QuerySet[Mentorship]:
    """The mentorships in which the time of a survey has come and it was not asked."""

    def due(asked: Asked) -> Q:
        surveys, months = asked
        return reduce(or_, (_due(survey, months, at) for survey in surveys), Q(pk__in=[]))

    rows = Mentorship.objects.filter(each_by_rule(asked_by, due), going_on_at__isnull=False)
    return rows.select_related("programme__organisation", "cohort")


def _due(survey: Survey, months: int, at: datetime) -> Q:
    latest = at - after(survey.when, months=months)
    asked = Response.objects.filter(mentorship=OuterRef("pk"), questionnaire=survey.questionnaire, when=survey.when)
    field = since(survey.when)
    states = WORKING if field == "going_on_at" else {MentorshipState.ENDED}
    window = {f"{field}__lte": latest, f"{field}__gt": latest - LATE}
    return Q(~Exists(asked), state__in=states, **window)


def asks(survey: Survey, member: Member) -> bool:
    """Say whether a survey is for somebody on this side."""
    audience = newest_definition(survey.questionnaire, member.organisation_id).audience
    if audience == Audience.EACH:
        return True
    return audience == (Audience.MENTORS if member.is_mentor else Audience.MENTEES)


def responses_to_remind(at: datetime) -> QuerySet[Response]:
    """Those who were asked a week ago, have not answered and were not reminded."""
    rows = Response.objects.filter(done_at=None, reminded_at=None, asked_at__lte=at - REMIND_AFTER)
    rows = rows.filter(asked_at__gt=at - REMIND_AFTER - LATE, member__left_at=None, member__isnull=False)
    return rows.select_related(
        "member__participant__person", "member__participant__key_contact", "member__mentorship__programme__organisation"
    )


def responses_to_forget(at: datetime) -> QuerySet[Response]:
    """What was kept long enough as somebody's."""
    long_ago = each_by_rule(
        lambda rules: rules.kept.answers_months, lambda months: Q(asked_at__lte=months_before(at, months))
    )
    return Response.objects.filter(long_ago, member__isnull=False).order_by("pk")


def response_of(member: Member, ref: str) -> Response | None:
    """What a member was asked, if it was that member."""
    found: Response | None = Response.objects.filter(member=member, ref=ref).select_related("cohort").first()
    return found


def responses_of(member: Member) -> QuerySet[Response]:
    """What one member answered, for that member's own eyes."""
    return Response.objects.filter(member=member).exclude(answers={}).order_by("asked_at", "pk")


def open_responses(members: Iterable[Member], *, at: datetime) -> list[Response]:
    """What these members were asked, can still answer and have not."""
    rows = Response.objects.filter(member__in=[member.pk for member in members], done_at=None)
    return list(rows.filter(asked_at__gt=at - ANSWERABLE).order_by("asked_at", "pk"))


def responses_in(cohort: Cohort) -> QuerySet[Response]:
    """Everything that was asked and answered in a cohort."""
    return Response.objects.filter(cohort=cohort).select_related("member__participant__person")


def responses_run_by(person: Person) -> QuerySet[Response]:
    """What was asked in the programmes ``person`` coordinates."""
    return Response.objects.filter(programme__in=run_by(person)).select_related("cohort__programme")
