from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.audit.actions import record
from alongside.kernel import sealing
from alongside.kernel.editing import save_edit
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.questionnaires.answering import cleaned
from alongside.questionnaires.definition import Answers, Definition
from alongside.questionnaires.library import newest
from alongside.questionnaires.models import KeptResult, Published, Questionnaire
from alongside.questionnaires.queries import kept_by, key_for, table_of
from alongside.questionnaires.reading import check

KEPT_MONTHS = 36
"""How long somebody's own results are kept for them."""
TWICE = timedelta(hours=1)
"""Within which the same answers kept once more are the same result."""


class KeyTaken(ValueError):
    """Say that a key means another questionnaire already."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is a questionnaire “{key}” already. Give this one another name.")


@transaction.atomic
def begin_questionnaire(
    organisation: Organisation, *, key: str, draft: Mapping[str, Any], by: Person | None, at: datetime
) -> Questionnaire:
    """Begin a questionnaire of an organisation; what is in it may come later.

    :raises KeyTaken: if one that comes with us, or another of theirs, has that key.
    """
    own = Questionnaire.objects.filter(organisation=organisation, key=key)
    if key in {each.id for each in newest()} or own.exists():
        raise KeyTaken(key)
    made: Questionnaire = Questionnaire.objects.create(
        organisation=organisation, key=key, draft=dict(draft), made_at=at
    )
    record("begin_questionnaire", made, by=by, at=at)
    return made


@transaction.atomic
def save_draft(
    questionnaire: Questionnaire, draft: Mapping[str, Any], *, version: int, by: Person, at: datetime
) -> None:
    """Keep what is being written, right or not.

    :param version: of the edit, as it was read.
    :raises ChangedMeanwhile: if somebody saved it since, in another window.
    """
    questionnaire.draft = dict(draft)
    save_edit(questionnaire, version=version, fields=["draft"])
    record("save_draft", questionnaire, by=by, at=at)


@transaction.atomic
def publish(questionnaire: Questionnaire, *, by: Person | None, at: datetime) -> Definition:
    """Make what was written the version that people are asked from now on; where nothing changed, none is made.

    :raises FaultsFound: if anything in it is missing or does not fit.
    """
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)  # of two at once, the second makes the next
    last = Published.objects.filter(questionnaire=questionnaire).order_by("number").last()
    number = last.number + 1 if last else 1
    found = check({**questionnaire.draft, "id": questionnaire.key, "version": number}, str(questionnaire))
    table = found.model_dump(mode="json", by_alias=True)
    if last and {**last.table, "version": number} == table:
        return Definition.model_validate(last.table)
    Published.objects.create(
        organisation_id=questionnaire.organisation_id,
        questionnaire=questionnaire,
        key=questionnaire.key,
        number=number,
        table=table,
        published_by=by,
        published_at=at,
    )
    record("publish_questionnaire", questionnaire, by=by, at=at, number=number)
    return found


@transaction.atomic
def bring_in(organisation: Organisation, definition: Definition, *, by: Person | None, at: datetime) -> str:
    """Make a questionnaire that came as a file one of the organisation's, published, and return its key.

    Where the organisation asks exactly this already, nothing is made; where it asks something else under the same key,
    this one gets a key of its own, so that nobody's questionnaire changes.
    """
    key = key_for(definition, organisation.pk)
    asked = Questionnaire.objects.filter(organisation=organisation, key=key).exists()
    if not asked and key not in {each.id for each in newest()}:
        publish(begin_questionnaire(organisation, key=key, draft=table_of(definition), by=by, at=at), by=by, at=at)
    return key


@transaction.atomic
def keep_result(
    definition: Definition, answers: Answers, *, organisation: Organisation | None, by: Person, at: datetime
) -> KeptResult:
    """Keep for somebody what they answered in a look at themselves; asked twice, it is kept once.

    Nothing is recorded: that they kept it is theirs alone, too.
    """
    Person.objects.select_for_update().get(pk=by.pk)  # of two clicks at once, the second finds what the first kept
    given = cleaned(definition, answers)
    before = kept_by(by).filter(questionnaire=definition.id, organisation=organisation, made_at__gt=at - TWICE)
    if same := next((each for each in before if each.answers == given), None):
        return same
    kept = KeptResult(
        person=by,
        organisation=organisation,
        questionnaire=definition.id,
        questionnaire_version=definition.version,
        made_at=at,
    )
    kept.seal_answers(given)
    kept.save(force_insert=True)
    return kept


def forget_result(kept: KeptResult, *, at: datetime) -> None:
    """Delete one kept result for good."""
    kept.delete()


def forget_results(person: Person) -> int:
    """Delete everything somebody kept, and return how much it was."""
    return kept_by(person).delete()[0]


def seal_anew(kept: KeptResult) -> bool:
    """Seal a kept result with the newest key of the installation; say whether that was needed."""
    if sealing.key_ring().is_newest(bytes(kept.sealed)):
        return False
    kept.seal_answers(kept.answers)
    kept.save(update_fields=["sealed"])
    return True


@transaction.atomic
def retire(questionnaire: Questionnaire, *, by: Person, at: datetime) -> None:
    """Ask nobody new; what was answered, and every version, stays. Twice is as once."""
    if Questionnaire.objects.filter(pk=questionnaire.pk, retired_at=None).update(retired_at=at):
        record("retire_questionnaire", questionnaire, by=by, at=at)


@transaction.atomic
def take_up(questionnaire: Questionnaire, *, by: Person, at: datetime) -> None:
    """Let a questionnaire that was retired be asked again."""
    if Questionnaire.objects.filter(pk=questionnaire.pk, retired_at__isnull=False).update(retired_at=None):
        record("take_up_questionnaire", questionnaire, by=by, at=at)
