"""What is possible in an assessment, and what is refused in words."""

from datetime import date, timedelta

import pytest
from django.db import connection

from alongside.assessments import actions
from alongside.assessments.actions import Plan, Said
from alongside.assessments.models import Assessment, Evidence, Score
from alongside.assessments.queries import left_to_do
from alongside.assessments.rules import can_answer_appeal, can_moderate
from alongside.audit.models import Entry
from alongside.files.kinds import NotTaken
from alongside.kernel import scope
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.organisations.actions import appoint_coordinator, appoint_steward
from tests.assessed import OWN, REVIEWED, WHY, begun, standard
from tests.files import PDF
from tests.world import NOW, World, person


def finals(**scores: int) -> dict[str, Said]:
    return {each.id: Said(scores.get(each.id, 2), "") for each in standard().criteria}


def test_one_assessment_by_a_standard_is_in_hand_at_a_time(world: World) -> None:
    begun(world)
    with pytest.raises(ValueError, match="in hand already"):
        begun(world)
    begun(world, "emcc-ismcp")


def test_beginning_again_has_the_words_of_last_time_and_no_scores(world: World) -> None:
    begun(world).decided()
    again = begun(world).assessment
    assert {row.words for row in again.answers.all()} == {OWN}
    assert {row.score for row in again.answers.all()} == {None}


def test_it_is_sent_when_gates_are_so_and_each_criterion_has_score_words_and_evidence(world: World) -> None:
    found = begun(world).filled().again()
    assert left_to_do(found) == []
    actions.save_gates(found, {"insured": False}, by=world.carys, at=NOW)
    assert "insured" in left_to_do(found)
    Evidence.objects.filter(kind_id="EV16").delete()
    assert "answering" in left_to_do(found), "2 needs something that shows it"
    answering = standard().criterion("answering")
    assert answering
    actions.save_answer(found, answering, score=1, words=OWN, by=world.carys, at=NOW)
    assert "answering" not in left_to_do(found)
    with pytest.raises(ValueError, match="left to do"):
        actions.send(found, [], by=world.carys, at=NOW)


def test_nothing_is_written_after_sending(world: World) -> None:
    found, first = begun(world).sent().again(), standard().criteria[0]
    with pytest.raises(MoveNotAllowed):
        actions.save_answer(found, first, score=3, words="more", by=world.carys, at=NOW)


def test_a_score_that_is_not_on_the_scale_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="from 0 to 3"):
        actions.save_answer(begun(world).again(), standard().criteria[0], score=4, words="", by=world.carys, at=NOW)


def test_evidence_stays_while_somebody_judges_by_it(world: World) -> None:
    begun(world).sent()
    row = Evidence.objects.filter(kind_id="EV04").get()
    with pytest.raises(ValueError, match="judging by this now"):
        actions.remove_evidence(row, by=world.carys, at=NOW)
    other = {"title": "X", "link": "https://example.org", "reviewed_on": REVIEWED}
    unasked = actions.add_link(world.harbour, "EV20", **other, by=world.carys, at=NOW)
    actions.remove_evidence(unasked, by=world.carys, at=NOW)
    assert not Evidence.objects.filter(pk=unasked.pk).exists()


def test_a_file_of_another_kind_or_size_is_refused(world: World) -> None:
    about = {"title": "X", "name": "x.html", "reviewed_on": REVIEWED, "by": world.carys, "at": NOW}
    with pytest.raises(NotTaken):
        actions.add_file(world.harbour, "EV01", content=b"<html></html>", **about)
    with pytest.raises(ValueError, match="larger than 10 MB"):
        actions.add_file(world.harbour, "EV01", content=PDF + b"x" * actions.LARGEST, **about)


def test_a_file_is_sealed_where_it_lies(world: World) -> None:
    begun(world).filled()
    row = Evidence.objects.filter(kind_id="EV04").get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM assessments_evidence")
        assert all(PDF[:20] not in bytes(sealed) for (sealed,) in cursor.fetchall())
    assert row.content == PDF


def test_whoever_runs_the_organisation_scores_nothing(world: World) -> None:
    found = begun(world).sent().again()
    with pytest.raises(ValueError, match="run this organisation"):
        actions.appoint(found, world.carys, by=world.stella, at=NOW)


def test_two_are_asked_nobody_twice_and_no_third(world: World) -> None:
    made = begun(world).sent()
    found = made.again()
    actions.appoint(found, made.ada, by=world.stella, at=NOW)
    with pytest.raises(ValueError, match="asked to score this one before"):
        actions.appoint(found, made.ada, by=world.stella, at=NOW)
    actions.appoint(found, made.ben, by=world.stella, at=NOW)
    assert found.state == "with_assessors"
    with pytest.raises(ValueError, match="Two are asked already"):
        actions.appoint(found, person("Cem Third"), by=world.stella, at=NOW)


def test_a_conflict_of_interest_ends_the_scoring_and_a_second_takes_the_place(world: World) -> None:
    made = begun(world).declared()
    first = standard().criteria[0]
    actions.save_score(made.of(made.ada), first, Said(3, WHY), by=made.ada, at=NOW)
    actions.declare_conflict(made.of(made.ada), "My sister works there.", by=made.ada, at=NOW)
    assert not Score.objects.filter(assignment__person=made.ada).exists()
    with pytest.raises(MoveNotAllowed):
        actions.save_score(made.of(made.ada), first, Said(3, WHY), by=made.ada, at=NOW)
    later = NOW + timedelta(days=5)
    actions.appoint(made.again(), person("Cem Third"), by=world.stella, at=later)
    assert made.again().handed_over_at == later, "the time to score begins again"


