import pytest

from alongside.audit.models import Entry
from alongside.kernel import scope
from alongside.people.actions import find_or_create_people, find_or_create_person
from alongside.people.models import Person
from alongside.programmes import actions
from alongside.programmes.actions import Entry as ToEnter
from alongside.programmes.models import Participant
from alongside.programmes.queries import pool
from alongside.programmes.states import ParticipantState, Side
from tests import world as cast
from tests.world import NOW, World, person, set_rules


def test_one_email_is_one_person_whatever_its_letters(db) -> None:
    first = find_or_create_person(email="Gwen@Example.org", name="Gwen Parry", at=NOW)
    again = find_or_create_person(email="gwen@example.ORG ", name="Somebody Else", at=NOW)
    assert first == again
    assert again.name == "Gwen Parry"


def test_many_people_are_found_or_made_in_a_few_questions(db, django_assert_max_num_queries) -> None:
    names = {f"p{number}@example.org": f"P {number}" for number in range(600)}
    with django_assert_max_num_queries(12):
        assert len(find_or_create_people(names, at=NOW)) == 600
    assert Person.objects.count() == 600


def test_nobody_can_sign_in_with_a_password(db) -> None:
    assert not find_or_create_person(email="gwen@example.org", name="Gwen", at=NOW).has_usable_password()


def test_entering_the_same_person_twice_changes_only_what_differs(world: World) -> None:
    entry = ToEnter(world.bea.person, Side.MENTEE, {"sector": "Food"})
    added, changed = actions.enter_participants(world.cohort, [entry], by=world.carys, at=NOW)
    assert (added, changed) == ([], [])
    entry = ToEnter(world.bea.person, Side.MENTEE, {"sector": "Bread"}, {"key_contact": world.piotr})
    added, changed = actions.enter_participants(world.cohort, [entry], by=world.carys, at=NOW)
    world.bea.refresh_from_db()
    assert [row.pk for row in changed] == [world.bea.pk]
    assert (world.bea.sector, world.bea.key_contact) == ("Bread", world.carys)


def test_a_mentor_can_be_a_mentee_of_the_same_cohort(world: World) -> None:
    actions.enter_participant(world.cohort, world.maya.person, Side.MENTEE, by=world.carys, at=NOW, details={})
    assert Participant.objects.filter(person=world.maya.person).count() == 2


def test_somebody_is_ready_once_the_last_gate_is_passed(world: World) -> None:
    set_rules(world, gates=["Conversation held", "Induction done"])
    newcomer = actions.enter_participant(
        world.cohort, person("New Comer"), Side.MENTEE, by=world.carys, at=NOW, details={}
    )
    for gate, state in [("conversation-held", ParticipantState.WAITING), ("induction-done", ParticipantState.READY)]:
        actions.pass_gate(newcomer, gate, by=world.carys, at=NOW)
        assert newcomer.state == state


def test_what_is_shared_before_the_introduction_is_only_what_was_agreed(world: World) -> None:
    actions.update_participant(world.bea, by=None, at=NOW, shares=["topics"], about="LEAK private")
    assert world.bea.shared_profile == {"topics": ["Pricing", "Hiring"]}


def test_every_deed_leaves_a_row_with_who_and_when(world: World) -> None:
    actions.update_participant(world.bea, by=world.carys, at=NOW, sector="Bread")
    entry = Entry.objects.filter(verb="update_participant").get()
    assert (entry.actor_ref, entry.thing_ref, entry.at) == (world.carys.ref, world.bea.ref, NOW)
    assert "Bread" not in str(entry.details)


def test_a_further_step_holds_back_whoever_has_not_passed_it(world: World) -> None:
    set_rules(world, gates=["Induction done"])
    world.bea.refresh_from_db()
    assert world.bea.state == ParticipantState.WAITING
    assert not pool(world.cohort, Side.MENTEE).exists()


def test_nobody_waits_for_a_step_that_was_taken_away(world: World) -> None:
    set_rules(world, gates=["Induction done"])
    set_rules(world, gates=[])
    world.bea.refresh_from_db()
    assert world.bea.state == ParticipantState.READY


def test_two_steps_noted_in_two_windows_both_count(world: World) -> None:
    set_rules(world, gates=["Conversation held", "Induction done"])
    one, other = (Participant.objects.select_related("programme").get(pk=world.bea.pk) for _ in range(2))
    actions.pass_gate(one, "conversation-held", by=world.carys, at=NOW)
    actions.pass_gate(other, "induction-done", by=world.piotr, at=NOW)
    world.bea.refresh_from_db()
    assert world.bea.gates_passed == ["conversation-held", "induction-done"]
    assert world.bea.state == ParticipantState.READY


def test_a_gate_is_passed_after_those_it_comes_after(world: World) -> None:
    talk, induction = cast.gate("Talk"), {**cast.gate("Induction"), "after": ["talk"]}
    with scope.everywhere("a test changes the rules"):
        rules = world.programme.rules.changed({"gates": [induction, talk]})
        actions.change_rules(world.programme, rules, cohorts=[world.cohort], by=None, at=NOW)
        world.bea.refresh_from_db()
        assert [gate.id for gate in world.bea.gates_open] == ["talk"]
        with pytest.raises(actions.OutOfTurn, match="“Induction” comes after “Talk”"):
            actions.pass_gate(world.bea, "induction", by=world.carys, at=NOW)
        for gate in ("talk", "induction"):
            actions.pass_gate(world.bea, gate, by=world.carys, at=NOW)
        assert world.bea.state == ParticipantState.READY


def test_a_gate_of_the_other_side_is_none_of_theirs(world: World) -> None:
    with scope.everywhere("a test changes the rules"):
        rules = world.programme.rules.changed({"gates": [{**cast.gate("Briefing"), "sides": ["mentor"]}]})
        actions.change_rules(world.programme, rules, cohorts=[world.cohort], by=None, at=NOW)
        world.bea.refresh_from_db()
        world.maya.refresh_from_db()
        assert (world.bea.state, world.maya.state) == (ParticipantState.READY, ParticipantState.WAITING)
        with pytest.raises(ValueError, match="no step called 'briefing'"):
            actions.pass_gate(world.bea, "briefing", by=world.carys, at=NOW)
