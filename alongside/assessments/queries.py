from datetime import datetime

from django.db.models import Q, QuerySet

from alongside.assessments.clocks import CLOCKS
from alongside.assessments.models import Answer, Assessment, Assignment, Evidence, Final, Score
from alongside.assessments.standard import Standard
from alongside.assessments.states import AT_WORK, BEING_JUDGED, AssessmentState, AssessorState
from alongside.kernel.working_days import after_days
from alongside.mentorships.clocks import ZONE
from alongside.organisations.models import Organisation
from alongside.organisations.queries import organisations_coordinated_by
from alongside.people.models import Person

READING = (AssessorState.SCORING, AssessorState.HANDED_IN)
WHILE = (AssessmentState.WITH_ASSESSORS, AssessmentState.MODERATION)


def assessments_run_by(person: Person) -> QuerySet[Assessment]:
    """The assessments of the organisations ``person`` coordinates."""
    organisations = organisations_coordinated_by(person).values("pk")
    return Assessment.objects.filter(organisation__in=organisations).select_related("organisation__network")


def assessments_stewarded_by(person: Person) -> QuerySet[Assessment]:
    """The assessments that came to the networks ``person`` looks after; what is not sent is the organisation's own."""
    rows = Assessment.objects.filter(organisation__network__stewardships__person=person, sent_at__isnull=False)
    return rows.exclude(state=AssessmentState.SELF_ASSESSING).select_related("organisation__network", "moderator")


def asked_of(person: Person) -> QuerySet[Assignment]:
    """What ``person`` was asked to score, anywhere: their own. Who let go of it reads no more of it."""
    rows = Assignment.unscoped.filter(person=person, state__in=AT_WORK).select_related("assessment__organisation")
    return rows.exclude(assessment__state=AssessmentState.WITHDRAWN)


def assessments_opened_to(person: Person) -> QuerySet[Assignment]:
    """What ``person`` may read to score it: no conflict of interest, and not decided yet. Scope is made from this."""
    return asked_of(person).filter(state__in=READING, assessment__state__in=WHILE)


def scores_others_gave(assignment: Assignment) -> QuerySet[Score]:
    """What the other assessor handed in: nothing until both have."""
    if assignment.assessment.state != AssessmentState.MODERATION:
        return Score.objects.none()
    rows = Score.objects.filter(assessment=assignment.assessment_id, assignment__state=AssessorState.HANDED_IN)
    return rows.exclude(assignment=assignment)


def assessors_of(assessment: Assessment) -> list[Assignment]:
    """Return those who score it, in the order in which they were asked."""
    return list(Assignment.objects.filter(assessment=assessment, state__in=AT_WORK).select_related("person"))


def everybody_asked(assessment: Assessment) -> QuerySet[Assignment]:
    """Everybody who was ever asked to score it, for its stewards."""
    return Assignment.objects.filter(assessment=assessment).select_related("person")


def scores_handed_in(assessment: Assessment) -> dict[str, list[Score]]:
    """Return what the two made of each criterion, in the order in which they were asked."""
    rows = Score.objects.filter(assessment=assessment, assignment__state=AssessorState.HANDED_IN)
    found: dict[str, list[Score]] = {}
    for row in rows.order_by("assignment__asked_at", "assignment_id"):
        found.setdefault(row.criterion, []).append(row)
    return found


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    return {row.criterion: row for row in Answer.objects.filter(assessment=assessment)}


def finals_of(assessment: Assessment) -> dict[str, Final]:
    return {row.criterion: row for row in Final.objects.filter(assessment=assessment)}


def evidence_for(assessment: Assessment) -> dict[str, list[Evidence]]:
    """Return what the organisation keeps of each kind of evidence that its standard asks for; without the files."""
    kinds = assessment.standard.evidence_ids
    rows = Evidence.objects.filter(organisation=assessment.organisation_id, kind_id__in=kinds).defer("sealed")
    found: dict[str, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.kind_id, []).append(row)
    return found


def evidence_kept_by(person: Person) -> QuerySet[Evidence]:
    """What the organisations ``person`` coordinates keep as evidence."""
    return Evidence.objects.filter(organisation__in=organisations_coordinated_by(person).values("pk"))


def evidence_asked_for(assessment: Assessment) -> QuerySet[Evidence]:
    """What the organisation keeps that the standard of this assessment asks for; nothing else of it."""
    kinds = assessment.standard.evidence_ids
    return Evidence.objects.filter(organisation=assessment.organisation_id, kind_id__in=kinds)


def judged_by_it(evidence: Evidence) -> bool:
    """Tell whether somebody judges by this kind of evidence now."""
    rows = Assessment.objects.filter(organisation=evidence.organisation_id, state__in=BEING_JUDGED)
    return any(evidence.kind_id in row.standard.evidence_ids for row in rows)


def last_of(organisation: Organisation, standard: Standard) -> Assessment | None:
    """Return the last assessment of an organisation by a standard, in whatever version."""
    rows = Assessment.objects.filter(organisation=organisation, standard_id=standard.id)
    return rows.order_by("-begun_at", "-pk").first()


def left_to_do(assessment: Assessment) -> list[str]:
    """Return what is left before it can be sent: ids of gate items that are not so, and of criteria.

    A criterion is done when it has a score and words, and something that shows it from 2 on.
    """
    standard, answers, evidence = assessment.standard, answers_of(assessment), evidence_for(assessment)
    left = [gate.id for gate in standard.gates if assessment.gates.get(gate.id) is not True]
    for criterion in standard.criteria:
        answer = answers.get(criterion.id)
        shown = not criterion.evidence or any(evidence.get(kind) for kind in criterion.evidence)
        if answer is None or answer.score is None or not answer.words or (answer.score > 1 and not shown):
            left.append(criterion.id)
    return left


def stewards_of(assessment: Assessment) -> QuerySet[Person]:
    """Those who look after the network of the organisation, in the order of their names."""
    rows = Person.objects.filter(stewardships__network=assessment.organisation.network_id, is_active=True)
    return rows.order_by("name", "pk")


def runs_it(person: Person, assessment: Assessment) -> bool:
    """Tell whether a person coordinates the organisation that is judged."""
    return organisations_coordinated_by(person).filter(pk=assessment.organisation_id).exists()


def scored_it(person: Person, assessment: Assessment) -> bool:
    """Tell whether a person scores or scored it."""
    return Assignment.objects.filter(assessment=assessment, person=person, state__in=AT_WORK).exists()


def decided_before(assessment: Assessment) -> QuerySet[Assessment]:
    """The earlier assessments by the same standard that still hold."""
    rows = Assessment.objects.filter(organisation=assessment.organisation_id, standard_id=assessment.standard_id)
    return rows.filter(state=AssessmentState.DECIDED).exclude(pk=assessment.pk)


def assessments_with_a_clock_due(at: datetime) -> QuerySet[Assessment]:
    """The assessments of which something may have fallen due; ``fallen_due`` and their rungs say what."""
    wanted = Q()
    for clock in CLOCKS:
        moment = {"state": clock.state.value, f"{clock.since}__lte": after_days(at, -clock.days, ZONE)}
        wanted |= Q(**moment, **({"outcome": clock.outcome.value} if clock.outcome else {}))
    return Assessment.objects.filter(wanted).select_related("organisation__network").prefetch_related("rungs")


def has_rung(assessment: Assessment, due: str, fell_due: datetime) -> bool:
    return any((row.due, row.fell_due) == (due, fell_due) for row in assessment.rungs.all())
