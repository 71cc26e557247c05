"""An assessment goes from hand to hand: each step, who is told of it, and what the directory shows then."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.assessments import actions
from alongside.assessments.actions import Plan, Said
from alongside.assessments.clocks import Clock, fallen_due
from alongside.assessments.models import Assessment, Assignment
from alongside.assessments.queries import assessors_of, has_rung, stewards_of
from alongside.assessments.standard import Result
from alongside.assessments.states import AssessmentState, AssessorState, Due, Outcome
from alongside.directory.actions import set_standing
from alongside.directory.models import Listing
from alongside.finding.offers import Standing
from alongside.journeys import assessment_emails as emails
from alongside.mentorships.clocks import ZONE
from alongside.organisations.queries import coordinators_of
from alongside.people.actions import find_or_create_person
from alongside.people.models import Person


@transaction.atomic
def send_assessment(assessment: Assessment, measured: Sequence[Mapping[str, Any]], *, by: Person, at: datetime) -> None:
    """Send a self-assessment to the network.

    :raises ValueError: if something is left to do.
    :raises MoveNotAllowed: if it was sent already.
    """
    actions.send(assessment, measured, by=by, at=at)
    for steward in stewards_of(assessment):
        emails.tell_it_was_sent(steward, assessment, at=at)


@transaction.atomic
def send_assessment_back(assessment: Assessment, words: str, *, by: Person, at: datetime) -> None:
    """Ask the organisation for more before anybody scores.

    :raises MoveNotAllowed: if two are at it.
    """
    asked = assessors_of(assessment)
    actions.send_back(assessment, words, by=by, at=at)
    for coordinator in coordinators_of([assessment.organisation_id]):
        emails.tell_it_was_sent_back(coordinator, assessment, at=at)
    _thank(asked, assessment, at)


@transaction.atomic
def appoint_assessor(assessment: Assessment, *, email: str, name: str, by: Person, at: datetime) -> Assignment:
    """Ask somebody by their address, whether or not they have an account.

    :raises ValueError: if they run the organisation, were asked before, or two are asked already.
    :raises MoveNotAllowed: if nobody is wanted now.
    """
    person = find_or_create_person(email=email, name=name, at=at)
    assignment = actions.appoint(assessment, person, by=by, at=at)
    emails.ask_to_score(person, assessment, at=at)
    return assignment


@transaction.atomic
def let_assessor_go(assignment: Assignment, *, by: Person, at: datetime) -> None:
    """Let somebody go who has not handed in.

    :raises MoveNotAllowed: if they have.
    """
    actions.release(assignment, by=by, at=at)
    emails.tell_assessor_not_needed(assignment.person, assignment.assessment, at=at)


@transaction.atomic
def declare_conflict(assignment: Assignment, words: str, *, by: Person, at: datetime) -> None:
    """Take an assessor off who has a conflict of interest, and tell the stewards that somebody else is wanted.

    :raises MoveNotAllowed: if they handed in.
    """
    actions.declare_conflict(assignment, words, by=by, at=at)
    for steward in stewards_of(assignment.assessment):
        emails.tell_assessor_is_missing(steward, assignment.assessment, at=at)


@transaction.atomic
def hand_in_scores(assignment: Assignment, *, by: Person, at: datetime) -> None:
    """Hand in one's scores; with the second the stewards are told.

    :raises ValueError: if a criterion has no score.
    :raises MoveNotAllowed: if they handed in already.
    """
    if actions.hand_in(assignment, by=by, at=at):
        for steward in stewards_of(assignment.assessment):
            emails.tell_both_have_scored(steward, assignment.assessment, at=at)


@transaction.atomic
def decide_assessment(
    assessment: Assessment, finals: Mapping[str, Said], *, words: str, plan: Plan | None, by: Person, at: datetime
) -> Result:
    """Decide, first or on an appeal; tell the organisation, and let its listing show what it came to.

    :raises ValueError: if a score, a reason or a plan is missing.
    :raises MoveNotAllowed: if there is nothing to decide.
    """
    appealed = assessment.state == AssessmentState.APPEALED
    result = actions.decide(assessment, finals, words=words, plan=plan, by=by, at=at)
    _show(assessment, by=by, at=at)
    tell = emails.tell_appeal_decided if appealed else emails.tell_decision
    for coordinator in coordinators_of([assessment.organisation_id]):
        tell(coordinator, assessment, at=at)
    return result


@transaction.atomic
def appeal_assessment(assessment: Assessment, words: str, *, by: Person, at: datetime) -> None:
    """Appeal against a decision, which holds meanwhile.

    :raises ValueError: if it is too late, or there was an appeal.
    """
    actions.appeal(assessment, words, by=by, at=at)
    for steward in stewards_of(assessment):
        emails.tell_of_appeal(steward, assessment, at=at)


@transaction.atomic
def withdraw_assessment(assessment: Assessment, *, by: Person, at: datetime) -> None:
    """Take it back before it is decided; whoever was asked to score it is thanked.

    :raises MoveNotAllowed: if it is decided.
    """
    _thank(actions.withdraw(assessment, by=by, at=at), assessment, at)


def run_assessment_clocks(assessment: Assessment, *, at: datetime) -> None:
    """Let everything happen that has fallen due of one assessment and has not rung."""
    for fell_due, clock in fallen_due(assessment, at=at):
        if not has_rung(assessment, clock.due, fell_due):
            _ring(assessment, clock, fell_due, at)


@transaction.atomic
def _ring(assessment: Assessment, clock: Clock, fell_due: datetime, at: datetime) -> None:
    if clock.falls_due(assessment) is None or not actions.ring(assessment, clock.due, fell_due=fell_due, at=at):
        return
    if clock.ends:
        _lapse(assessment, clock.due, at)
    for person in _told(assessment, clock):
        emails.remind_of_assessment(person, assessment, due=clock.due, at=at)


def _lapse(assessment: Assessment, due: Due, at: datetime) -> None:
    actions.lapse(assessment, due, at=at)
    _show(assessment, by=None, at=at)


def _told(assessment: Assessment, clock: Clock) -> list[Person]:
    people: dict[int, Person] = {}
    if "coordinators" in clock.tells:
        people |= {each.pk: each for each in coordinators_of([assessment.organisation_id])}
    if "stewards" in clock.tells:
        people |= {each.pk: each for each in stewards_of(assessment)}
    if "assessors" in clock.tells:
        left = [each for each in assessors_of(assessment) if each.state != AssessorState.HANDED_IN]
        people |= {each.person_id: each.person for each in left}
    return list(people.values())


def _show(assessment: Assessment, *, by: Person | None, at: datetime) -> None:
    """Let the organisation's listing say what its assessment comes to; the outcome and its dates, no more."""
    listing = Listing.objects.filter(organisation=assessment.organisation_id).first()
    if listing is None or not assessment.standard.lists:
        return
    day = at.astimezone(ZoneInfo(ZONE)).date()
    holds = assessment.state == AssessmentState.DECIDED and assessment.outcome != Outcome.VISIBLE
    until = assessment.holds_until.astimezone(ZoneInfo(ZONE)).date() if assessment.holds_until and holds else None
    standing = Standing(assessment.outcome) if holds else Standing.VISIBLE
    set_standing(listing, standing, since=day, until=until, by=by, at=at)


def _thank(asked: Sequence[Assignment], assessment: Assessment, at: datetime) -> None:
    for assignment in asked:
        emails.tell_assessor_not_needed(assignment.person, assessment, at=at)
