from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.blueprints.sections import Survey
from alongside.kernel.editing import save_edit
from alongside.mentorships.models import Member
from alongside.questionnaires.answering import cleaned, unanswered
from alongside.questionnaires.queries import newest_definition
from alongside.surveys.clocks import is_open
from alongside.surveys.models import Response

CHOSEN = frozenset({"scale", "one", "many", "ranked"})
"""The kinds of questions whose answers were chosen from ours, and so tell of nobody."""


class NotNow(ValueError):
    """Say in plain words why something cannot be answered."""


def ask(survey: Survey, member: Member, *, at: datetime) -> Response | None:
    """Note that a member is asked; None where somebody asked them before."""
    definition = newest_definition(survey.questionnaire, member.organisation_id)
    try:
        with transaction.atomic():
            response: Response = Response.objects.create(
                **member.where,
                cohort_id=member.mentorship.cohort_id,
                member=member,
                side=member.side,
                questionnaire=definition.id,
                questionnaire_version=definition.version,
                when=survey.when,
                asked_at=at,
                version=0,
            )
    except IntegrityError:
        return None
    return response


def claim_reminder(response: Response, *, at: datetime) -> bool:
    """Note that somebody is reminded, once; say whether it was us who came first."""
    return bool(Response.objects.filter(pk=response.pk, reminded_at=None, done_at=None).update(reminded_at=at))


@transaction.atomic
def save_answers(response: Response, answers: Mapping[str, Any], *, version: int, at: datetime) -> None:
    """Keep what somebody answers as they go; nobody reads it before it is sent.

    :raises NotNow: if it was sent, or it was asked too long ago.
    :raises ChangedMeanwhile: if it was saved since, in another window.
    """
    _must_be_open(response, at)
    response.answers = cleaned(response.definition, answers)
    save_edit(response, version=version, fields=["answers"])


@transaction.atomic
def send_answers(response: Response, *, version: int, at: datetime) -> None:
    """Note that somebody is done: from now on it counts.

    :raises NotNow: if it was sent, it was asked too long ago, or a question is open.
    :raises ChangedMeanwhile: if something was saved since it was checked.
    """
    _must_be_open(response, at)
    if unanswered(response.definition, response.answers):
        raise NotNow("Some questions are still open. Answer them first.")
    response.done_at = at
    save_edit(response, version=version, fields=["done_at"])
    record("answer_survey", response, by=response.member.participant.person if response.member else None, at=at)


def forget_who(response: Response) -> bool:
    """Keep of an answer what was chosen, and nothing of whose it was; say whether it was us who came first."""
    kinds = {question.id: question.kind for question in response.definition.questions}
    chosen = {key: value for key, value in response.answers.items() if kinds.get(key) in CHOSEN}
    kept = chosen if response.done_at else {}
    rows = Response.objects.filter(pk=response.pk, member__isnull=False)
    return bool(rows.update(member=None, mentorship=None, answers=kept))


def _must_be_open(response: Response, at: datetime) -> None:
    if response.done_at:
        raise NotNow("You have answered already. Thank you.")
    if not is_open(response.asked_at, at=at):
        raise NotNow("This was asked some time ago and is closed by now. Thank you for looking.")
