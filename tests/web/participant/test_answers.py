from datetime import timedelta

import pytest
from django.test import Client

from alongside.journeys.answer_request import decline_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.take_back_offer import take_back_offer
from alongside.matching.answer_links import offer_token, request_token
from alongside.matching.models import Offer, Request
from alongside.matching.states import OfferState, RequestState
from alongside.programmes.models import Participant
from tests.asked import emails_to, offer, request_to
from tests.queries import queries_of
from tests.world import NOW, World

DAY = timedelta(days=1)
LATE = NOW + 6 * DAY


def choose_url(made: Offer) -> str:
    return f"/choose/{offer_token(made)}/"


def rank(made: Offer, *mentors: Participant) -> dict[str, str]:
    return {f"rank_{request_to(made, mentor).ref}": str(place) for place, mentor in enumerate(mentors, 1)}


def state_of(made: Offer) -> str:
    return str(Offer.objects.get(pk=made.pk).state)


def asked(world: World, mentor: Participant) -> Request:
    made = offer(world.bea, mentor, world.nia)
    choose_mentors(made, [request_to(made, mentor), request_to(made, world.nia)], at=NOW)
    return request_to(made, mentor)


def answer_url(request: Request) -> str:
    return f"/answer/{request_token(request)}/"


class TestChoosing:
    def test_fetching_the_page_decides_nothing(self, world: World, client: Client) -> None:
        made = offer(world.bea, world.maya, world.marcus)
        page = client.get(choose_url(made)).content.decode()
        assert "Maya Mentor" in page
        assert "Covers 1 of 2 needs" in page
        assert "until Saturday 14 March, 09:00" in page
        assert state_of(made) == OfferState.OPEN

    def test_the_order_counts(self, world: World, client: Client) -> None:
        made = offer(world.bea, world.maya, world.marcus, world.nia)
        answer = client.post(choose_url(made), rank(made, world.nia, world.maya))
        assert answer.headers["Location"] == choose_url(made)
        assert request_to(made, world.nia).state == RequestState.ASKED
        page = client.get(choose_url(made)).content.decode()
        assert "We have asked Nia Nolan. You hear from us by Saturday 14 March, 09:00." in page

    @pytest.mark.parametrize(
        ("places", "said"),
        [
            ({}, "Choose at least one mentor"),
            ({"maya": "1", "marcus": "1"}, "Two mentors are both your first choice"),
        ],
    )
    def test_a_ranking_that_does_not_fit_comes_back_with_everything_kept(
        self, world: World, client: Client, places: dict[str, str], said: str
    ) -> None:
        made = offer(world.bea, world.maya, world.marcus, world.nia)
        sent = {f"rank_{request_to(made, getattr(world, who)).ref}": place for who, place in places.items()}
        page = client.post(choose_url(made), sent).content.decode()
        assert said in page
        assert "There is a problem" in page
        for name, value in sent.items():
            assert f'name="{name}" value="{value}" checked' in page
        assert state_of(made) == OfferState.OPEN

    @pytest.mark.parametrize("place", ["9", "-1", "x", "1.5"])
    def test_what_is_no_place_is_refused_in_words(self, world: World, client: Client, place: str) -> None:
        made = offer(world.bea, world.maya, world.marcus)
        page = client.post(choose_url(made), {f"rank_{request_to(made, world.maya).ref}": place})
        assert page.status_code == 200
        assert "There is a problem" in page.content.decode()

    def test_none_of_these_is_an_answer(self, world: World, client: Client) -> None:
        made = offer(world.bea, world.maya, world.marcus)
        client.post(choose_url(made), {"answer": "nobody", "reason": "Too far away"})
        assert state_of(made) == OfferState.DECLINED
        assert Offer.objects.get(pk=made.pk).reason == "Too far away"
        assert "the coordinator looks again" in client.get(choose_url(made)).content.decode()

    def test_one_mentor_is_a_yes_or_a_no(self, world: World, client: Client) -> None:
        made = offer(world.bea, world.maya)
        page = client.get(choose_url(made)).content.decode()
        assert "Yes, ask Maya Mentor for me" in page
        assert "first choice" not in page
        client.post(choose_url(made), rank(made, world.maya))
        assert request_to(made, world.maya).state == RequestState.ASKED

    def test_sending_twice_is_answered_in_words(self, world: World, client: Client) -> None:
        made = offer(world.bea, world.maya, world.marcus)
        client.post(choose_url(made), rank(made, world.maya))
        page = client.post(choose_url(made), rank(made, world.marcus), follow=True).content.decode()
        assert "answered before" in page
        assert emails_to(world.marcus) == []

    def test_late_is_not_too_late(self, world: World, client: Client) -> None:
        made = offer(world.bea, world.maya, world.marcus)
        run_clocks(at=LATE)
        assert "Your answer still counts" in client.get(choose_url(made)).content.decode()
        client.post(choose_url(made), rank(made, world.maya))
        assert state_of(made) == OfferState.CHOSEN

    def test_an_offer_taken_back_says_so(self, world: World, client: Client) -> None:
        made = offer(world.bea, world.maya)
        take_back_offer(made, by=world.carys, at=NOW)
        assert "Nothing is asked of you any more" in client.get(choose_url(made)).content.decode()
        page = client.post(choose_url(made), rank(made, world.maya), follow=True)
        assert "Nothing was changed" in page.content.decode()

    def test_whoever_said_no_is_never_named_as_such(self, world: World, client: Client) -> None:
        request = asked(world, world.maya)
        decline_request(request, reason="I have no time just now", at=NOW)
        page = client.get(choose_url(request.offer)).content.decode()
        assert "cannot take on someone new just now" in page
        assert "declined" not in page
        assert "no time" not in page

    def test_only_what_was_shared_is_shown(self, world: World, client: Client) -> None:
        world.maya.shares = ["job_title"]
        world.maya.job_title = "Baker of forty years"
        world.maya.save()
        page = client.get(choose_url(offer(world.bea, world.maya, world.marcus))).content.decode()
        assert "Baker of forty years" in page
        assert "Maya" not in page
        assert "what Maya Mentor wrote" not in page
        assert world.marcus.person.email not in page

    def test_more_mentors_take_no_more_queries(self, world: World, client: Client) -> None:
        one, three = offer(world.bea, world.maya), offer(world.dai, world.maya, world.marcus, world.nia)
        assert queries_of(client, choose_url(one)) == queries_of(client, choose_url(three))


