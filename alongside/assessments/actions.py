from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.assessments.clocks import can_appeal, can_declare
from alongside.assessments.models import (
    Answer,
    Assessment,
    Assignment,
    Declaration,
    Evidence,
    Final,
    Rung,
    Score,
)
from alongside.assessments.queries import (
    answers_of,
    assessors_of,
    decided_before,
    judged_by_it,
    last_of,
    left_to_do,
    runs_it,
    scores_handed_in,
)
from alongside.assessments.standard import Criterion, Result, Standard
from alongside.assessments.standards import evidence_kinds
from alongside.assessments.states import (
    ASSESSOR_LIFE,
    ASSESSORS,
    LIFE,
    AssessmentState,
    AssessorState,
    Due,
    Outcome,
)
from alongside.audit.actions import record
from alongside.files.kinds import kind_of
from alongside.kernel import sealing
from alongside.kernel.lifecycle import MoveNotAllowed, make_move
from alongside.mentorships.clocks import ZONE, months_after
from alongside.organisations.models import Organisation
from alongside.people.models import Person

LARGEST = 10 * 1024 * 1024
MOST_OF_A_KIND = 10


class Said(NamedTuple):
    """A score and the words for it."""

    score: int
    words: str = ""


class Plan(NamedTuple):
    """What an organisation is to put right, and by when."""

    words: str
    until: date


@transaction.atomic
def begin(organisation: Organisation, standard: Standard, *, by: Person, at: datetime) -> Assessment:
    """Begin to assess an organisation by a standard, with the words of the last time where there were any.

    :raises ValueError: if one is in hand, or an appeal is.
    """
    before = last_of(organisation, standard)
    if before and before.state == AssessmentState.APPEALED:
        raise ValueError(_("Your appeal is not decided yet. Begin again after that."))
    made = Assessment(organisation=organisation, standard_id=standard.id, version=standard.version, begun_at=at)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise ValueError(_("An assessment by this standard is in hand already. Go on with that one.")) from error
    if before:
        _copy_answers(before, made, at)
    record("begin_assessment", made, by=by, at=at, standard=standard.key)
    return made


def _copy_answers(before: Assessment, made: Assessment, at: datetime) -> None:
    kept = [row for row in answers_of(before).values() if made.standard.criterion(row.criterion)]
    Answer.objects.bulk_create(
        Answer(**_of(made), criterion=row.criterion, score=None, words=row.words, saved_at=at) for row in kept
    )


@transaction.atomic
def save_answer(
    assessment: Assessment, criterion: Criterion, *, score: int | None, words: str, by: Person, at: datetime
) -> None:
    """Keep how an organisation scores itself in one criterion.

    :raises MoveNotAllowed: if it was sent.
    :raises ValueError: if the score is not on the scale.
    """
    _must_be(assessment, AssessmentState.SELF_ASSESSING, "save")
    if score is not None:
        _on_the_scale(assessment, score)
    said = {"score": score, "words": words, "saved_at": at}
    Answer.objects.update_or_create(assessment=assessment, criterion=criterion.id, defaults={**_of(assessment), **said})
    record("assess_oneself", assessment, by=by, at=at, criterion=criterion.id)


@transaction.atomic
def save_gates(assessment: Assessment, gates: Mapping[str, bool], *, by: Person, at: datetime) -> None:
    """Keep what an organisation says to the gate items.

    :raises MoveNotAllowed: if it was sent.
    """
    _must_be(assessment, AssessmentState.SELF_ASSESSING, "save")
    assessment.gates = {gate.id: gates[gate.id] for gate in assessment.standard.gates if gate.id in gates}
    assessment.save(update_fields=["gates"])
    record("answer_gates", assessment, by=by, at=at)


@transaction.atomic
def add_link(
    organisation: Organisation, kind: str, *, title: str, link: str, reviewed_on: date, by: Person, at: datetime
) -> Evidence:
    """Keep an address as evidence.

    :raises ValueError: if there is no such kind of evidence, or enough of it.
    """
    return _add(organisation, kind, by, at, title=title, link=link, reviewed_on=reviewed_on)


