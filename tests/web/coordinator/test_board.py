from dataclasses import replace

import pytest
from django.test import Client

from alongside import engine
from alongside.journeys.choose_mentors import choose_nobody
from alongside.journeys.pool import pool_of
from alongside.matching import board
from alongside.matching.board import start_matching
from alongside.matching.models import Matching, Version
from alongside.matching.problem import Wanted
from alongside.notifications.models import Email
from alongside.programmes.actions import enter_participant, update_participant, withdraw_participant
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from tests.asked import offer
from tests.queries import queries_of
from tests.world import LEAK, NOW, World, person, set_rules


@pytest.fixture
def matched(world: World) -> Matching:
    """The cohort of the cast, matched: Bea and Maya, Dai and Marcus, Farah and Nia."""
    return start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)


def url(world: World, page: str = "") -> str:
    return f"/cohorts/{world.cohort.ref}/board/{page}"


def asking(mentee: Participant, mentor: Participant) -> str:
    return f"?mentee={mentee.ref}&mentor={mentor.ref}"


def current(matching: Matching) -> Version:
    matching.refresh_from_db()
    assert matching.current is not None
    return matching.current


def pairs(matching: Matching) -> set[tuple[str, str]]:
    return {(mentee, mentor) for mentee, mentor, _score in current(matching).pairs}


def change(client: Client, world: World, do: str, mentee: Participant, mentor: Participant) -> str:
    """Press a button of a pair and return the page it leads to."""
    page = client.post(url(world, f"change/{asking(mentee, mentor)}"), {"do": do}, follow=True)
    assert page.status_code == 200
    return str(page.content.decode())


class TestBeforeMatching:
    def test_the_first_visit_says_what_matching_will_do(self, world: World, as_carys: Client) -> None:
        page = as_carys.get(url(world)).content.decode()
        assert "3 mentees are ready" in page
        assert "4 free places" in page
        assert "Nobody is written to before you say so" in page

    def test_without_mentors_the_next_step_is_to_import_them(self, world: World, as_carys: Client) -> None:
        for mentor in world.mentors:
            withdraw_participant(mentor, by=world.carys, at=NOW)
        page = as_carys.get(url(world)).content.decode()
        assert "Import mentors" in page
        assert "Match the cohort" not in page

    def test_one_button_matches_the_cohort_and_sends_nothing(self, world: World, as_carys: Client) -> None:
        page = as_carys.post(url(world, "match/"), follow=True).content.decode()
        assert "<strong>3 of 3</strong> mentees have a mentor" in page
        assert not Email.objects.exists()

    def test_pages_about_a_board_that_is_not_there_are_not_there(self, world: World, as_carys: Client) -> None:
        assert as_carys.get(url(world, "offer/")).status_code == 404
        assert as_carys.get(url(world, f"why-not/{asking(world.bea, world.nia)}")).status_code == 404
        assert as_carys.post(url(world, "undo/")).status_code == 404


