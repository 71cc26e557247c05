from collections.abc import Iterator

import pytest
from django.db import connection

from alongside.audit.models import Entry
from alongside.exercises import actions
from alongside.exercises.models import Exercise, Filling
from alongside.exercises.queries import exercises_in, fillings_shown_to, offered_to
from alongside.journeys.fill_in import begin_exercise, fill_in
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.kernel.scope import within
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.questionnaires.answering import unanswered
from alongside.questionnaires.queries import definition_of
from tests.asked import emails_to, last_email_to
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World

EXPECTATIONS = definition_of("expectations", 1)
CHECK = definition_of("mentor-self-check", 1)
ALL = {item.id: 1 for item in EXPECTATIONS.questions}


@pytest.fixture
def group(world: World) -> Iterator[Mentorship]:
    made = pair(world.maya, world.marcus, world.bea)
    with inside(made):
        yield made


@pytest.fixture
def people(world: World, group: Mentorship) -> dict[str, Member]:
    cast = {"bea": world.bea, "maya": world.maya, "marcus": world.marcus}
    return {name: member_in(group, participant) for name, participant in cast.items()}


def again(exercise: Exercise) -> Exercise:
    return exercises_in([exercise.mentorship]).get(pk=exercise.pk)


def read_by(member: Member, exercise: Exercise) -> set[int]:
    """Whose answers a member may read."""
    return {each.member_id for each in fillings_shown_to(member, again(exercise), members_of(exercise.mentorship))}


def test_nobody_reads_anybodys_answers_before_all_are_done(world: World, people: dict[str, Member]) -> None:
    exercise = begin_exercise(EXPECTATIONS, by=people["bea"], at=NOW)
    assert emails_to(world.maya) == emails_to(world.marcus) == ["ask_to_fill_in"]
    assert emails_to(world.bea) == []
    for number, member in enumerate(people.values()):
        assert read_by(member, exercise) == set()
        fill_in(exercise, ALL, by=member, version=0, done=True, at=NOW)
        if number < 2:
            assert read_by(member, exercise) == {member.pk}
            assert "tell_it_can_be_compared" not in emails_to(world.bea)
    everybody = {member.pk for member in people.values()}
    for member in people.values():
        assert read_by(member, exercise) == everybody
    assert last_email_to(world.bea).kind == last_email_to(world.maya).kind == "tell_it_can_be_compared"


def test_what_is_only_saved_is_read_by_nobody_else_even_when_the_others_are_done(people: dict[str, Member]) -> None:
    exercise = begin_exercise(EXPECTATIONS, by=people["bea"], at=NOW)
    fill_in(exercise, {"listen": 2}, by=people["bea"], version=0, done=False, at=NOW)
    for name in ("maya", "marcus"):
        fill_in(exercise, ALL, by=people[name], version=0, done=True, at=NOW)
        assert read_by(people[name], exercise) == {people[name].pk}


def test_with_questions_open_nobody_is_done(people: dict[str, Member]) -> None:
    exercise = begin_exercise(EXPECTATIONS, by=people["bea"], at=NOW)
    with pytest.raises(actions.NotAnswered):
        actions.save_answers(exercise, {"listen": 2}, by=people["bea"], version=0, done=True, at=NOW)
    assert len(unanswered(EXPECTATIONS, {"listen": 2})) == 26
    assert not Filling.objects.exists()


def test_done_is_done_and_an_older_window_saves_nothing(people: dict[str, Member]) -> None:
    exercise = begin_exercise(EXPECTATIONS, by=people["bea"], at=NOW)
    actions.save_answers(exercise, {"listen": 2}, by=people["bea"], version=0, done=False, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.save_answers(exercise, {"listen": 0}, by=people["bea"], version=0, done=False, at=NOW)
    actions.save_answers(exercise, ALL, by=people["bea"], version=1, done=True, at=NOW)
    with pytest.raises(actions.AlreadyDone):
        actions.save_answers(exercise, {}, by=people["bea"], version=2, done=False, at=NOW)


def test_a_self_check_is_its_authors_until_they_share_it_and_again_after(people: dict[str, Member]) -> None:
    maya, bea, marcus = people["maya"], people["bea"], people["marcus"]
    exercise = begin_exercise(CHECK, by=maya, at=NOW)
    answers = {item.id: 3 for item in CHECK.questions if item.kind == "scale"}
    fill_in(exercise, answers, by=maya, version=0, done=True, at=NOW)
    assert read_by(bea, exercise) == read_by(marcus, exercise) == set()
    filling = Filling.objects.get()
    actions.share_filling(filling, shared=True, at=NOW)
    assert read_by(bea, exercise) == {maya.pk}
    actions.share_filling(filling, shared=False, at=NOW)
    assert read_by(bea, exercise) == set()
    with pytest.raises(actions.NotForThem):
        actions.save_answers(exercise, answers, by=marcus, version=0, done=True, at=NOW)


def test_a_mentors_check_is_not_for_mentees(people: dict[str, Member]) -> None:
    with pytest.raises(actions.NotForThem):
        begin_exercise(CHECK, by=people["bea"], at=NOW)
    assert CHECK not in offered_to(people["bea"])
    assert CHECK in offered_to(people["maya"])


def test_no_answer_can_be_read_outside(world: World, people: dict[str, Member]) -> None:
    first = definition_of("first-meeting", 1)
    exercise = begin_exercise(first, by=people["bea"], at=NOW)
    fill_in(exercise, {"else": SECRET}, by=people["bea"], version=0, done=False, at=NOW)
    with within(world.harbour_scope):
        assert not Exercise.objects.exists()
        assert not Filling.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM exercises_filling")
        assert b"SECRET" not in bytes(cursor.fetchone()[0])
    assert "SECRET" not in str(list(Entry.unscoped.values()))
