from alongside.assessments.models import Assessment
from alongside.assessments.queries import runs_it, scored_it, stewards_of
from alongside.people.models import Person


def can_moderate(person: Person, assessment: Assessment) -> bool:
    """Tell whether a steward may decide: they do not run the organisation, and did not score it."""
    return not runs_it(person, assessment) and not scored_it(person, assessment)


def can_answer_appeal(person: Person, assessment: Assessment) -> bool:
    """Tell whether a steward may decide an appeal: another than decided first, where there is another who may."""
    return can_moderate(person, assessment) and (
        person.pk != assessment.moderator_id or not another_can_answer(assessment)
    )


def another_can_answer(assessment: Assessment) -> bool:
    """Tell whether the network has a steward other than the one who decided, with no part in it."""
    others = [each for each in stewards_of(assessment) if each.pk != assessment.moderator_id]
    return any(can_moderate(each, assessment) for each in others)
