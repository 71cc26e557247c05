"""An application inside: what is kept, where, and for how long."""

from datetime import timedelta

import pytest
from django.db import connection

from alongside.applications import applying
from alongside.applications.models import Application, ApplicationDocument, SpecialReply
from alongside.applications.queries import months_before
from alongside.applications.standing import answers_of
from alongside.applications.states import Reason
from alongside.files.kinds import NotTaken
from alongside.journeys import apply as journey
from alongside.journeys.accept_application import accept_application, decline_application
from alongside.kernel import scope
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.organisations.models import Organisation
from alongside.programmes.models import Participant, SensitiveAnswer
from alongside.questionnaires.models import Published, Questionnaire
from tests.applications.test_fills import special
from tests.applied import STEPS, begun, let_apply, sent
from tests.files import PDF
from tests.paired import SECRET
from tests.world import NOW, World, person, set_rules

AGREED = {"party": "a", "party-consent": True, "line": "7"}


def publish(organisation: Organisation) -> None:
    """Let an organisation ask a questionnaire with something that the law protects."""
    table = special().model_dump(mode="json", by_alias=True)
    owned = {"organisation": organisation, "key": "special"}
    row = Questionnaire.objects.create(**owned, draft=table, made_at=NOW)
    Published.objects.create(**owned, questionnaire=row, number=1, table=table, published_at=NOW)


def special_application(world: World, **answers: object) -> Application:
    publish(world.harbour)
    let_apply(world, form="special")
    application = journey.begin(world.cohort, person("Ada Applicant"), "mentee", at=NOW)
    applying.save_answers(application, {**AGREED, **answers}, version=application.version, at=NOW)
    journey.send(application, by=application.person, at=NOW)
    return application


def test_what_the_law_protects_never_stands_among_the_answers(world: World) -> None:
    application = special_application(world)
    assert "party" not in application.answers
    assert answers_of(application)["party"] == "a"
    participant = accept_application(application, contact=world.carys, by=world.carys, at=NOW)
    assert participant.attributes == {"line": "7"}
    kept = SensitiveAnswer.objects.get(participant=participant)
    assert (kept.category, kept.answer, kept.taken_by) == ("political opinions", "The A Party", application.person)
    assert not SpecialReply.objects.exists()


def test_without_consent_it_is_not_kept_at_all(world: World) -> None:
    application = special_application(world, **{"party-consent": None})
    assert not SpecialReply.objects.exists()
    accept_application(application, contact=world.carys, by=world.carys, at=NOW)
    assert not SensitiveAnswer.objects.exists()


def test_where_the_programme_opened_it_matching_may_use_it(world: World) -> None:
    application = special_application(world)
    set_rules(world, matching={"opened": ["party"]})
    application = Application.objects.get(pk=application.pk)
    participant = accept_application(application, contact=world.carys, by=world.carys, at=NOW)
    assert participant.attributes == {"line": "7", "party": "The A Party"}
    assert not SensitiveAnswer.objects.exists()


def test_it_goes_with_a_decline(world: World) -> None:
    application = special_application(world)
    decline_application(application, reason=Reason.FULL, words="Sorry", by=world.carys, at=NOW)
    assert not SpecialReply.objects.exists()


def test_documents_are_sealed_and_checked_by_what_is_in_them(world: World) -> None:
    let_apply(world, documents=[{"id": "cv", "title": "CV"}])
    application = begun(world)
    for content, name in ((b"", "cv.pdf"), (b"MZ\x00", "cv.pdf"), (b"x" * (applying.LARGEST + 1), "cv.txt")):
        with pytest.raises(NotTaken):
            applying.add_document(application, "cv", name=name, content=content, at=NOW)
    with pytest.raises(ValueError, match="not asked for"):
        applying.add_document(application, "diary", name="x.pdf", content=PDF, at=NOW)
    applying.add_document(application, "cv", name="x" * 400 + ".pdf", content=PDF, at=NOW)
    applying.add_document(application, "cv", name="cv.pdf", content=PDF, at=NOW)
    row = ApplicationDocument.objects.get()
    assert row.content == PDF
    assert PDF not in bytes(row.sealed)


def test_what_was_sent_is_not_written_any_more(world: World) -> None:
    let_apply(world, documents=[{"id": "cv", "title": "CV", "required": False}])
    application = sent(world)
    with pytest.raises(MoveNotAllowed):
        applying.save_answers(application, {}, version=application.version, at=NOW)
    with pytest.raises(MoveNotAllowed):
        applying.add_document(application, "cv", name="cv.pdf", content=PDF, at=NOW)
    with pytest.raises(MoveNotAllowed):
        applying.name_referees(application, [], at=NOW)


def test_taking_a_step_back_takes_back_what_came_after_it(world: World) -> None:
    let_apply(world, steps=STEPS)
    application = sent(world)
    for step in ("talk", "induction"):
        applying.do_step(application, step, day=NOW.date(), by=world.carys, at=NOW)
    applying.undo_step(application, "talk", by=world.carys, at=NOW)
    assert not application.steps_done.exists()


def test_somebody_who_had_left_takes_part_again(world: World) -> None:
    let_apply(world)
    Participant.objects.filter(pk=world.bea.pk).update(state="withdrawn")
    application = sent(world, world.bea.person)
    participant = accept_application(application, contact=world.carys, by=world.carys, at=NOW)
    assert (participant.pk, participant.state) == (world.bea.pk, "ready")


def test_another_organisation_has_none_of_it(world: World) -> None:
    let_apply(world)
    sent(world)
    with scope.within(world.elsewhere_scope):
        assert not Application.objects.exists()


def test_where_the_rules_change_meanwhile_what_was_sent_is_still_decided(world: World) -> None:
    let_apply(world, steps=STEPS)
    application = sent(world)
    set_rules(world, applications={"mentee": False})
    application = Application.objects.get(pk=application.pk)
    accept_application(application, contact=world.carys, by=world.carys, at=NOW)
    assert application.state == "accepted"


def test_after_it_was_emptied_no_table_holds_what_was_written(world: World) -> None:
    let_apply(world, steps=STEPS, documents=[{"id": "cv", "title": "CV", "required": False}])
    application = begun(world)
    applying.add_document(application, "cv", name=f"{SECRET}.pdf", content=PDF, at=NOW)
    journey.send(application, by=application.person, at=NOW)
    applying.do_step(application, "talk", day=NOW.date(), by=world.carys, at=NOW, note=SECRET)
    decline_application(application, reason=Reason.OTHER, words=SECRET, by=world.carys, at=NOW)
    applying.empty_application(application, at=NOW)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("applications_"):
                cursor.execute(f'SELECT * FROM "{table}"')  # every row of ours
                assert SECRET not in str(cursor.fetchall()), table


def test_six_months_are_six_months() -> None:
    assert months_before(NOW.replace(month=8, day=31), 6) == NOW.replace(month=2, day=28)
    assert months_before(NOW, 6) == NOW.replace(year=2025, month=9)
    assert NOW - months_before(NOW, 6) > timedelta(days=180)
