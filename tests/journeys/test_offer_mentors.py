import pytest

from alongside import engine
from alongside.journeys import send_offers
from alongside.journeys.answer_request import decline_request
from alongside.journeys.choose_mentors import choose_mentors, choose_nobody
from alongside.journeys.offer_mentors import (
    LISTS_PER_PLACE,
    CannotOffer,
    hand_market,
    offer_board,
    pair_by_hand,
    plan_offers,
)
from alongside.journeys.pool import pool_of
from alongside.journeys.send_offers import offer_the_cohort
from alongside.journeys.take_back_offer import take_back_offer
from alongside.journeys.tasks import OUR_FAULT
from alongside.journeys.tasks import send_offers as go_on
from alongside.matching.actions import AlreadyOffered
from alongside.matching.board import OutOfDate, start_matching
from alongside.matching.models import Offer, Request, Sending, Version
from alongside.matching.sendings import start_sending, stop_sending
from alongside.matching.states import SendingState
from alongside.notifications.models import Email
from alongside.programmes.actions import enter_participant, update_participant, withdraw_participant
from alongside.programmes.states import ParticipantState, Side
from tests.asked import emails_to, offer, request_to
from tests.world import NOW, World, person, set_rules


def board_of(world: World) -> Version:
    matching = start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
    assert matching.current is not None
    return matching.current


def more_people(world: World, mentees: int) -> None:
    for number in range(mentees):
        enter_participant(
            world.cohort,
            person(f"Mentee Number{number}"),
            Side.MENTEE,
            by=world.carys,
            at=NOW,
            details={"topics": [["Pricing", 1.0]]},
        )


class TestOfferBoard:
    def test_everybody_is_offered_their_match_first(self, world: World) -> None:
        version = board_of(world)
        made = offer_board(version, pool_of(world.cohort), by=world.carys, at=NOW)
        first = {(each.mentee.ref, each.requests.get(position=1).mentor.ref) for each in made}
        assert first == {(mentee, mentor) for mentee, mentor, _score in version.pairs}
        assert all(emails_to(mentee) == ["mentee_offer"] for mentee in world.mentees)

    def test_the_reasons_kept_with_a_request_add_up_to_its_score(self, world: World) -> None:
        offer_board(board_of(world), pool_of(world.cohort), by=world.carys, at=NOW)
        for request in Request.objects.all():
            assert sum(points for _criterion, points, _of, _sentence in request.reasons) == request.score

    def test_a_programme_that_offers_one_mentor_offers_one(self, world: World) -> None:
        set_rules(world, choice={"shape": "one"})
        made = offer_board(board_of(world), pool_of(world.cohort), by=world.carys, at=NOW)
        assert [each.requests.count() for each in made] == [1, 1, 1]

    def test_who_has_an_offer_in_hand_is_not_offered_another(self, world: World) -> None:
        offer(world.bea, world.nia)
        plan = plan_offers(board_of(world), pool_of(world.cohort))
        assert list(plan.already_offered) == [world.bea.ref]
        assert world.bea.ref not in plan.lists

    def test_who_is_left_over_is_not_offered_anybody(self, world: World) -> None:
        for mentor in (world.marcus, world.nia):
            withdraw_participant(mentor, by=world.carys, at=NOW)
        plan = plan_offers(board_of(world), pool_of(world.cohort))
        assert len(plan.left_over) == 1
        assert len(plan.lists) == 2

    def test_a_board_that_is_out_of_date_is_not_offered(self, world: World) -> None:
        version = board_of(world)
        update_participant(world.bea, by=world.carys, at=NOW, topics=[["Exporting", 1.0]])
        with pytest.raises(OutOfDate):
            offer_board(version, pool_of(world.cohort), by=world.carys, at=NOW)

    def test_nobody_stands_on_more_lists_than_three_for_each_place(self, world: World) -> None:
        more_people(world, 12)
        for number, mentee in enumerate(pool_of(world.cohort).mentees[3:6]):
            offer(mentee, *(world.maya, world.nia)[: 1 + number % 2])
        plan = plan_offers(board_of(world), pool := pool_of(world.cohort))
        held = {
            mentor.ref: Request.objects.filter(mentor=mentor).count() + plan.shown[mentor.ref]
            for mentor in pool.mentors
        }
        assert all(held[ref] <= LISTS_PER_PLACE * places for ref, places in pool.free_places.items())


class TestWhoSaidNotThisTime:
    def test_a_mentor_who_declined_is_not_offered_to_that_mentee_again(self, world: World) -> None:
        made = offer(world.dai, world.marcus)
        choose_mentors(made, [request_to(made, world.marcus)], at=NOW)
        decline_request(request_to(made, world.marcus), reason="Too busy", at=NOW)
        take_back_offer(Offer.objects.get(pk=made.pk), by=world.carys, at=NOW)
        plan = plan_offers(board_of(world), pool_of(world.cohort))
        assert world.marcus.ref not in plan.lists[world.dai.ref]

    def test_a_mentee_who_wanted_none_of_a_list_is_offered_others(self, world: World) -> None:
        made = offer(world.bea, world.maya, world.nia)
        choose_nobody(made, reason="", at=NOW)
        take_back_offer(Offer.objects.get(pk=made.pk), by=world.carys, at=NOW)
        assert plan_offers(board_of(world), pool_of(world.cohort)).lists[world.bea.ref] == [world.marcus.ref]

    def test_an_offer_taken_back_before_an_answer_says_nothing(self, world: World) -> None:
        take_back_offer(offer(world.bea, world.maya), by=world.carys, at=NOW)
        assert plan_offers(board_of(world), pool_of(world.cohort)).lists[world.bea.ref][0] == world.maya.ref

    def test_who_did_not_choose_a_mentor_has_not_refused_them(self, world: World) -> None:
        made = offer(world.bea, world.nia, world.maya)
        choose_mentors(made, [request_to(made, world.nia)], at=NOW)
        take_back_offer(Offer.objects.get(pk=made.pk), by=world.carys, at=NOW)
        assert pool_of(world.cohort).said_no == frozenset()

    def test_the_coordinator_may_offer_them_to_each_other_again(self, world: World) -> None:
        made = offer(world.bea, world.maya)
        choose_nobody(made, reason="", at=NOW)
        take_back_offer(Offer.objects.get(pk=made.pk), by=world.carys, at=NOW)
        assert pair_by_hand(world.bea, world.maya, pool_of(world.cohort), by=world.carys, at=NOW)

    def test_an_answer_makes_the_board_out_of_date(self, world: World) -> None:
        version = board_of(world)
        made = offer(world.dai, world.marcus)
        choose_nobody(made, reason="", at=NOW)
        with pytest.raises(OutOfDate):
            plan_offers(version, pool_of(world.cohort))


