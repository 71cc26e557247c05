import pytest
from django.test import Client

from alongside.journeys import send_offers
from alongside.journeys.choose_mentors import choose_mentors, choose_nobody
from alongside.journeys.pool import pool_of
from alongside.kernel import clock
from alongside.matching.board import start_matching
from alongside.matching.models import Matching, Offer
from alongside.matching.sendings import start_sending
from alongside.matching.states import OfferState
from alongside.notifications.models import Email
from alongside.programmes.actions import enter_participant, update_participant, withdraw_participant
from alongside.programmes.states import Side
from tests.asked import emails_to, offer, request_to
from tests.queries import queries_of
from tests.world import LEAK, NOW, World, person


@pytest.fixture
def matched(world: World) -> Matching:
    return start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)


def board(world: World) -> str:
    return f"/cohorts/{world.cohort.ref}/board/offer/"


def choices(world: World) -> str:
    return f"/cohorts/{world.cohort.ref}/choices/"


class TestOfferingTheBoard:
    def test_the_page_says_exactly_what_will_go_out(self, world: World, matched: Matching, as_carys: Client) -> None:
        offer(world.dai, world.marcus)
        page = as_carys.get(board(world)).content.decode()
        assert "Offer 2 mentees a mentor" in page
        assert "2 emails go out now" in page
        assert "They have an offer in hand already: Dai Davies." in page
        assert "is shown most" in page
        assert Offer.objects.count() == 1

    def test_every_mentee_is_offered_mentors_by_email(self, world: World, matched: Matching, as_carys: Client) -> None:
        page = as_carys.post(board(world), follow=True).content.decode()
        assert "3 mentees have been asked by email" in page
        assert all(emails_to(mentee) == ["mentee_offer"] for mentee in world.mentees)
        assert all(emails_to(mentor) == [] for mentor in world.mentors)

    def test_doing_it_twice_changes_nothing(self, world: World, matched: Matching, as_carys: Client) -> None:
        as_carys.post(board(world))
        as_carys.post(board(world))
        assert Offer.objects.count() == 3
        assert Email.objects.count() == 3
        assert "There is nobody to offer to" in as_carys.get(board(world)).content.decode()

    def test_a_stale_board_refuses(self, world: World, matched: Matching, as_carys: Client) -> None:
        enter_participant(world.cohort, person("Gwen Grey"), Side.MENTEE, by=world.carys, at=NOW, details={})
        assert "Match again, then offer" in as_carys.get(board(world), follow=True).content.decode()
        assert "Match again, then offer" in as_carys.post(board(world), follow=True).content.decode()
        assert not Offer.objects.exists()


class TestChoices:
    def test_before_the_first_offer_the_page_says_what_will_be_here(self, world: World, as_carys: Client) -> None:
        assert "Nothing has been offered yet" in as_carys.get(choices(world)).content.decode()

    def test_it_shows_who_chose_whom_and_who_is_asked(self, world: World, as_carys: Client) -> None:
        made = offer(world.bea, world.maya, world.marcus)
        offer(world.dai, world.marcus)
        choose_mentors(made, [request_to(made, world.marcus), request_to(made, world.maya)], at=NOW)
        page = as_carys.get(choices(world)).content.decode()
        assert "Marcus Moor, Maya Mentor" in page
        assert "mentor asked" in page
        chosen = as_carys.get(choices(world), {"state": "chosen"}).content.decode()
        assert "Bea Baker" in chosen
        assert "Dai Davies" not in chosen

    def test_more_offers_take_no_more_queries(self, world: World, as_carys: Client) -> None:
        offer(world.bea, world.maya, world.marcus)
        few = queries_of(as_carys, choices(world))
        offer(world.dai, world.maya, world.marcus)
        offer(world.farah, world.nia, world.marcus)
        assert queries_of(as_carys, choices(world)) == few


class TestOneOffer:
    def test_reasons_are_read_by_the_coordinator(self, world: World, as_carys: Client) -> None:
        made = offer(world.bea, world.maya)
        choose_nobody(made, reason="I would rather have a woman who bakes.", at=NOW)
        page = as_carys.get(f"/offers/{made.ref}/").content.decode()
        assert "I would rather have a woman who bakes." in page
        assert "Only the coordinators of this programme." in page

    def test_links_that_answer_for_others_are_not_shown(self, world: World, as_carys: Client) -> None:
        made = offer(world.bea, world.maya)
        choose_mentors(made, [request_to(made, world.maya)], at=NOW)
        page = as_carys.get(f"/offers/{made.ref}/").content.decode()
        assert "asked now" in page
        assert "/choose/" not in page
        assert "/answer/" not in page

    def test_it_is_taken_back(self, world: World, as_carys: Client) -> None:
        made = offer(world.bea, world.maya)
        choose_mentors(made, [request_to(made, world.maya)], at=NOW)
        page = as_carys.post(f"/offers/{made.ref}/take-back/", follow=True).content.decode()
        assert "taken back" in page
        assert emails_to(world.maya) == ["mentor_request", "mentor_released"]

    def test_it_is_given_more_time(self, world: World, as_carys: Client) -> None:
        made = offer(world.bea, world.maya)
        Offer.objects.update(state=OfferState.LAPSED)
        assert "Give more time" in as_carys.get(f"/offers/{made.ref}/").content.decode()
        as_carys.post(f"/offers/{made.ref}/more-time/")
        made.refresh_from_db()
        assert (made.state, made.offered_at) == (OfferState.OPEN, clock.now())

    def test_what_cannot_be_done_any_more_is_said(self, world: World, as_carys: Client) -> None:
        made = offer(world.bea, world.maya)
        as_carys.post(f"/offers/{made.ref}/take-back/")
        page = as_carys.post(f"/offers/{made.ref}/more-time/", follow=True).content.decode()
        assert "This cannot be done any more" in page


