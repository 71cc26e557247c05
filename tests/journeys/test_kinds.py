"""Kinds of mentors: a mentee has one of each, all in one mentorship, whoever says yes first, leaves or does not fit."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.journeys.add_member import CannotJoin, add_member
from alongside.journeys.after_meeting import note_first_meeting
from alongside.journeys.answer_request import CannotBegin, accept_request, decline_request
from alongside.journeys.ask_mentors import ask_next_mentor
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.end_mentorship import end_for_all, leave_mentorship
from alongside.journeys.go_on import answer_going_on
from alongside.journeys.match_cohort import match_cohort
from alongside.journeys.offer_mentors import CannotOffer, offer_board, pair_by_hand, plan_offers
from alongside.journeys.places import free_places
from alongside.journeys.pool import NoSuchKind, pool_of, waiting_by_kind, waiting_mentees
from alongside.matching import board
from alongside.matching.actions import AlreadyOffered
from alongside.matching.calculations import start_calculation
from alongside.matching.models import Matching, Offer, Request
from alongside.matching.problem import Wanted, problem_of
from alongside.matching.states import OfferState
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of, provided_counts, wanting_another, wishes_of
from alongside.mentorships.states import RUNNING, Ending, GoingOn, MentorshipState
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from tests.asked import emails_to, last_email_to
from tests.kinds import KINDS, Kinds, asked, entered, introduced, matched, offered, question, rules_with
from tests.paired import member_in
from tests.world import NOW, set_rules

LATER = NOW + timedelta(days=2)


def names(mentorship: Mentorship) -> list[str]:
    return [member.participant.person.first_name for member in members_of(mentorship)]


def both(kinds: Kinds) -> Mentorship:
    """Ann with Cora and Olga, in one mentorship."""
    mentorship = introduced(kinds.ann, kinds.cora)
    assert introduced(kinds.ann, kinds.olga, at=LATER) == mentorship
    return mentorship


class TestThePool:
    def test_each_kind_is_matched_by_itself(self, kinds: Kinds) -> None:
        for kind, mentors in (("councillor", [kinds.cora, kinds.carl]), ("officer", [kinds.olga, kinds.omar])):
            pool = pool_of(kinds.cohort, kind)
            assert list(pool.mentors) == mentors
            assert list(pool.mentees) == kinds.mentees
            assert pool.kind == kind

    def test_a_mentor_of_no_kind_is_in_no_pool(self, kinds: Kinds) -> None:
        nobody = entered(kinds.world, kinds.cohort, "Ned Nokind", Side.MENTOR)
        assert nobody.lacks_kind
        for kind in ("councillor", "officer"):
            assert nobody not in pool_of(kinds.cohort, kind).mentors

    def test_a_cohort_with_kinds_has_no_pool_of_all_and_one_without_none_of_a_kind(self, kinds: Kinds) -> None:
        with pytest.raises(NoSuchKind, match="councillor, officer"):
            pool_of(kinds.cohort)
        with pytest.raises(NoSuchKind, match="none"):
            pool_of(kinds.world.cohort, "officer")

    def test_who_has_one_kind_waits_for_the_other_alone(self, kinds: Kinds) -> None:
        introduced(kinds.ann, kinds.olga)
        assert kinds.ann not in waiting_mentees(kinds.cohort, "officer")
        assert kinds.ann in waiting_mentees(kinds.cohort, "councillor")
        assert waiting_by_kind(kinds.cohort) == {"councillor": 3, "officer": 2}
        assert provided_counts(kinds.mentees, "officer") == {kinds.ann.pk: 1}
        everybody = Participant.objects.filter(cohort=kinds.cohort, side=Side.MENTEE)
        assert set(wanting_another(everybody, "officer")) == {kinds.ben, kinds.cat}

    def test_whoever_mentors_somebody_already_is_not_offered_again_as_another_kind(self, kinds: Kinds) -> None:
        introduced(kinds.ann, kinds.olga)
        programmes.update_participant(kinds.olga, kind="councillor", by=kinds.world.carys, at=NOW)
        programmes.update_participant(kinds.ann, capacity=2, by=kinds.world.carys, at=NOW)
        pool = pool_of(kinds.cohort, "councillor")
        assert kinds.olga in pool.mentors
        pair = (kinds.ann.ref, kinds.olga.ref)
        assert pair in pool.together
        problem = problem_of(pool, Wanted(kinds.cohort.rules.settings_for("councillor")))
        assert pair in problem.forbidden
        with pytest.raises(CannotOffer, match="in a mentorship with"):
            pair_by_hand(kinds.ann, kinds.olga, pool, by=kinds.world.carys, at=NOW)

    def test_the_questions_do_not_grow_with_the_people(self, kinds: Kinds) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as seen:
                pool_of(kinds.cohort, "officer")
                waiting_by_kind(kinds.cohort)
            return len(seen)

        before = count()
        for number in range(5):
            mentee = entered(kinds.world, kinds.cohort, f"More Mentee {number}", Side.MENTEE)
            mentor = entered(kinds.world, kinds.cohort, f"More Mentor {number}", Side.MENTOR, kind="officer")
            introduced(mentee, mentor)
        assert count() == before


class TestTheBoards:
    def test_there_is_one_for_each_kind_by_the_rules_of_that_kind(self, kinds: Kinds) -> None:
        boards = {kind: matched(kinds.cohort, kind) for kind in ("councillor", "officer")}
        assert Matching.objects.filter(cohort=kinds.cohort).count() == 2
        for kind, weight in (("councillor", 40), ("officer", 60)):
            current = boards[kind].current
            assert current is not None
            assert current.settings["weights"]["needs"] == weight
            assert board.is_fresh(current, pool_of(kinds.cohort, kind))
        officers = {mentor for _mentee, mentor, _score in boards["officer"].current.pairs}  # type: ignore[union-attr]
        assert officers == {kinds.olga.ref, kinds.omar.ref}
        assert len(boards["councillor"].current.unmatched) == 1  # type: ignore[union-attr]

    def test_matching_again_keeps_to_the_rules_of_the_kind(self, kinds: Kinds) -> None:
        matching = matched(kinds.cohort, "officer")
        again = board.match_again(matching, pool_of(kinds.cohort, "officer"), by=kinds.world.carys, at=LATER)
        assert again.settings["weights"]["needs"] == 60

    def test_a_worker_matches_a_kind(self, kinds: Kinds) -> None:
        calculation, _ = start_calculation(kinds.cohort, None, kind="officer", by=kinds.world.carys, at=NOW)
        match_cohort(calculation, at=NOW)
        matching = Matching.objects.get(cohort=kinds.cohort, kind="officer")
        assert matching.current is not None
        assert {mentor for _, mentor, _ in matching.current.pairs} == {kinds.olga.ref, kinds.omar.ref}
        assert not Matching.objects.filter(cohort=kinds.cohort, kind="councillor").exists()

    def test_the_boards_are_offered_apart_and_a_mentee_may_hold_an_offer_of_each(self, kinds: Kinds) -> None:
        for kind in ("councillor", "officer"):
            current = matched(kinds.cohort, kind).current
            assert current is not None
            offer_board(current, pool_of(kinds.cohort, kind), by=kinds.world.carys, at=NOW)
            assert not plan_offers(current, pool_of(kinds.cohort, kind)).lists
        held = Offer.objects.filter(mentee=kinds.ann).values_list("kind", flat=True)
        assert sorted(held) in (["councillor", "officer"], ["officer"])
        assert Offer.objects.filter(kind="officer").count() == 3

    def test_two_offers_of_one_kind_at_once_are_refused(self, kinds: Kinds) -> None:
        offered(kinds.ann, kinds.olga)
        offered(kinds.ann, kinds.cora)
        with pytest.raises(AlreadyOffered):
            offered(kinds.ann, kinds.omar)

    def test_by_hand_somebody_of_another_kind_is_refused(self, kinds: Kinds) -> None:
        with pytest.raises(CannotOffer, match="another kind"):
            pair_by_hand(kinds.ann, kinds.cora, pool_of(kinds.cohort, "officer"), by=kinds.world.carys, at=NOW)
        made = pair_by_hand(kinds.ann, kinds.omar, pool_of(kinds.cohort, "officer"), by=kinds.world.carys, at=NOW)
        assert made.kind == "officer"


class TestTheYes:
    def test_the_first_begins_the_mentorship_and_the_next_joins_it(self, kinds: Kinds) -> None:
        mentorship = both(kinds)
        assert names(mentorship) == ["Ann", "Cora", "Olga"]
        assert Mentorship.objects.filter(cohort=kinds.cohort).count() == 1
        assert free_places([kinds.cora, kinds.olga]) == {kinds.cora.ref: 0, kinds.olga.ref: 1}

    def test_all_are_introduced_and_invited_to_what_is_to_come(self, kinds: Kinds) -> None:
        both(kinds)
        assert emails_to(kinds.olga)[-2:] == ["tell_you_join", "suggest_times"]
        for participant in (kinds.ann, kinds.cora):
            assert "tell_somebody_joins" in emails_to(participant)
        assert Meeting.objects.count() == 1

    def test_the_letters_say_which_kind(self, kinds: Kinds) -> None:
        made = offered(kinds.ann, kinds.olga, kinds.omar)
        letter = last_email_to(kinds.ann)
        assert "(officer)" in letter.subject
        assert "the officer" in letter.body.text
        choose_mentors(made, list(made.requests.all()), at=NOW)
        letter = last_email_to(kinds.olga)
        assert "(officer)" in letter.subject
        assert "You would be the officer" in letter.body.text

    def test_a_second_mentor_of_a_kind_is_refused(self, kinds: Kinds) -> None:
        late = asked(kinds.ann, kinds.omar)
        made = Offer.objects.get(pk=late.offer_id)
        introduced(kinds.ann, kinds.cora)
        add_member(Mentorship.objects.get(), kinds.olga, by=kinds.world.carys, at=NOW)
        with pytest.raises(CannotBegin):
            accept_request(question(made), at=LATER)
        with pytest.raises(CannotJoin, match="officer"):
            add_member(Mentorship.objects.get(), kinds.omar, by=kinds.world.carys, at=NOW)

    def test_a_coordinator_lets_no_mentor_of_no_kind_join(self, kinds: Kinds) -> None:
        mentorship = introduced(kinds.ann, kinds.cora)
        nobody = entered(kinds.world, kinds.cohort, "Ned Nokind", Side.MENTOR)
        with pytest.raises(CannotJoin, match="which kind of mentor"):
            add_member(mentorship, nobody, by=kinds.world.carys, at=NOW)

    def test_a_mentee_in_a_mentorship_does_not_join_another(self, kinds: Kinds) -> None:
        mentorship = introduced(kinds.ann, kinds.olga)
        introduced(kinds.ben, kinds.cora)
        programmes.update_participant(kinds.ben, capacity=3, by=None, at=NOW)
        with pytest.raises(CannotJoin, match="another mentorship"):
            add_member(mentorship, kinds.ben, by=kinds.world.carys, at=NOW)
        assert add_member(mentorship, kinds.cat, by=kinds.world.carys, at=NOW)

    def test_whose_kind_was_changed_meanwhile_is_told_so(self, kinds: Kinds) -> None:
        waiting = asked(kinds.ann, kinds.omar)
        programmes.update_participant(kinds.omar, kind="councillor", by=kinds.world.carys, at=NOW)
        with pytest.raises(CannotBegin, match="another kind"):
            accept_request(Request.objects.get(pk=waiting.pk), at=LATER)

    def test_whose_kind_was_changed_is_passed_over(self, kinds: Kinds) -> None:
        made = offered(kinds.ann, kinds.omar, kinds.olga)
        programmes.update_participant(kinds.omar, kind="councillor", by=kinds.world.carys, at=NOW)
        choose_mentors(made, list(made.requests.order_by("position")), at=NOW)
        assert question(made).mentor == kinds.olga

    def test_after_an_ending_a_new_one_begins(self, kinds: Kinds) -> None:
        first = introduced(kinds.ann, kinds.cora)
        end_for_all(first, ending=Ending.OBJECTIVES_MET, by=None, at=LATER)
        second = introduced(kinds.ann, kinds.olga, at=LATER)
        assert second != first
        assert names(second) == ["Ann", "Olga"]
        assert kinds.ann not in waiting_mentees(kinds.cohort, "councillor"), "had all she wanted of that one"

    def test_who_wants_two_of_each_kind_gets_two_of_each_in_one_mentorship(self, kinds: Kinds) -> None:
        programmes.update_participant(kinds.ann, capacity=2, by=None, at=NOW)
        mentorship = both(kinds)
        assert introduced(kinds.ann, kinds.omar, at=LATER) == mentorship
        assert names(mentorship) == ["Ann", "Cora", "Olga", "Omar"]
        assert kinds.ann not in waiting_mentees(kinds.cohort, "officer")
        assert kinds.ann in waiting_mentees(kinds.cohort, "councillor")

    def test_without_kinds_each_yes_begins_one(self, kinds: Kinds) -> None:
        world = kinds.world
        programmes.update_participant(world.bea, capacity=2, by=None, at=NOW)
        for mentor in (world.maya, world.marcus):
            introduced(world.bea, mentor)
        assert Mentorship.objects.filter(members__participant=world.bea).count() == 2


class TestLeaving:
    def test_one_who_leaves_frees_only_their_kind(self, kinds: Kinds) -> None:
        mentorship = both(kinds)
        leave_mentorship(member_in(mentorship, kinds.olga), ending=Ending.CIRCUMSTANCES, message="", at=LATER)
        mentorship.refresh_from_db()
        assert mentorship.state in RUNNING
        assert kinds.ann in waiting_mentees(kinds.cohort, "officer")
        assert kinds.ann not in waiting_mentees(kinds.cohort, "councillor")
        assert "another mentor for you (officer)" in last_email_to(kinds.ann).body.text
        assert introduced(kinds.ann, kinds.omar, at=LATER) == mentorship
        assert names(mentorship) == ["Ann", "Cora", "Omar"]

    def test_one_who_leaves_content_frees_nothing(self, kinds: Kinds) -> None:
        mentorship = both(kinds)
        leave_mentorship(member_in(mentorship, kinds.olga), ending=Ending.OBJECTIVES_MET, message="", at=LATER)
        assert kinds.ann not in waiting_mentees(kinds.cohort, "officer")

    def test_with_the_last_mentor_it_ends_and_only_that_kind_is_free(self, kinds: Kinds) -> None:
        mentorship = both(kinds)
        leave_mentorship(member_in(mentorship, kinds.cora), ending=Ending.OBJECTIVES_MET, message="", at=LATER)
        leave_mentorship(member_in(mentorship, kinds.olga), ending=Ending.CIRCUMSTANCES, message="", at=LATER)
        mentorship.refresh_from_db()
        assert mentorship.state == MentorshipState.ENDED
        assert waiting_mentees(kinds.cohort, "councillor") == [kinds.ben, kinds.cat]
        assert kinds.ann in waiting_mentees(kinds.cohort, "officer")

    def test_whoever_left_is_not_offered_into_the_same_mentorship_again(self, kinds: Kinds) -> None:
        mentorship = both(kinds)
        leave_mentorship(member_in(mentorship, kinds.olga), ending=Ending.CIRCUMSTANCES, message="", at=LATER)
        assert (kinds.ann.ref, kinds.olga.ref) in pool_of(kinds.cohort, "officer").together


class TestGoingOn:
    def met(self, kinds: Kinds) -> Mentorship:
        mentorship = both(kinds)
        note_first_meeting(mentorship, by=kinds.world.carys, at=LATER)
        mentorship.refresh_from_db()
        return mentorship

    def say(self, mentorship: Mentorship, who: Participant, answer: GoingOn, *not_with: Participant) -> None:
        member = member_in(mentorship, who)
        answer_going_on(member, answer, not_with=[each.ref for each in not_with], at=LATER)

    def test_a_mentor_who_would_rather_not_leaves_and_the_others_go_on(self, kinds: Kinds) -> None:
        mentorship = self.met(kinds)
        for who, answer in ((kinds.ann, GoingOn.YES), (kinds.cora, GoingOn.YES), (kinds.olga, GoingOn.NO)):
            self.say(mentorship, who, answer)
        mentorship.refresh_from_db()
        assert (mentorship.state, names(mentorship)) == (MentorshipState.GOING_ON, ["Ann", "Cora"])
        assert emails_to(kinds.olga)[-1] == "tell_you_part"
        assert kinds.ann in waiting_mentees(kinds.cohort, "officer")

    def test_a_mentee_parts_from_one_of_them(self, kinds: Kinds) -> None:
        mentorship = self.met(kinds)
        self.say(mentorship, kinds.ann, GoingOn.NO, kinds.cora)
        self.say(mentorship, kinds.cora, GoingOn.YES)
        self.say(mentorship, kinds.olga, GoingOn.YES)
        mentorship.refresh_from_db()
        assert (mentorship.state, names(mentorship)) == (MentorshipState.GOING_ON, ["Ann", "Olga"])
        letter = last_email_to(kinds.cora).body.text
        assert "Ann" not in letter.partition("you part here")[2]
        assert free_places([kinds.cora]) == {kinds.cora.ref: 1}

    def test_what_they_said_would_suit_better_is_beside_them_on_the_queue(self, kinds: Kinds) -> None:
        mentorship = self.met(kinds)
        member = member_in(mentorship, kinds.ann)
        answer_going_on(member, GoingOn.NO, wish="Mornings", not_with=[kinds.cora.ref], at=LATER)
        assert wishes_of([kinds.ann]) == {kinds.ann.pk: "Mornings"}

    @pytest.mark.parametrize("named", [False, True])
    def test_a_no_to_all_ends_it(self, kinds: Kinds, named: bool) -> None:
        mentorship = self.met(kinds)
        self.say(mentorship, kinds.ann, GoingOn.NO, *([kinds.cora, kinds.olga] if named else []))
        self.say(mentorship, kinds.cora, GoingOn.YES)
        self.say(mentorship, kinds.olga, GoingOn.YES)
        mentorship.refresh_from_db()
        assert (mentorship.state, mentorship.ending) == (MentorshipState.ENDED, Ending.NOT_THE_FIT)
        assert waiting_by_kind(kinds.cohort) == {"councillor": 3, "officer": 3}

    def test_without_kinds_a_no_of_one_of_two_mentors_ends_it_as_before(self, kinds: Kinds) -> None:
        world = kinds.world
        mentorship = introduced(world.bea, world.maya)
        add_member(mentorship, world.marcus, by=world.carys, at=NOW)
        note_first_meeting(mentorship, by=world.carys, at=LATER)
        mentorship.refresh_from_db()
        for who, answer in ((world.bea, GoingOn.YES), (world.maya, GoingOn.YES), (world.marcus, GoingOn.NO)):
            self.say(mentorship, who, answer)
        mentorship.refresh_from_db()
        assert mentorship.state == MentorshipState.ENDED

    def test_who_joins_after_the_question_is_not_waited_for(self, kinds: Kinds) -> None:
        mentorship = introduced(kinds.ann, kinds.cora)
        note_first_meeting(mentorship, by=kinds.world.carys, at=LATER)
        Member.objects.update(asked_at=LATER)
        introduced(kinds.ann, kinds.olga, at=LATER)
        mentorship.refresh_from_db()
        for who in (kinds.ann, kinds.cora):
            self.say(mentorship, who, GoingOn.YES)
        mentorship.refresh_from_db()
        assert mentorship.state == MentorshipState.GOING_ON


class TestTheRules:
    def test_a_cohort_with_people_keeps_its_kinds_whatever_else_it_follows(self, kinds: Kinds) -> None:
        programme = kinds.world.programme
        third = [*KINDS, {"id": "peer", "title": "peer"}]
        changed = rules_with(third, meetings={"expected": 4})
        programmes.change_rules(programme, changed, cohorts=[kinds.cohort], by=kinds.world.carys, at=NOW)
        kinds.cohort.refresh_from_db()
        assert kinds.cohort.rules.shape.matched == ("councillor", "officer")
        assert kinds.cohort.rules.meetings.expected == 4
        assert programme.rules.shape.matched == ("councillor", "officer", "peer")

    def test_one_without_people_follows(self, kinds: Kinds) -> None:
        world = kinds.world
        empty = programmes.open_cohort(world.programme, name="Empty", starts_on=NOW.date(), by=None, at=NOW)
        programmes.change_rules(world.programme, rules_with([]), cohorts=[empty], by=None, at=NOW)
        assert empty.rules.shape.matched == ("",)

    def test_what_differs_in_the_matching_of_a_kind_reaches_a_cohort_that_follows(self, kinds: Kinds) -> None:
        other = [KINDS[0], {**KINDS[1], "matching": {"weights": {"needs": 70}}}]
        programmes.change_rules(kinds.world.programme, rules_with(other), cohorts=[kinds.cohort], by=None, at=NOW)
        assert kinds.cohort.rules.settings_for("officer").weights.needs == 70

    def test_a_cohort_of_pairs_stays_one_of_pairs(self, kinds: Kinds) -> None:
        set_rules(kinds.world, shape={"kinds": KINDS})
        kinds.world.cohort.refresh_from_db()
        assert kinds.world.cohort.rules.shape.kinds == ()


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 3), st.sampled_from(["ask", "ask", "ask", "yes", "yes", "no", "leave"])
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_in_whatever_order_people_answer_nobody_has_two_of_a_kind_nor_two_mentorships(
    kinds: Kinds, steps: list[tuple[int, int, str]]
) -> None:
    with transaction.atomic():
        for mentee, mentor, do in steps:
            _step(kinds.mentees[mentee], kinds.mentors[mentor], do)
            _check(kinds)
        transaction.set_rollback(True)


def _step(mentee: Participant, mentor: Participant, do: str) -> None:
    requests = Request.objects.filter(offer__mentee=mentee, mentor=mentor, state="asked")
    request = requests.select_related("offer__mentee__person", "mentor__person").first()
    try:
        with transaction.atomic():
            if do == "ask":
                asked(mentee, mentor)
            elif do == "yes" and request:
                accept_request(request, at=LATER)
            elif do == "no" and request:
                decline_request(request, reason="", at=LATER)
            elif do == "leave":
                rows = Member.objects.filter(participant=mentor, left_at=None, mentorship__state__in=RUNNING)
                for member in rows.select_related("mentorship", "participant__person")[:1]:
                    leave_mentorship(member, ending=Ending.NOT_THE_FIT, message="", at=LATER)
    except (CannotBegin, AlreadyOffered, Request.DoesNotExist):
        pass


def _check(kinds: Kinds) -> None:
    running = Member.objects.filter(mentorship__state__in=RUNNING, left_at=None).select_related("participant")
    mine: dict[int, set[int]] = {}
    for member in running:
        mine.setdefault(member.participant_id, set()).add(member.mentorship_id)
    for mentee in kinds.mentees:
        mentorships = mine.get(mentee.pk, set())
        assert len(mentorships) <= 1
        of_kinds = [each.participant.kind for each in running if each.is_mentor and each.mentorship_id in mentorships]
        assert len(of_kinds) == len(set(of_kinds))
    for mentor in kinds.mentors:
        assert len(mine.get(mentor.pk, set())) <= mentor.capacity


def test_an_offer_of_one_kind_that_comes_to_nothing_leaves_the_other_alone(kinds: Kinds) -> None:
    officer, councillor = asked(kinds.ann, kinds.omar), asked(kinds.ann, kinds.cora)
    decline_request(officer, reason="", at=LATER)
    ask_next_mentor(officer.offer, at=LATER)
    assert Offer.objects.get(pk=officer.offer_id).state == OfferState.EXHAUSTED
    assert "(officer)" in last_email_to(kinds.ann).subject
    assert accept_request(Request.objects.get(pk=councillor.pk), at=LATER)