class TestAnswering:
    def test_fetching_the_page_decides_nothing(self, world: World, client: Client) -> None:
        request = asked(world, world.maya)
        page = client.get(answer_url(request)).content.decode()
        assert "Bea Baker would like you as a mentor" in page
        assert "Pricing" in page
        assert "bea.baker@example.org" not in page
        assert request_to(request.offer, world.maya).state == RequestState.ASKED

    def test_a_yes_introduces(self, world: World, client: Client) -> None:
        request = asked(world, world.maya)
        page = client.post(answer_url(request), {"answer": "yes"}, follow=True).content.decode()
        assert "You and Bea Baker are introduced" in page
        assert "bea.baker@example.org" in page
        assert "First meeting, as a proposal" in page
        mentee_page = client.get(choose_url(request.offer)).content.decode()
        assert "maya.mentor@example.org" in mentee_page

    def test_a_no_goes_on_and_only_the_coordinator_reads_why(self, world: World, client: Client) -> None:
        request = asked(world, world.maya)
        page = client.post(answer_url(request), {"answer": "no", "reason": "no_time"}, follow=True).content.decode()
        assert "Thank you for your answer" in page
        assert "Bea" not in page
        assert request_to(request.offer, world.maya).reason == "I have no time just now"
        assert request_to(request.offer, world.nia).state == RequestState.ASKED

    @pytest.mark.parametrize("sent", [{}, {"answer": "maybe"}, {"answer": "no", "reason": "<script>"}])
    def test_what_is_no_answer_decides_nothing(self, world: World, client: Client, sent: dict[str, str]) -> None:
        request = asked(world, world.maya)
        assert client.post(answer_url(request), sent).status_code == 200
        assert request_to(request.offer, world.maya).state == RequestState.ASKED

    def test_two_windows_give_one_answer(self, world: World, client: Client) -> None:
        request = asked(world, world.maya)
        client.post(answer_url(request), {"answer": "yes"})
        page = client.post(answer_url(request), {"answer": "no"}, follow=True).content.decode()
        assert "answered before" in page
        assert "are introduced" in page

    def test_too_late_is_said_without_blame(self, world: World, client: Client) -> None:
        request = asked(world, world.maya)
        run_clocks(at=LATE)
        page = client.get(answer_url(request)).content.decode()
        assert "No answer is needed any more" in page
        assert "Bea" not in page
        assert (
            "Nothing was changed" in client.post(answer_url(request), {"answer": "yes"}, follow=True).content.decode()
        )

    def test_reasons_tell_nothing_that_was_not_shared(self, world: World, client: Client) -> None:
        world.bea.shares = ["name", "topics"]
        world.bea.save()
        page = client.get(answer_url(asked(world, world.maya))).content.decode()
        assert "Covers 1 of 2 needs" in page
        assert "Same sector" not in page
        assert "Distance not known" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["choose", "answer"])
@pytest.mark.parametrize("token", ["x", "abc:def", "é:ü", "a" * 500])
def test_a_link_that_is_not_ours_is_met_kindly(client: Client, kind: str, token: str) -> None:
    page = client.get(f"/{kind}/{token}/")
    assert page.status_code == 404
    assert "This link does not work" in page.content.decode()


def test_a_link_for_one_thing_opens_no_other(world: World, client: Client) -> None:
    request = asked(world, world.maya)
    assert client.get(f"/answer/{offer_token(request.offer)}/").status_code == 404
    assert client.get(f"/choose/{request_token(request)}/").status_code == 404