@transaction.atomic
def add_file(
    organisation: Organisation,
    kind: str,
    *,
    title: str,
    name: str,
    content: bytes,
    reviewed_on: date,
    by: Person,
    at: datetime,
) -> Evidence:
    """Keep a file as evidence, sealed.

    :raises NotTaken: if it is no kind of file that is taken.
    :raises ValueError: if it is too large, or there is no such kind of evidence, or enough of it.
    """
    if len(content) > LARGEST:
        raise ValueError(_("This file is larger than 10 MB. Make it smaller, or give its address."))
    taken = kind_of(content, name)
    about = {"name": name[-150:], "kind_name": taken.extension, "size": len(content)}
    return _add(organisation, kind, by, at, title=title, reviewed_on=reviewed_on, content=content, **about)


def _add(
    organisation: Organisation, kind: str, by: Person, at: datetime, *, content: bytes = b"", **about: Any
) -> Evidence:
    if kind not in evidence_kinds():
        raise ValueError(_("There is no such evidence."))
    if Evidence.objects.filter(organisation=organisation, kind_id=kind).count() >= MOST_OF_A_KIND:
        raise ValueError(_("There are ten of this kind already. Take one away first, or put several into one file."))
    row = Evidence(organisation=organisation, kind_id=kind, added_at=at, **about)
    row.sealed = sealing.key_ring().wrap(content, about=row.about) if content else b""
    row.save(force_insert=True)
    record("add_evidence", row, by=by, at=at, kind=kind)
    return row


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Person, at: datetime) -> None:
    """Take evidence away.

    :raises ValueError: if somebody judges by it now.
    """
    if judged_by_it(evidence):
        raise ValueError(_("Somebody is judging by this now. Add what is newer; take this away after the decision."))
    record("remove_evidence", evidence, by=by, at=at, kind=evidence.kind_id)
    evidence.delete()


def wrap_anew(evidence: Evidence) -> bool:
    """Seal a file with the newest key of the installation; say whether that was needed."""
    if not evidence.sealed or sealing.key_ring().is_newest(bytes(evidence.sealed)):
        return False
    evidence.sealed = sealing.key_ring().wrap(evidence.content, about=evidence.about)
    evidence.save(update_fields=["sealed"])
    return True


@transaction.atomic
def send(assessment: Assessment, measured: Sequence[Mapping[str, Any]], *, by: Person, at: datetime) -> None:
    """Send it to the network, with what Alongside has counted by now.

    :raises ValueError: if something is left to do.
    :raises MoveNotAllowed: if it was sent already.
    """
    if left_to_do(assessment):
        raise ValueError(_("Something is left to do before it can be sent."))
    make_move(assessment, LIFE, "send", sent_at=at, measured=list(measured), sent_back="")
    record("send_assessment", assessment, by=by, at=at)


@transaction.atomic
def send_back(assessment: Assessment, words: str, *, by: Person, at: datetime) -> None:
    """Ask an organisation for more before anybody scores it; who was asked so far is let go.

    :raises MoveNotAllowed: if two are at it.
    """
    make_move(assessment, LIFE, "send_back", sent_back=words)
    _let_go(assessment)
    record("send_assessment_back", assessment, by=by, at=at)


@transaction.atomic
def withdraw(assessment: Assessment, *, by: Person, at: datetime) -> list[Assignment]:
    """Take an assessment back before it is decided; return who was asked to score it.

    :raises MoveNotAllowed: if it is decided.
    """
    asked = assessors_of(assessment)
    make_move(assessment, LIFE, "withdraw")
    _let_go(assessment)
    record("withdraw_assessment", assessment, by=by, at=at)
    return asked


