"""Where questionnaires are asked, and how many answered each version, as far as anybody outside may count."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Count, Model

from alongside.blueprints.asking import questionnaires_named
from alongside.kernel.scope import OrganisationOwned
from alongside.mentorships.models import InsideMentorship
from alongside.people.models import Person
from alongside.programmes.models import Programme
from alongside.programmes.queries import programmes_run_by
from alongside.questionnaires.models import Answered, Published, Questionnaire


def programmes_asking(person: Person) -> dict[tuple[int, str], list[Programme]]:
    """Return the programmes somebody runs whose rules ask a questionnaire, by organisation and its key."""
    found: dict[tuple[int, str], list[Programme]] = {}
    for programme in programmes_run_by(person).select_related("organisation").order_by("name"):
        for key in questionnaires_named(programme.rules):
            found.setdefault((programme.organisation_id, key), []).append(programme)
    return found


def answered_counts(questionnaire: Questionnaire) -> dict[int, int]:
    """Return how many are done with each version of a questionnaire.

    Only what coordinators may know of is counted: whether anybody answered inside a mentorship is theirs.
    """
    found: dict[int, int] = {}
    for model in apps.get_models():
        if _may_be_counted(model):
            rows = model._default_manager.filter(questionnaire=questionnaire.key, done_at__isnull=False)
            rows = rows.filter(organisation=questionnaire.organisation_id).order_by()
            for number, count in rows.values_list("questionnaire_version").annotate(n=Count("pk")):
                found[number] = found.get(number, 0) + count
    return found


def _may_be_counted(model: type[Model]) -> bool:
    return (
        issubclass(model, Answered) and issubclass(model, OrganisationOwned) and not issubclass(model, InsideMentorship)
    )


def newest_numbers(questionnaires: Iterable[Questionnaire]) -> dict[int, Published]:
    """Return the newest version of each questionnaire that was published, by primary key."""
    rows = Published.objects.filter(questionnaire__in=[each.pk for each in questionnaires]).order_by("number")
    return {row.questionnaire_id: row for row in rows.select_related("published_by")}
