from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection

from alongside.audit.models import Entry
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.kernel.scope import NoScope, within
from alongside.mentorships.actions import pause
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.notifications.models import Email
from alongside.plans import actions
from alongside.plans.models import Action, Objective
from alongside.plans.queries import figures_of, objectives_in
from alongside.plans.states import Level, ObjectiveState, Outcome, Reminder
from tests.asked import emails_to, last_email_to
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World

DAY = timedelta(days=1)


@pytest.fixture
def mentorship(world: World) -> Iterator[Mentorship]:
    made = pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)
    with inside(made):
        yield made


@pytest.fixture
def bea(world: World, mentorship: Mentorship) -> Member:
    return member_in(mentorship, world.bea)


@pytest.fixture
def maya(world: World, mentorship: Mentorship) -> Member:
    return member_in(mentorship, world.maya)


class TestObjectives:
    def test_it_is_set_looked_at_and_reached(self, bea: Member, maya: Member) -> None:
        objective = actions.set_objective(by=bea, what="Win a contract", how_known="It is signed", at=NOW)
        actions.review_objective(objective, Outcome.GOING_ON, by=maya, note="On the way", at=NOW + DAY)
        actions.review_objective(objective, Outcome.MET, by=bea, level=Level.MORE, at=NOW + 2 * DAY)
        objective.refresh_from_db()
        assert (objective.state, objective.level) == (ObjectiveState.MET, Level.MORE)
        assert [review.note for review in objective.reviews.all()] == ["", "On the way"]

    def test_what_is_closed_is_looked_at_again_only_once_it_is_taken_up(self, bea: Member) -> None:
        objective = actions.set_objective(by=bea, what="Win a contract", at=NOW)
        actions.review_objective(objective, Outcome.DROPPED, by=bea, at=NOW)
        for outcome in Outcome:
            with pytest.raises(MoveNotAllowed):
                actions.review_objective(objective, outcome, by=bea, at=NOW)
        actions.reopen_objective(objective, by=bea, at=NOW)
        assert objective.state == ObjectiveState.OPEN

    def test_of_two_who_change_it_at_once_the_second_is_told_and_nothing_is_lost(
        self, mentorship: Mentorship, bea: Member, maya: Member
    ) -> None:
        actions.set_objective(by=bea, what="Win a contract", at=NOW)
        first, second = objectives_in(mentorship).get(), objectives_in(mentorship).get()
        actions.change_objective(first, by=bea, version=1, what="Win two contracts", at=NOW)
        with pytest.raises(ChangedMeanwhile):
            actions.change_objective(second, by=maya, version=1, what="Win none", at=NOW)
        assert objectives_in(mentorship).get().what == "Win two contracts"

    def test_coordinators_learn_how_many_there_are_and_nothing_of_what_they_are(
        self, world: World, mentorship: Mentorship, bea: Member
    ) -> None:
        actions.set_objective(by=bea, what=SECRET, how_known=SECRET, at=NOW)
        done = actions.set_objective(by=bea, what=SECRET, at=NOW)
        actions.review_objective(done, Outcome.MET, by=bea, note=SECRET, at=NOW)
        with within(world.harbour_scope):
            assert figures_of([mentorship]) == {mentorship.pk: (2, 1)}
            with pytest.raises(NoScope):
                assert Objective.objects.first().what
            assert not Action.objects.exists()


def test_nothing_that_was_written_stands_in_the_database_to_be_read(bea: Member) -> None:
    objective = actions.set_objective(by=bea, what=SECRET, how_known=SECRET, at=NOW)
    actions.review_objective(objective, Outcome.GOING_ON, by=bea, note=SECRET, at=NOW)
    actions.note_learning(by=bea, learned=SECRET, used=SECRET, at=NOW)
    actions.add_action(by=bea, what=SECRET, at=NOW)
    with connection.cursor() as cursor:
        for table in ("objective", "review", "learning", "action"):
            cursor.execute(f"SELECT * FROM plans_{table}")
            rows = [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
            assert rows
            assert "SECRET" not in str(rows)
    assert "SECRET" not in str(list(Entry.unscoped.values()))


class TestActions:
    def test_it_is_done_and_not_done_after_all_and_taken_off_and_put_back(self, bea: Member) -> None:
        action = actions.add_action(by=bea, what="Ring the bank", who=bea, at=NOW)
        for act, field, value in (
            (actions.finish_action, "done_at", NOW),
            (actions.take_up_action, "done_at", None),
            (actions.remove_action, "removed_at", NOW),
            (actions.put_back_action, "removed_at", None),
        ):
            act(action, by=bea, at=NOW)
            act(action, by=bea, at=NOW + DAY)
            action.refresh_from_db()
            assert getattr(action, field) == value

    def test_who_asked_for_it_is_reminded_once_on_the_day_they_chose(
        self, world: World, bea: Member, maya: Member
    ) -> None:
        actions.add_action(
            by=bea, what=SECRET, who=bea, by_when=date(2026, 3, 20), remind_days=Reminder.THREE_DAYS, at=NOW
        )
        for day in range(14):
            run_clocks(at=NOW + day * DAY)
            assert emails_to(world.bea).count("remind_of_action") == (1 if day >= 8 else 0)
        assert "remind_of_action" not in emails_to(world.maya)
        email = Email.objects.get(kind="remind_of_action")
        assert SECRET in email.body.text
        assert SECRET not in email.subject + email.text
        assert "Friday 20 March" in email.subject

    def test_what_is_for_all_reminds_all(self, world: World, bea: Member) -> None:
        actions.add_action(by=bea, what="Visit a fair", who=None, by_when=NOW.date(), remind_days=0, at=NOW)
        run_clocks(at=NOW)
        assert last_email_to(world.bea).kind == last_email_to(world.maya).kind == "remind_of_action"

    def test_a_reminder_moves_with_its_day_and_is_gone_with_what_is_done(self, world: World, bea: Member) -> None:
        action = actions.add_action(by=bea, what="Ring", who=bea, by_when=NOW.date() + DAY, remind_days=1, at=NOW)
        actions.change_action(action, by=bea, version=1, by_when=NOW.date() + 9 * DAY, remind_days=1, at=NOW)
        run_clocks(at=NOW)
        assert "remind_of_action" not in emails_to(world.bea)
        actions.finish_action(action, by=bea, at=NOW)
        run_clocks(at=NOW + 8 * DAY)
        assert "remind_of_action" not in emails_to(world.bea)

    def test_nobody_is_reminded_while_they_rest(self, world: World, mentorship: Mentorship, bea: Member) -> None:
        actions.add_action(by=bea, what="Ring", who=bea, by_when=NOW.date() + DAY, remind_days=1, at=NOW)
        pause(mentorship, until=date(2026, 5, 1), by=world.bea.person, at=NOW)
        run_clocks(at=NOW + DAY)
        assert "remind_of_action" not in emails_to(world.bea)