@transaction.atomic
def appoint(assessment: Assessment, person: Person, *, by: Person, at: datetime) -> Assignment:
    """Ask somebody to score it. With the second it is handed over, and the time to score begins.

    :raises ValueError: if they run the organisation, were asked before, or two are asked already.
    :raises MoveNotAllowed: if nobody is wanted now.
    """
    _lock(assessment)
    if assessment.state not in (AssessmentState.SENT, AssessmentState.WITH_ASSESSORS):
        raise MoveNotAllowed(assessment.state, "appoint")
    if runs_it(person, assessment):
        raise ValueError(_("They run this organisation. Ask somebody from elsewhere."))
    if len(assessors_of(assessment)) >= ASSESSORS:
        raise ValueError(_("Two are asked already. Let one of them go first."))
    assignment = _ask(assessment, person, at)
    record("appoint_assessor", assignment, by=by, at=at)
    if len(assessors_of(assessment)) == ASSESSORS:
        _hand_over(assessment, at)
    return assignment


def _ask(assessment: Assessment, person: Person, at: datetime) -> Assignment:
    try:
        with transaction.atomic():
            made: Assignment = Assignment.objects.create(**_of(assessment), person=person, asked_at=at)
    except IntegrityError as error:
        raise ValueError(_("They were asked to score this one before. Ask somebody else.")) from error
    return made


def _hand_over(assessment: Assessment, at: datetime) -> None:
    if assessment.state == AssessmentState.SENT:
        make_move(assessment, LIFE, "hand_over", handed_over_at=at)
        return
    assessment.handed_over_at = at
    assessment.save(update_fields=["handed_over_at"])


def release(assignment: Assignment, *, by: Person, at: datetime) -> None:
    """Let somebody go who has not handed in; what they wrote so far is deleted.

    :raises MoveNotAllowed: if they handed in, or are not at it any more.
    """
    _leave(assignment, "release", by=by, at=at)


def declare_conflict(assignment: Assignment, words: str, *, by: Person, at: datetime) -> None:
    """Note that somebody has a conflict of interest: they score nothing, and somebody else is asked.

    :raises MoveNotAllowed: if they handed in, or are not at it any more.
    """
    _leave(assignment, "declare_conflict", by=by, at=at, conflict=words, declared_at=at)


@transaction.atomic
def _leave(assignment: Assignment, move: str, *, by: Person, at: datetime, **changes: Any) -> None:
    make_move(assignment, ASSESSOR_LIFE, move, **changes)
    Score.objects.filter(assignment=assignment).delete()
    record(f"assessor_{move}", assignment, by=by, at=at)


@transaction.atomic
def declare_none(assignment: Assignment, *, by: Person, at: datetime) -> None:
    """Note that somebody has no conflict of interest; from now on they read it and score.

    :raises MoveNotAllowed: if they said so before.
    """
    make_move(assignment, ASSESSOR_LIFE, "declare_none", declared_at=at)
    record("declare_no_conflict", assignment, by=by, at=at)


@transaction.atomic
def save_score(assignment: Assignment, criterion: Criterion, said: Said, *, by: Person, at: datetime) -> None:
    """Keep what an assessor makes of one criterion.

    :raises MoveNotAllowed: if they may not score, or handed in.
    :raises ValueError: if the score is not on the scale.
    """
    _must_be(assignment, AssessorState.SCORING, "score")
    _must_be(assignment.assessment, AssessmentState.WITH_ASSESSORS, "score")
    _on_the_scale(assignment.assessment, said.score)
    values = {**_of(assignment.assessment), "score": said.score, "words": said.words, "saved_at": at}
    Score.objects.update_or_create(assignment=assignment, criterion=criterion.id, defaults=values)
    record("score_criterion", assignment, by=by, at=at, criterion=criterion.id)


