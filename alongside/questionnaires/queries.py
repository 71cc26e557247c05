import json
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.db.models import QuerySet

from alongside.organisations.queries import organisations_coordinated_by
from alongside.people.models import Person
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.library import NoSuchQuestionnaire, newest, shipped
from alongside.questionnaires.models import Published, Questionnaire


class Asked(NamedTuple):
    """What somebody was asked: which questionnaire, in which version, of whom."""

    key: str
    version: int
    organisation_id: int


def questionnaires_run_by(person: Person) -> QuerySet[Questionnaire]:
    """The questionnaires of the organisations somebody coordinates."""
    return Questionnaire.objects.filter(organisation__in=organisations_coordinated_by(person))


def definition_of(key: str, version: int, organisation_id: int | None = None) -> Definition:
    """Return a questionnaire as it was when somebody answered it: the organisation's own, or one that comes with us.

    :raises NoSuchQuestionnaire: if there is none.
    """
    own = _published(key, organisation_id).filter(number=version).first()
    return _read(own) if own else _shipped(key, version)


def definitions_in(asked: Iterable[Asked]) -> dict[Asked, Definition]:
    """Return several questionnaires as they were when somebody answered them, with one query.

    :raises NoSuchQuestionnaire: if one is not there.
    """
    wanted = set(asked)
    rows = Published.unscoped.filter(key__in={each.key for each in wanted})
    own = {Asked(row.key, row.number, row.organisation_id): row for row in rows}
    return {each: _read(own[each]) if each in own else _shipped(each.key, each.version) for each in wanted}


def newest_definition(key: str, organisation_id: int | None = None) -> Definition:
    """Return a questionnaire as somebody who begins now answers it.

    :raises NoSuchQuestionnaire: if there is none.
    """
    own = _published(key, organisation_id).last()
    found = _read(own) if own else next((each for each in newest() if each.id == key), None)
    if found is None:
        raise NoSuchQuestionnaire(f"There is no questionnaire “{key}”.")
    return found


def newest_definitions(organisation_id: int) -> list[Definition]:
    """Return every questionnaire that an organisation can ask, its own before ours of the same id, by title."""
    rows = Published.unscoped.filter(organisation_id=organisation_id, questionnaire__retired_at=None)
    own = {row.key: _read(row) for row in rows.order_by("number")}
    return sorted(({each.id: each for each in newest()} | own).values(), key=lambda definition: definition.title)


def _published(key: str, organisation_id: int | None) -> QuerySet[Published]:
    """Past the scope on purpose: what an organisation asks is no secret to whoever it asks, and names nobody."""
    if organisation_id is None:
        return Published.unscoped.none()
    return Published.unscoped.filter(organisation_id=organisation_id, key=key).order_by("number")


def _shipped(key: str, version: int) -> Definition:
    try:
        return shipped()[key, version]
    except KeyError as error:
        raise NoSuchQuestionnaire(f"There is no questionnaire “{key}” in version {version}.") from error


def _read(row: Published) -> Definition:
    return _parsed(json.dumps(row.table, sort_keys=True))


@lru_cache(maxsize=500)
def _parsed(table: str) -> Definition:
    """Return a definition by its whole text, so that it is read once however often it is asked."""
    return Definition.model_validate_json(table)