class TestTheBoard:
    def test_every_pair_is_shown_with_its_main_reason(self, world: World, matched: Matching, as_carys: Client) -> None:
        page = as_carys.get(url(world)).content.decode()
        assert "Bea Baker <span>with</span> Maya Mentor" in page
        assert "Covers 1 of 2 needs: Pricing" in page
        assert "Proven: no other arrangement" in page

    def test_what_is_not_proven_says_how_much_better_it_could_be(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        Version.objects.update(value=99_981, bound=100_000)
        page = as_carys.get(url(world)).content.decode()
        assert "The best found when it was stopped; at most 0.02 % better is possible." in page
        assert "Proven" not in page

    def test_a_proof_speaks_of_what_was_asked_for(self, world: World, matched: Matching, as_carys: Client) -> None:
        quality = engine.Settings(objective=engine.Objective.QUALITY)
        Version.objects.update(settings=engine.to_dict(quality))
        page = as_carys.get(url(world)).content.decode()
        assert "Proven: in no other arrangement under these rules do people fit better." in page

    def test_the_reasons_of_a_pair_add_up_to_its_score(self, world: World, matched: Matching, as_carys: Client) -> None:
        response = as_carys.get(url(world, f"reasons/{asking(world.bea, world.maya)}"))
        points = sum(reason["points"] for reason in response.context["reasons"])
        score = next(score for mentee, _mentor, score in current(matched).pairs if mentee == world.bea.ref)
        assert points == pytest.approx(score // 10 / 10)
        assert response.context["score"]["number"] == score // 100

    def test_htmx_gets_the_reasons_alone(self, world: World, matched: Matching, as_carys: Client) -> None:
        response = as_carys.get(url(world, f"reasons/{asking(world.bea, world.maya)}"), headers={"HX-Request": "true"})
        assert "<html" not in response.content.decode()
        assert "reasons__bar" in response.content.decode()

    def test_pairs_are_ordered_and_found_by_name(self, world: World, matched: Matching, as_carys: Client) -> None:
        page = as_carys.get(url(world, "?order=mentor")).content.decode()
        assert page.index("with</span> Marcus") < page.index("with</span> Maya") < page.index("with</span> Nia")
        found = as_carys.get(url(world, "?q=farah")).context["listing"].rows
        assert [row.mentee for row in found] == [world.farah]

    def test_somebody_left_over_reads_why(self, world: World, as_carys: Client) -> None:
        for mentor in (world.marcus, world.nia):
            withdraw_participant(mentor, by=world.carys, at=NOW)
        start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
        page = as_carys.get(url(world)).content.decode()
        assert "<strong>2 of 3</strong>" in page
        assert "are taken by others" in page
        assert "One without a mentor" in page

    def test_people_who_join_make_the_board_stale(self, world: World, matched: Matching, as_carys: Client) -> None:
        enter_participant(world.cohort, person("Gwen Grey"), Side.MENTEE, by=world.carys, at=NOW, details={})
        page = as_carys.get(url(world)).content.decode()
        assert "One person has joined since this was matched" in page
        assert "Offer these" not in page
        as_carys.post(url(world, "match/"))
        page = as_carys.get(url(world)).content.decode()
        assert "since this was matched" not in page
        assert "<strong>4 of 4</strong>" in page

    def test_matching_again_keeps_wishes_and_lifts_those_that_cannot_be(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        change(as_carys, world, "lock", world.dai, world.marcus)
        change(as_carys, world, "require", world.bea, world.nia)
        update_participant(world.nia, by=world.carys, at=NOW, capacity=0)
        assert "Match again" in as_carys.get(url(world)).content.decode()
        as_carys.post(url(world, "match/"))
        assert current(matched).required == [[world.dai.ref, world.marcus.ref]]

    @pytest.mark.parametrize(
        ("objective", "best_at", "proven"),
        [
            (engine.Objective.PLACE_FIRST, "then the pairs fit as well as can be", "or as many who fit better"),
            (engine.Objective.QUALITY, "even if that leaves somebody out", "do people fit better"),
            (engine.Objective.FLOOR_FIRST, "and then all together", "with a better worst match"),
            (engine.Objective.LEXIMIN, "then the second worst", "and so is each after it"),
        ],
    )
    def test_it_says_what_the_whole_is_best_at_and_proves_just_that(
        self, world: World, as_carys: Client, objective: engine.Objective, best_at: str, proven: str
    ) -> None:
        settings = engine.Settings(engine.Rules(least_score=100), objective=objective)
        set_rules(world, matching=engine.to_dict(settings))
        as_carys.post(url(world, "match/"))
        page = as_carys.get(url(world)).content.decode()
        assert best_at in page
        assert proven in page
        assert "No pair that fits below 1 of 100." in page

    def test_new_rules_of_the_programme_make_it_stale(self, world: World, matched: Matching, as_carys: Client) -> None:
        rules = engine.Settings(engine.Rules(organisation="different"))
        set_rules(world, matching=engine.to_dict(rules))
        assert "rules have changed" in as_carys.get(url(world)).content.decode()
        as_carys.post(url(world, "match/"))
        page = as_carys.get(url(world)).content.decode()
        assert "Never two from the same workplace" in page
        assert "rules have changed" not in page


class TestChanging:
    def test_a_lock_survives_other_weights(self, world: World, matched: Matching, as_carys: Client) -> None:
        change(as_carys, world, "require", world.bea, world.nia)
        change(as_carys, world, "lock", world.bea, world.nia)
        as_carys.post(url(world, "weights/"), {"do": "apply", **_weights(needs=100)})
        assert (world.bea.ref, world.nia.ref) in pairs(matched)
        assert current(matched).settings["weights"]["needs"] == 100

    def test_a_forbidden_pair_moves_and_can_be_allowed_again(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        page = change(as_carys, world, "forbid", world.dai, world.marcus)
        assert (world.dai.ref, world.marcus.ref) not in pairs(matched)
        assert "Ruled out by hand" in page
        change(as_carys, world, "allow", world.dai, world.marcus)
        assert (world.dai.ref, world.marcus.ref) in pairs(matched)

    def test_a_pair_is_picked_by_hand(self, world: World, matched: Matching, as_carys: Client) -> None:
        page = as_carys.get(url(world, f"pick/?mentee={world.bea.ref}")).content.decode()
        assert "points of fit" in page
        as_carys.post(url(world, f"change/?mentee={world.bea.ref}"), {"do": "pick", "mentor": world.nia.ref})
        assert (world.bea.ref, world.nia.ref) in pairs(matched)

    def test_after_a_change_she_is_back_at_the_pair(self, world: World, matched: Matching, as_carys: Client) -> None:
        address = url(world, f"change/{asking(world.bea, world.maya)}&order=mentee&q=bea")
        response = as_carys.post(address, {"do": "lock"})
        assert response["Location"] == url(world, f"?order=mentee&q=bea#pair-{world.bea.ref}-{world.maya.ref}")

    def test_undo_restores_and_can_be_undone(self, world: World, matched: Matching, as_carys: Client) -> None:
        before = pairs(matched)
        change(as_carys, world, "forbid", world.dai, world.marcus)
        after = pairs(matched)
        as_carys.post(url(world, "undo/"))
        assert pairs(matched) == before
        as_carys.post(url(world, "versions/2/show/"))
        assert pairs(matched) == after

    def test_undo_does_not_take_back_what_a_colleague_did_meanwhile(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        change(as_carys, world, "lock", world.dai, world.marcus)
        seen = current(matched).ref
        board.change_board(matched, pool_of(world.cohort), lambda wanted: wanted, words="Hers", by=world.piotr, at=NOW)
        page = as_carys.post(url(world, f"undo/?seen={seen}"), follow=True).content.decode()
        assert "Somebody changed the board a moment ago" in page
        assert current(matched).number == 3

    def test_two_mentees_swap_mentors(self, world: World, matched: Matching, as_carys: Client) -> None:
        page = as_carys.get(url(world, f"swap/{asking(world.bea, world.maya)}")).content.decode()
        assert "If nobody else moves" in page
        as_carys.post(
            url(world, f"swap/{asking(world.bea, world.maya)}"), {"other": f"{world.farah.ref}:{world.nia.ref}"}
        )
        assert {(world.bea.ref, world.nia.ref), (world.farah.ref, world.maya.ref)} <= pairs(matched)

    def test_what_contradicts_itself_is_refused_in_plain_words(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        change(as_carys, world, "lock", world.dai, world.marcus)
        page = change(as_carys, world, "require", world.bea, world.marcus)
        assert "Marcus Moor has room for 1 mentee, but 2 pairs are required" in page

    def test_a_button_that_is_not_there_changes_nothing(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        assert "Choose what to do" in change(as_carys, world, "explode", world.dai, world.marcus)
        assert current(matched).number == 1


class TestWhyNot:
    def test_a_rule_is_named(self, world: World, as_carys: Client) -> None:
        update_participant(world.bea, by=world.carys, at=NOW, languages=["Welsh"])
        update_participant(world.nia, by=world.carys, at=NOW, languages=["English"])
        start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
        page = as_carys.get(url(world, f"why-not/{asking(world.bea, world.nia)}")).content.decode()
        assert "No language in common: Welsh and English." in page
        assert "in spite of this rule" in page

    def test_who_holds_the_place_and_what_it_would_cost(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        page = as_carys.get(url(world, f"why-not/{asking(world.bea, world.nia)}")).content.decode()
        assert "places are held by Farah Farouk" in page
        assert "the whole loses" in page
        assert "Pair them anyway" in page

    def test_nobody_sets_aside_what_a_person_asked_for(self, world: World, as_carys: Client) -> None:
        update_participant(world.nia, by=world.carys, at=NOW, avoids=["Bea Baker"])
        start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
        page = as_carys.get(url(world, f"why-not/{asking(world.bea, world.nia)}")).content.decode()
        assert "asked not to be paired" in page
        assert 'value="require"' not in page

    def test_who_said_not_this_time_is_named_and_can_be_asked_again(self, world: World, as_carys: Client) -> None:
        choose_nobody(offer(world.bea, world.maya), reason="", at=NOW)
        start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
        page = as_carys.get(url(world, f"why-not/{asking(world.bea, world.maya)}")).content.decode()
        assert "one of them said not this time" in page
        change(as_carys, world, "require", world.bea, world.maya)
        assert (world.bea.ref, world.maya.ref) in pairs(Matching.objects.get())

    def test_people_are_found_by_name(self, world: World, matched: Matching, as_carys: Client) -> None:
        page = as_carys.get(url(world, "why-not/?mentee=bea&mentor=nia+nolan")).content.decode()
        assert "Why not Bea Baker with Nia Nolan?" in page
        page = as_carys.get(url(world, "why-not/?mentee=bea&mentor=nobody")).content.decode()
        assert "Nobody here is called “nobody”" in page


def _weights(**changed: float) -> dict[str, float]:
    return {**engine.Weights().by_criterion(), **changed}


class TestWeights:
    def test_trying_weights_shows_the_effect_and_saves_nothing(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        page = as_carys.post(url(world, "weights/"), {"do": "try", **_weights(needs=7)}).content.decode()
        assert "With these weights" in page
        assert 'value="7"' in page
        assert current(matched).number == 1

    def test_htmx_gets_the_sliders_with_the_effect_alone(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        posted = {"do": "try", **_weights(needs=7)}
        page = as_carys.post(url(world, "weights/"), posted, headers={"HX-Request": "true"}).content.decode()
        assert 'id="effect"' in page
        assert "<html" not in page

    def test_weights_the_board_does_not_ask_for_stay_and_their_reasons_have_names(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        asked = replace(engine.Settings(), weights=engine.Weights(mode=20, experience=10))
        Version.objects.filter(pk=current(matched).pk).update(settings=engine.to_dict(asked))
        as_carys.post(url(world, "weights/"), {"do": "apply", **_weights(needs=7)})
        weights = engine.from_dict(engine.Settings, current(matched).settings).weights
        assert (weights.needs, weights.mode, weights.experience) == (7, 20, 10)
        page = as_carys.get(url(world, f"reasons/{asking(world.bea, world.maya)}")).content.decode()
        assert "How to meet not compared" in page
        assert "Experience asked for" in page

    def test_weights_that_count_nothing_are_refused(self, world: World, matched: Matching, as_carys: Client) -> None:
        nothing = dict.fromkeys(_weights(), 0)
        page = as_carys.post(url(world, "weights/"), {"do": "apply", **nothing}, follow=True).content.decode()
        assert "Every weight is 0" in page
        for wrong in ("nan", "many", "-1", "1e400"):
            as_carys.post(url(world, "weights/"), {"do": "apply", **_weights(), "needs": wrong})
        assert current(matched).number == 1


class TestWhomToRecruit:
    def test_the_kinds_that_would_help_most_are_named(self, world: World, as_carys: Client) -> None:
        for mentor in (world.marcus, world.nia):
            withdraw_participant(mentor, by=world.carys, at=NOW)
        update_participant(world.maya, by=world.carys, at=NOW, capacity=1)
        start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
        assert url(world, "recruit/") in as_carys.get(url(world)).content.decode()
        page = as_carys.get(url(world, "recruit/")).content.decode()
        assert "A mentor for Marketing" in page
        assert "One more person would have a mentor." in page
        assert LEAK not in page.split("<main")[1].split("</h1>")[1]

    def test_where_everybody_has_a_mentor_it_says_how_much_better_they_would_fit(
        self, world: World, matched: Matching, as_carys: Client
    ) -> None:
        assert "where a perfect pair has 100" in as_carys.get(url(world, "recruit/")).content.decode()

    def test_it_claims_to_be_exact_only_where_prices_are_the_lowest(
        self, world: World, matched: Matching, as_carys: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "exact for one more mentor" in as_carys.get(url(world, "recruit/")).content.decode()
        monkeypatch.setattr(engine, "LOWEST_UP_TO", 0)
        page = as_carys.get(url(world, "recruit/")).content.decode()
        assert "exact" not in page
        assert "it may be a little less" in page

    def test_where_nobody_would_help_it_says_so(self, world: World, matched: Matching, as_carys: Client) -> None:
        for mentee in world.mentees:
            withdraw_participant(mentee, by=world.carys, at=NOW)
        assert "No mentor whom you could find" in as_carys.get(url(world, "recruit/")).content.decode()


class TestVersions:
    def test_two_versions_are_compared(self, world: World, matched: Matching, as_carys: Client) -> None:
        change(as_carys, world, "require", world.bea, world.nia)
        page = as_carys.get(url(world, "compare/?a=1&b=2")).content.decode()
        assert "Mean fit" in page
        assert "Nia Nolan" in page
        assert as_carys.get(url(world, "compare/?a=1&b=99")).status_code == 404
        assert as_carys.get(url(world, "compare/?a=x")).status_code == 302

    def test_a_version_has_a_name_to_find_it_by(self, world: World, matched: Matching, as_carys: Client) -> None:
        as_carys.post(url(world, "versions/1/name/"), {"name": "Before the meeting"})
        assert "Before the meeting" in as_carys.get(url(world)).content.decode()


PAGES = ["", "offer/", "recruit/", "compare/?a=1&b=1"]
ABOUT_TWO = ["reasons/", "why-not/", "pick/", "swap/"]
POSTS = ["match/", "change/", "weights/", "undo/", "versions/1/show/", "versions/1/name/", "offer/", "swap/"]


@pytest.mark.parametrize("page", [*PAGES, *ABOUT_TWO])
def test_a_stranger_sees_nothing_of_it(world: World, matched: Matching, as_olu: Client, page: str) -> None:
    two = asking(world.bea, world.maya) if page in ABOUT_TWO else ""
    response = as_olu.get(url(world, page + two))
    assert response.status_code == 404
    assert LEAK not in response.content.decode()


@pytest.mark.parametrize("page", POSTS)
def test_a_stranger_changes_nothing(world: World, matched: Matching, as_olu: Client, page: str) -> None:
    response = as_olu.post(url(world, page + asking(world.bea, world.maya)), {"do": "lock", "name": "mine"})
    assert response.status_code == 404
    assert (current(matched).number, current(matched).name) == (1, "")


def test_a_stranger_cannot_name_people_of_others_on_their_own_board(world: World, as_olu: Client) -> None:
    mine = f"/cohorts/{world.other_cohort.ref}/board/"
    assert as_olu.post(f"{mine}change/{asking(world.bea, world.maya)}", {"do": "lock"}).status_code == 404
    assert LEAK not in as_olu.get(mine).content.decode()


def test_who_found_a_mentor_meanwhile_is_said_not_to_be_here(world: World, matched: Matching, as_carys: Client) -> None:
    withdraw_participant(world.bea, by=world.carys, at=NOW)
    assert "not among the people to be matched any more" in change(as_carys, world, "lock", world.bea, world.maya)
    for page in ("reasons/", "pick/", "swap/"):
        response = as_carys.get(url(world, page + asking(world.bea, world.maya)), follow=True)
        assert "not among the people to be matched any more" in response.content.decode()


def test_a_partner_works_on_the_same_board(world: World, matched: Matching) -> None:
    client = Client()
    client.force_login(world.piotr)
    change(client, world, "lock", world.bea, world.maya)
    assert current(matched).made_by == world.piotr


def test_more_pairs_take_no_more_queries(world: World, matched: Matching, as_carys: Client) -> None:
    few = {
        page: queries_of(as_carys, url(world, page))
        for page in ("", f"pick/?mentee={world.bea.ref}", "offer/", "recruit/")
    }
    for number in range(30):
        for side in Side:
            enter_participant(
                world.cohort, person(f"{side} Number{number}"), side, by=world.carys, at=NOW, details={"capacity": 1}
            )
    as_carys.post(url(world, "match/"))
    many = {page: queries_of(as_carys, url(world, page)) for page in few}
    assert len(current(matched).pairs) > 30
    assert many == few


def test_wishes_are_plain_values() -> None:
    wanted = Wanted(engine.Settings())
    assert board.release(board.forbid(wanted, ("a", "b")), ("a", "b")) == wanted