@transaction.atomic
def hand_in(assignment: Assignment, *, by: Person, at: datetime) -> bool:
    """Hand in one's scores; say whether the other had handed in, so that it goes to moderation.

    :raises ValueError: if a criterion has no score.
    :raises MoveNotAllowed: if they handed in already.
    """
    assessment = assignment.assessment
    _lock(assessment)
    _must_be(assessment, AssessmentState.WITH_ASSESSORS, "hand_in")
    scored = set(Score.objects.filter(assignment=assignment).values_list("criterion", flat=True))
    if left := [each.number for each in assessment.standard.criteria if each.id not in scored]:
        raise ValueError(_("Score every criterion first. Left: %(numbers)s.") % {"numbers": ", ".join(left)})
    make_move(assignment, ASSESSOR_LIFE, "hand_in", handed_in_at=at)
    record("hand_in_scores", assignment, by=by, at=at)
    both = [each for each in assessors_of(assessment) if each.state == AssessorState.HANDED_IN]
    if len(both) == ASSESSORS:
        make_move(assessment, LIFE, "all_scored", scored_at=at)
    return len(both) == ASSESSORS


@transaction.atomic
def decide(
    assessment: Assessment,
    finals: Mapping[str, Said],
    *,
    words: str,
    plan: Plan | None,
    by: Person,
    at: datetime,
) -> Result:
    """Decide by the final scores, first or on an appeal; what they come to is the standard's rule, nobody's wish.

    :raises ValueError: if a score is missing, a reason is, or the plan is where there are conditions.
    :raises MoveNotAllowed: if there is nothing to decide.
    """
    _lock(assessment)
    standard, appealed = assessment.standard, assessment.state == AssessmentState.APPEALED
    result = standard.result({name: said.score for name, said in finals.items()})
    _must_have_reasons(assessment, finals)
    until = _holds_until(standard, result, plan, at)
    made = {
        "outcome": result.outcome.value,
        "level": result.level,
        "holds_until": until,
        "declare_by": _declare_by(standard, result, at, until),
        "plan": plan.words if plan and result.outcome == Outcome.CONDITIONAL else "",
    }
    of_appeal = {"appeal_words": words, "appeal_decided_at": at, "appeal_decided_by": by}
    of_first = {"words": words, "decided_at": at, "moderator": by}
    make_move(assessment, LIFE, "decide", **made, **(of_appeal if appealed else of_first))
    _keep_finals(assessment, finals, at)
    for before in decided_before(assessment):
        make_move(before, LIFE, "replace")
    verb = "decide_appeal" if appealed else "decide_assessment"
    record(verb, assessment, by=by, at=at, outcome=result.outcome.value, level=result.level)
    return result


def needs_reason(scores: Sequence[int], final: int) -> bool:
    """Tell whether a final score has to be given a reason: the two differ, or it is another than theirs."""
    return any(score != final for score in scores)


def _must_have_reasons(assessment: Assessment, finals: Mapping[str, Said]) -> None:
    given = scores_handed_in(assessment)
    without = [
        each.number
        for each in assessment.standard.criteria
        if needs_reason([row.score for row in given.get(each.id, [])], finals[each.id].score)
        and not finals[each.id].words
    ]
    if without:
        said = _("Say why, where the two differ or you decide otherwise. Left: %(numbers)s.")
        raise ValueError(said % {"numbers": ", ".join(without)})


def _keep_finals(assessment: Assessment, finals: Mapping[str, Said], at: datetime) -> None:
    for criterion in assessment.standard.criteria:
        said = finals[criterion.id]
        values = {**_of(assessment), "score": said.score, "words": said.words, "decided_at": at}
        Final.objects.update_or_create(assessment=assessment, criterion=criterion.id, defaults=values)


