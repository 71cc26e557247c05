import json
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.organisations.queries import organisations_coordinated_by
from alongside.people.models import Person
from alongside.questionnaires.definition import Audience, Definition, Shown
from alongside.questionnaires.library import NoSuchQuestionnaire, newest, shipped
from alongside.questionnaires.models import KeptResult, Published, Questionnaire

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
    return definition_from(own.table if own else None, key, version)


def own_table(*, organisation: str, key: str, version: str) -> Subquery:
    """What rows that name a questionnaire in these columns are annotated with, for `definition_from`: so that the
    definitions of many cost no query of their own.
    """
    rows = Published.unscoped.filter(
        organisation_id=OuterRef(organisation), key=OuterRef(key), number=OuterRef(version)
    )
    return Subquery(rows.order_by("pk").values("table")[:1])


def definition_from(table: dict[str, Any] | None, key: str, version: int) -> Definition:
    """Return a questionnaire by its name where it comes with us, otherwise by its organisation's own table.

    :raises NoSuchQuestionnaire: if there is none.
    """
    if (key, version) in shipped():
        return shipped()[key, version]
    if table is None:
        raise NoSuchQuestionnaire(f"There is no questionnaire “{key}” in version {version}.")
    return _parsed(json.dumps(table, sort_keys=True))


def newest_definition(key: str, organisation_id: int | None = None) -> Definition:
    """Return a questionnaire as somebody who begins now answers it.

    :raises NoSuchQuestionnaire: if there is none.
    """
    found = _newest_shipped(key)
    if found is None and (own := _published(key, organisation_id).last()):
        found = definition_from(own.table, key, own.number)
    if found is None:
        raise NoSuchQuestionnaire(f"There is no questionnaire “{key}”.")
    return found


def newest_definitions(organisation_id: int) -> list[Definition]:
    """Return every questionnaire that an organisation can ask, its own before ours of the same id, by title."""
    rows = Published.unscoped.filter(organisation_id=organisation_id, questionnaire__retired_at=None)
    own = {row.key: definition_from(row.table, row.key, row.number) for row in rows.order_by("number")}
    return sorted(({each.id: each for each in newest()} | own).values(), key=lambda definition: definition.title)


def open_to_anyone(key: str, organisation_id: int | None = None) -> Definition:
    """Return a questionnaire that anyone may answer, for themselves alone: one that comes with us, or an own one.

    :raises NoSuchQuestionnaire: if there is none, if it is for somebody, or if its organisation asks nobody new.
    """
    if organisation_id is None:
        found = _newest_shipped(key)
    else:
        own = _published(key, organisation_id).filter(questionnaire__retired_at=None).last()
        found = definition_from(own.table, key, own.number) if own else None
    if found is None or not is_open(found):
        raise NoSuchQuestionnaire(f"There is no questionnaire “{key}” for anyone.")
    return found


def open_ones() -> list[Definition]:
    """Return the questionnaires that come with us and that anyone may answer, by title."""
    return [each for each in newest() if is_open(each)]


def is_open(definition: Definition) -> bool:
    """Say whether anyone may answer it, and nobody else ever sees what they answer."""
    return definition.audience == Audience.ANYONE and definition.shown == Shown.NEVER


def kept_by(person: Person) -> QuerySet[KeptResult]:
    """What somebody kept of looks at themselves, the latest first; theirs alone."""
    return KeptResult.objects.of(person)


def results_to_forget(before: datetime) -> QuerySet[KeptResult]:
    """What was kept before a moment, for the clock that deletes it."""
    found: QuerySet[KeptResult] = KeptResult.unscoped.filter(made_at__lte=before)
    return found


def results_to_seal_anew() -> QuerySet[KeptResult]:
    """Everything that the keys of the installation seal here."""
    found: QuerySet[KeptResult] = KeptResult.unscoped.all()
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


def _newest_shipped(key: str) -> Definition | None:
    return next((each for each in newest() if each.id == key), None)


def _published(key: str, organisation_id: int | None) -> QuerySet[Published]:
    """Past the scope on purpose: what an organisation asks is no secret to whoever it asks, and names nobody."""
    if organisation_id is None:
        return Published.unscoped.none()
    return Published.unscoped.filter(organisation_id=organisation_id, key=key).order_by("number")


@lru_cache(maxsize=500)
def _parsed(table: str) -> Definition:
    """Return a definition by its whole text, so that it is read once however often it is asked."""
    return Definition.model_validate_json(table)
