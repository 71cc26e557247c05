import json
from functools import lru_cache
from itertools import count
from typing import Any

from django.db.models import QuerySet

from alongside.organisations.queries import organisations_coordinated_by
from alongside.people.models import Person
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.library import NoSuchQuestionnaire, newest, shipped
from alongside.questionnaires.models import Published, Questionnaire

KEPT_APART = {"id": "", "version": 0}


def questionnaires_run_by(person: Person) -> QuerySet[Questionnaire]:
    """The questionnaires of the organisations somebody coordinates."""
    return Questionnaire.objects.filter(organisation__in=organisations_coordinated_by(person))


def definition_of(key: str, version: int, organisation_id: int | None = None) -> Definition:
    """Return a questionnaire as it was when somebody answered it: one that comes with us, or the organisation's own.

    :raises NoSuchQuestionnaire: if there is none.
    """
    if (key, version) in shipped():
        return shipped()[key, version]
    own = _published(key, organisation_id).filter(number=version).first()
    if own is None:
        raise NoSuchQuestionnaire(f"There is no questionnaire “{key}” in version {version}.")
    return _read(own)


def newest_definition(key: str, organisation_id: int | None = None) -> Definition:
    """Return a questionnaire as somebody who begins now answers it.

    :raises NoSuchQuestionnaire: if there is none.
    """
    found = next((each for each in newest() if each.id == key), None)
    if found is None and (own := _published(key, organisation_id).last()):
        found = _read(own)
    if found is None:
        raise NoSuchQuestionnaire(f"There is no questionnaire “{key}”.")
    return found


def key_for(definition: Definition, organisation_id: int) -> str:
    """Return under which key an organisation asks a questionnaire that came as a file, or would.

    Its own where that is free or means exactly this, otherwise the next that is: no key ever means two things.
    """
    published = Published.unscoped.filter(organisation_id=organisation_id).order_by("number")
    there = {each.id: each.model_dump(mode="json", by_alias=True) for each in newest()}
    there |= dict(published.values_list("key", "table"))
    wanted = table_of(definition)
    for key in (definition.id if n == 1 else f"{definition.id}-{n}" for n in count(1)):
        if key not in there or {**there[key], **KEPT_APART} == {**wanted, **KEPT_APART}:
            return key
    raise AssertionError  # there is always a next one


def table_of(definition: Definition) -> dict[str, Any]:
    """Return what a questionnaire says, without its id and version."""
    return definition.model_dump(mode="json", by_alias=True, exclude={"id", "version"})


def _published(key: str, organisation_id: int | None) -> QuerySet[Published]:
    """Past the scope on purpose: what an organisation asks is no secret to whoever it asks, and names nobody."""
    if organisation_id is None:
        return Published.unscoped.none()
    return Published.unscoped.filter(organisation_id=organisation_id, key=key).order_by("number")


def _read(row: Published) -> Definition:
    return _parsed(json.dumps(row.table, sort_keys=True))


@lru_cache(maxsize=500)
def _parsed(table: str) -> Definition:
    """Return a definition by its whole text, so that it is read once however often it is asked."""
    return Definition.model_validate_json(table)