def _holds_until(standard: Standard, result: Result, plan: Plan | None, at: datetime) -> datetime | None:
    """Return until when it holds: not at all, the standard's months, or as long as the plan has."""
    if result.outcome == Outcome.VISIBLE:
        return None
    if result.outcome == Outcome.ASSESSED:
        return _midnight(months_after(at.date(), standard.validity.months))
    months = standard.validity.conditional_months or 0
    if plan is None or not plan.words:
        raise ValueError(_("These scores come to an outcome with conditions. Write what is to be put right."))
    if not at.date() < plan.until <= months_after(at.date(), months):
        said = ngettext(
            "The conditions hold for at most %(n)s month. Choose a day within it.",
            "The conditions hold for at most %(n)s months. Choose a day within them.",
            months,
        )
        raise ValueError(said % {"n": months})
    return _midnight(plan.until)


def _declare_by(standard: Standard, result: Result, after: datetime, until: datetime | None) -> datetime | None:
    months = standard.validity.declaration_months
    if result.outcome != Outcome.ASSESSED or months is None or until is None:
        return None
    next_one = _midnight(months_after(after.date(), months))
    return next_one if next_one < until else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(ZONE))


@transaction.atomic
def appeal(assessment: Assessment, words: str, *, by: Person, at: datetime) -> None:
    """Appeal against a decision: once, within 28 days. It holds meanwhile.

    :raises ValueError: if it is too late, or there was an appeal.
    """
    if not can_appeal(assessment, at=at):
        raise ValueError(_("An appeal can be made once, within 28 days of the decision."))
    make_move(assessment, LIFE, "appeal", appealed_at=at, appeal=words)
    record("appeal_assessment", assessment, by=by, at=at)


@transaction.atomic
def declare(assessment: Assessment, words: str, *, by: Person, at: datetime) -> None:
    """Say that the organisation still works as it was assessed; the next declaration is due a year on.

    :raises ValueError: if none is due.
    """
    _lock(assessment)
    if not can_declare(assessment, at=at) or assessment.declare_by is None:
        raise ValueError(_("No declaration is due now."))
    Declaration.objects.create(**_of(assessment), by=by, declared_at=at, words=words)
    held = Result(Outcome(assessment.outcome))
    local = assessment.declare_by.astimezone(ZoneInfo(ZONE))
    assessment.declare_by = _declare_by(assessment.standard, held, local, assessment.holds_until)
    assessment.save(update_fields=["declare_by"])
    record("declare", assessment, by=by, at=at)


@transaction.atomic
def lapse(assessment: Assessment, due: Due, *, at: datetime) -> None:
    """Note that what was decided holds no longer.

    :raises MoveNotAllowed: if it did not hold.
    """
    make_move(assessment, LIFE, "lapse", declare_by=None)
    record("assessment_lapsed", assessment, by=None, at=at, because=due.value)


def ring(assessment: Assessment, due: Due, *, fell_due: datetime, at: datetime) -> bool:
    """Claim what fell due, for whoever comes first; say whether it was us. Call it in the transaction of the deed."""
    try:
        with transaction.atomic():
            Rung.objects.create(**_of(assessment), due=due.value, fell_due=fell_due, rung_at=at)
    except IntegrityError:
        return False
    return True


def _let_go(assessment: Assessment) -> None:
    for assignment in assessors_of(assessment):
        Score.objects.filter(assignment=assignment).delete()
        if assignment.state != AssessorState.HANDED_IN:
            make_move(assignment, ASSESSOR_LIFE, "release")


def _lock(assessment: Assessment) -> None:
    """Hold the row until the transaction ends, and know the state that it has by now."""
    assessment.state = Assessment.objects.select_for_update().values_list("state", flat=True).get(pk=assessment.pk)


def _must_be(thing: Assessment | Assignment, state: AssessmentState | AssessorState, move: str) -> None:
    if thing.state != state:
        raise MoveNotAllowed(thing.state, move)


def _on_the_scale(assessment: Assessment, score: int) -> None:
    if assessment.standard.step(score) is None:
        said = _("The scale goes from 0 to %(most)s. Choose one of its steps.")
        raise ValueError(said % {"most": assessment.standard.most})


def _of(assessment: Assessment) -> dict[str, Any]:
    return {"organisation_id": assessment.organisation_id, "assessment": assessment}