class TestByHand:
    def test_a_pair_by_hand_is_one_offer_with_its_reasons(self, world: World) -> None:
        made = pair_by_hand(world.bea, world.nia, pool_of(world.cohort), by=world.carys, at=NOW)
        request = made.requests.get()
        assert request.mentor == world.nia
        assert request.score == hand_market(world.bea, pool_of(world.cohort)).score(world.bea.ref, world.nia.ref)

    def test_twice_is_refused(self, world: World) -> None:
        pair_by_hand(world.bea, world.nia, pool_of(world.cohort), by=world.carys, at=NOW)
        with pytest.raises(AlreadyOffered):
            pair_by_hand(world.bea, world.maya, pool_of(world.cohort), by=world.carys, at=NOW)

    def test_nobody_who_is_not_ready_is_offered(self, world: World) -> None:
        type(world.nia).objects.filter(pk=world.nia.pk).update(state=ParticipantState.WAITING)
        world.nia.refresh_from_db()
        with pytest.raises(CannotOffer, match="not ready"):
            pair_by_hand(world.bea, world.nia, pool_of(world.cohort), by=world.carys, at=NOW)

    def test_a_wish_not_to_be_paired_holds_unless_the_programme_does_not_heed_it(self, world: World) -> None:
        update_participant(world.nia, by=world.carys, at=NOW, avoids=["Bea Baker"])
        with pytest.raises(CannotOffer, match="asked not to be paired"):
            pair_by_hand(world.bea, world.nia, pool_of(world.cohort), by=world.carys, at=NOW)
        set_rules(world, matching=engine.to_dict(engine.Settings(engine.Rules(avoid=False))))
        world.bea.refresh_from_db()
        assert pair_by_hand(world.bea, world.nia, pool_of(world.cohort), by=world.carys, at=NOW)


class TestSendingManyOffers:
    @pytest.fixture(autouse=True)
    def _small_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(send_offers, "WHILE_SHE_WAITS", 1)
        monkeypatch.setattr(send_offers, "AT_ONCE", 2)

    def test_a_large_board_goes_out_in_a_worker(self, world: World) -> None:
        offered = offer_the_cohort(board_of(world), pool_of(world.cohort), by=world.carys, at=NOW)
        assert offered.sending is not None
        go_on.enqueue(offered.sending.pk)
        sending = Sending.objects.get()
        assert (sending.state, sending.made, sending.total) == (SendingState.DONE, 3, 3)
        assert Offer.objects.count() == Email.objects.count() == 3

    def test_going_on_twice_offers_nobody_twice(self, world: World) -> None:
        sending, _ = start_sending(board_of(world), total=3, by=world.carys, at=NOW)
        go_on.func(sending.pk)
        Sending.objects.update(state=SendingState.RUNNING)
        go_on.func(sending.pk)
        assert Offer.objects.count() == 3

    def test_what_was_stopped_sends_nothing_more(self, world: World) -> None:
        sending, _ = start_sending(board_of(world), total=3, by=world.carys, at=NOW)
        stop_sending(sending, by=world.carys, at=NOW)
        go_on.func(sending.pk)
        assert not Offer.objects.exists()

    def test_two_sendings_of_a_cohort_never_run_at_once(self, world: World) -> None:
        version = board_of(world)
        first, _ = start_sending(version, total=3, by=world.carys, at=NOW)
        assert start_sending(version, total=3, by=world.piotr, at=NOW) == (first, False)

    def test_people_who_join_meanwhile_stop_it_in_plain_words(self, world: World) -> None:
        sending, _ = start_sending(board_of(world), total=3, by=world.carys, at=NOW)
        more_people(world, 1)
        go_on.func(sending.pk)
        sending.refresh_from_db()
        assert sending.state == SendingState.REFUSED
        assert "Match again" in sending.refusal

    def test_a_fault_of_ours_ends_it_in_plain_words_and_the_rest_can_be_offered_again(
        self, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*args: object, **kwargs: object) -> None:
            raise RuntimeError("the disk is on fire")

        version = board_of(world)
        sending, _ = start_sending(version, total=3, by=world.carys, at=NOW)
        with monkeypatch.context() as patched:
            patched.setattr(send_offers, "make_planned_offers", broken)
            go_on.func(sending.pk)
        sending.refresh_from_db()
        assert (sending.state, sending.refusal) == (SendingState.REFUSED, OUR_FAULT)
        assert "the disk is on fire" in caplog.text
        _, is_new = start_sending(version, total=3, by=world.carys, at=NOW)
        assert is_new