class TestByHand:
    def test_mentors_come_best_fit_first_with_their_places(self, world: World, as_carys: Client) -> None:
        page = as_carys.get(f"/people/{world.bea.ref}/mentor/").content.decode()
        assert page.index("Maya Mentor") < page.index("Marcus Moor")
        assert "0 of 2 taken" in page
        assert "Covers 1 of 2 needs: Pricing" in page

    def test_from_the_queue_it_takes_two_clicks(self, world: World, as_carys: Client) -> None:
        found = f"/people/{world.bea.ref}/mentor/"
        assert found in as_carys.get("/queue/").content.decode()
        page = as_carys.post(found, {"mentor": world.nia.ref}, follow=True).content.decode()
        assert "Nia Nolan is offered to Bea Baker" in page
        assert emails_to(world.bea) == ["mentee_offer"]

    def test_a_rule_is_said_and_may_be_set_aside(self, world: World, as_carys: Client) -> None:
        update_participant(world.bea, by=world.carys, at=NOW, languages=["Welsh"])
        update_participant(world.nia, by=world.carys, at=NOW, languages=["English"])
        found = f"/people/{world.bea.ref}/mentor/"
        assert "No language in common" in as_carys.get(found).content.decode()
        as_carys.post(found, {"mentor": world.nia.ref})
        assert Offer.objects.get().mentee == world.bea

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ("full", "Nia Nolan has no free place."),
            ("left", "Nia Nolan is not ready to be matched."),
            ("avoids", "asked not to be paired"),
        ],
    )
    def test_what_no_hand_may_set_aside_is_refused(
        self, world: World, as_carys: Client, wrong: str, words: str
    ) -> None:
        if wrong == "full":
            update_participant(world.nia, by=world.carys, at=NOW, capacity=0)
        elif wrong == "left":
            withdraw_participant(world.nia, by=world.carys, at=NOW)
        else:
            update_participant(world.nia, by=world.carys, at=NOW, avoids=["Bea Baker"])
        found = f"/people/{world.bea.ref}/mentor/"
        assert "Nia Nolan" in as_carys.get(found).content.decode()
        assert words in as_carys.post(found, {"mentor": world.nia.ref}, follow=True).content.decode()
        assert not Offer.objects.exists()

    def test_who_is_choosing_already_is_not_offered_another(self, world: World, as_carys: Client) -> None:
        made = offer(world.bea, world.maya)
        page = as_carys.get(f"/people/{world.bea.ref}/mentor/").content.decode()
        assert "Bea Baker is choosing already" in page
        assert made.ref in page
        as_carys.post(f"/people/{world.bea.ref}/mentor/", {"mentor": world.nia.ref})
        assert Offer.objects.count() == 1

    def test_who_has_left_is_not_offered_anybody(self, world: World, as_carys: Client) -> None:
        withdraw_participant(world.bea, by=world.carys, at=NOW)
        assert "is not ready to be matched" in as_carys.get(f"/people/{world.bea.ref}/mentor/").content.decode()
        as_carys.post(f"/people/{world.bea.ref}/mentor/", {"mentor": world.nia.ref})
        assert not Offer.objects.exists()


def test_a_stranger_sees_nothing_of_offers(world: World, matched: Matching, as_olu: Client) -> None:
    made = offer(world.bea, world.maya)
    pages = [choices(world), f"/offers/{made.ref}/", f"/people/{world.bea.ref}/mentor/"]
    for page in pages:
        response = as_olu.get(page)
        assert response.status_code == 404
        assert LEAK not in response.content.decode()
    posts = [f"/offers/{made.ref}/take-back/", f"/offers/{made.ref}/more-time/", f"/people/{world.dai.ref}/mentor/"]
    assert [as_olu.post(page, {"mentor": world.maya.ref}).status_code for page in posts] == [404, 404, 404]
    made.refresh_from_db()
    assert made.state == OfferState.OPEN
    assert Offer.objects.count() == 1


class TestSendingMany:
    @pytest.fixture(autouse=True)
    def _everything_is_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(send_offers, "WHILE_SHE_WAITS", 1)

    def test_a_large_cohort_is_asked_while_she_watches(self, world: World, matched: Matching, as_carys: Client) -> None:
        page = as_carys.post(board(world), follow=True).content.decode()
        assert "3 mentees have been asked" in page
        assert all(emails_to(mentee) == ["mentee_offer"] for mentee in world.mentees)

    def test_it_shows_how_far_it_is_and_can_be_stopped(self, world: World, matched: Matching, as_carys: Client) -> None:
        assert matched.current is not None
        sending, _ = start_sending(matched.current, total=300, by=world.carys, at=NOW)
        response = as_carys.get(f"/sendings/{sending.ref}/")
        assert response["Refresh"] == "3"
        assert "0 of 300" in response.content.decode()
        assert "0 of 300" in as_carys.get(f"/sendings/{sending.ref}/progress/").content.decode()
        page = as_carys.post(f"/sendings/{sending.ref}/stop/", follow=True).content.decode()
        assert "You stopped it" in page
        assert as_carys.get(f"/sendings/{sending.ref}/progress/")["HX-Refresh"] == "true"

    def test_a_stranger_neither_sees_nor_stops_it(self, world: World, matched: Matching, as_olu: Client) -> None:
        assert matched.current is not None
        sending, _ = start_sending(matched.current, total=300, by=world.carys, at=NOW)
        assert as_olu.get(f"/sendings/{sending.ref}/").status_code == 404
        assert as_olu.get(f"/sendings/{sending.ref}/progress/").status_code == 404
        assert as_olu.post(f"/sendings/{sending.ref}/stop/").status_code == 404