def test_who_has_not_said_that_there_is_no_conflict_scores_nothing(world: World) -> None:
    made = begun(world).appointed()
    with pytest.raises(MoveNotAllowed):
        actions.save_score(made.of(made.ada), standard().criteria[0], Said(3, WHY), by=made.ada, at=NOW)


def test_with_the_second_it_goes_to_moderation(world: World) -> None:
    made = begun(world).declared()
    with pytest.raises(ValueError, match="Left: 1, 2"):
        actions.hand_in(made.of(made.ada), by=made.ada, at=NOW)
    made.score(made.ada)
    assert made.again().state == "with_assessors"
    made.score(made.ben)
    assert made.again().state == "moderation"


def test_where_the_two_differ_a_reason_is_asked_for(world: World) -> None:
    made = begun(world).declared()
    made.score(made.ada, {"training": 3})
    made.score(made.ben)
    with pytest.raises(ValueError, match="Left: 2"):
        actions.decide(made.again(), finals(), words="W", plan=None, by=world.stella, at=NOW)
    said = {**finals(), "training": Said(2, "The refresher is new.")}
    assert actions.decide(made.again(), said, words="W", plan=None, by=world.stella, at=NOW).outcome == "assessed"


def test_another_score_than_both_gave_needs_a_reason(world: World) -> None:
    made = begun(world).scored()
    with pytest.raises(ValueError, match="Left: 10"):
        actions.decide(made.again(), finals(feedback=3), words="W", plan=None, by=world.stella, at=NOW)


def test_conditions_need_a_plan_and_a_day_within_six_months(world: World) -> None:
    made = begun(world).scored(training=1)
    about = {"words": "W", "by": world.stella, "at": NOW}
    with pytest.raises(ValueError, match="what is to be put right"):
        actions.decide(made.again(), finals(training=1), plan=None, **about)
    with pytest.raises(ValueError, match="at most 6 months"):
        actions.decide(made.again(), finals(training=1), plan=Plan("P", date(2026, 9, 10)), **about)
    with pytest.raises(ValueError, match="at most 6 months"):
        actions.decide(made.again(), finals(training=1), plan=Plan("P", NOW.date()), **about)
    actions.decide(made.again(), finals(training=1), plan=Plan("P", date(2026, 9, 9)), **about)
    found = made.again()
    assert (found.outcome, found.plan, found.declare_by) == ("conditional", "P", None)


def test_a_later_decision_replaces_the_one_before(world: World) -> None:
    first = begun(world).decided()
    Evidence.objects.all().delete()
    begun(world).decided(training=0)
    assert first.again().state == "replaced"


def test_an_appeal_is_made_once_within_28_days(world: World) -> None:
    made = begun(world).decided(training=0)
    late = NOW + timedelta(days=28)
    with pytest.raises(ValueError, match="once, within 28 days"):
        actions.appeal(made.again(), "Look again", by=world.carys, at=late)
    actions.appeal(made.again(), "Look again", by=world.carys, at=late - timedelta(hours=2))
    made.decide(training=2)
    found = made.again()
    assert (found.state, found.outcome) == ("decided", "assessed")
    with pytest.raises(ValueError, match="once, within 28 days"):
        actions.appeal(found, "And again", by=world.carys, at=NOW)


def test_an_appeal_is_decided_by_another_steward_where_there_is_one(world: World) -> None:
    made = begun(world).decided(training=0)
    actions.appeal(made.again(), "Look again", by=world.carys, at=NOW)
    assert can_answer_appeal(world.stella, made.again()), "there is no other"
    other = person("Sol Steward")
    appoint_steward(other, world.network)
    assert not can_answer_appeal(world.stella, made.again())
    assert can_answer_appeal(other, made.again())
    appoint_coordinator(other, world.harbour, at=NOW)
    assert can_answer_appeal(world.stella, made.again()), "the other runs the organisation"


def test_who_scored_it_or_runs_the_organisation_does_not_moderate(world: World) -> None:
    made = begun(world).scored()
    assert can_moderate(world.stella, made.again())
    assert not can_moderate(made.ada, made.again())
    assert not can_moderate(world.carys, made.again())


def test_the_declaration_is_made_from_a_month_before_and_moves_on_by_a_year(world: World) -> None:
    made = begun(world).decided()
    with pytest.raises(ValueError, match="No declaration is due now"):
        actions.declare(made.again(), "", by=world.carys, at=NOW)
    when = made.again().declare_by
    assert when is not None
    for year in (2028, None):
        actions.declare(made.again(), "", by=world.carys, at=when)
        moved = made.again().declare_by
        assert (moved.year if moved else None) == year, "the third would come when it ends"
        when = moved or when
    assert made.again().declarations.count() == 2


def test_what_is_written_never_gets_into_the_audit(world: World) -> None:
    begun(world).decided()
    said = " ".join(f"{each.verb} {each.details}" for each in Entry.unscoped.all())
    assert "decide_assessment" in said
    assert "hand_in_scores" in said
    assert OWN not in said
    assert WHY not in said


def test_an_assessor_reads_one_assessment_and_its_evidence_and_nothing_else(world: World) -> None:
    made = begun(world).declared()
    other = begun(world, "emcc-ismcp")
    with scope.within(scope.Scope.of(assessments=[made.assessment.pk])):
        assert list(Assessment.objects.all()) == [made.assessment]
        assert Evidence.objects.exists()
        assert not type(world.programme).objects.exists()
    with scope.within(scope.Scope.of()):
        assert not Evidence.objects.exists()
    with scope.within(world.elsewhere_scope):
        assert not Assessment.objects.exists()
    assert other.assessment.pk != made.assessment.pk
