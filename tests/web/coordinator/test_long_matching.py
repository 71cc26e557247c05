import pytest
from django.test import Client

from alongside.engine import Stopped, Weights
from alongside.journeys import match_cohort, tasks
from alongside.journeys.pool import pool_of
from alongside.matching.board import change_board, start_matching
from alongside.matching.calculations import note_progress, start_calculation, stop_calculation
from alongside.matching.models import Calculation, Matching
from alongside.matching.states import CalculationState, Stage
from alongside.notifications.models import Email
from alongside.programmes.actions import update_participant
from tests.queries import queries_of
from tests.world import LEAK, NOW, World

WEIGHTS = Weights().by_criterion()


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_cohort, "WHILE_SHE_WAITS", 1)


@pytest.fixture
def running(world: World) -> Calculation:
    """A matching of the cast that a worker has, or will have."""
    return start_calculation(world.cohort, None, by=world.carys, at=NOW)[0]


def board(world: World, page: str = "") -> str:
    return f"/cohorts/{world.cohort.ref}/board/{page}"


def address(calculation: Calculation, page: str = "") -> str:
    return f"/matchings/{calculation.ref}/{page}"


def text(client: Client, url: str) -> str:
    return str(client.get(url).content.decode())


class TestMatchingManyPeople:
    def test_a_worker_matches_them_and_nothing_is_sent(self, world: World, as_carys: Client) -> None:
        page = as_carys.post(board(world, "match/"), follow=True).content.decode()
        assert "The cohort is matched" in page
        assert "<strong>3 of 3</strong> mentees have a mentor" in text(as_carys, board(world))
        assert not Email.objects.exists()

    def test_matching_again_and_other_weights_go_to_a_worker_too(self, world: World, as_carys: Client) -> None:
        for posted in ("match/", "match/", "weights/"):
            as_carys.post(board(world, posted), {"do": "apply", **WEIGHTS, "needs": 100})
        versions = list(Matching.objects.get().versions.values_list("change", flat=True))
        assert versions == ["Other weights", "Matched again with the people of today", "The best for everybody"]
        assert Matching.objects.get().current.settings["weights"]["needs"] == 100

    def test_weights_are_tried_only_by_applying_them(self, world: World, as_carys: Client) -> None:
        as_carys.post(board(world, "match/"))
        posted = {"do": "try", **WEIGHTS, "needs": 7}
        page = as_carys.post(board(world, "weights/"), posted, headers={"HX-Request": "true"}).content.decode()
        assert "the effect is worked out when you apply it" in page
        assert 'value="7"' in page
        assert Calculation.objects.count() == 1

    def test_a_few_people_are_matched_at_once(
        self, world: World, as_carys: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(match_cohort, "WHILE_SHE_WAITS", 9)
        as_carys.post(board(world, "match/"))
        assert not Calculation.objects.exists()
        assert Matching.objects.get().current

    def test_it_can_be_undone(self, world: World, as_carys: Client) -> None:
        as_carys.post(board(world, "match/"))
        as_carys.post(board(world, "weights/"), {"do": "apply", **WEIGHTS, "needs": 100})
        as_carys.post(board(world, "undo/"))
        assert Matching.objects.get().current.number == 1


class TestLookingAtIt:
    def test_the_stage_is_said_in_words_and_asked_for_again(
        self, world: World, running: Calculation, as_carys: Client
    ) -> None:
        response = as_carys.get(address(running))
        assert response["Refresh"] == "3"
        assert "Waiting for its turn" in response.content.decode()
        note_progress(running, Stage.PAIRS, 40)
        assert "Looking at every pair: 40 %" in text(as_carys, address(running))
        assert 'value="40"' in text(as_carys, address(running, "progress/"))
        note_progress(running, Stage.PAIRING, 0)
        page = text(as_carys, address(running, "progress/"))
        assert "Finding the best pairs" in page
        assert "value=" not in page.split("<progress")[1].split(">")[0]

    def test_she_finds_the_way_back_from_the_board(self, world: World, running: Calculation, as_carys: Client) -> None:
        assert address(running) in text(as_carys, board(world))
        stop_calculation(running, by=world.carys, at=NOW)
        assert address(running) not in text(as_carys, board(world))
        assert "Match the cohort" in text(as_carys, board(world))

    def test_when_it_ends_the_page_loads_afresh(self, world: World, running: Calculation, as_carys: Client) -> None:
        tasks.match_cohort.func(running.pk)
        response = as_carys.get(address(running, "progress/"))
        assert response["HX-Refresh"] == "true"
        assert "Refresh" not in as_carys.get(address(running))
        assert "See the board" in text(as_carys, address(running))

    def test_looking_takes_as_many_queries_while_it_goes_on(
        self, world: World, running: Calculation, as_carys: Client
    ) -> None:
        before = queries_of(as_carys, address(running, "progress/"))
        note_progress(running, Stage.AGAIN, 99)
        assert queries_of(as_carys, address(running, "progress/")) == before

    def test_a_stranger_neither_sees_nor_stops_it(self, world: World, running: Calculation, as_olu: Client) -> None:
        for page in (address(running), address(running, "progress/"), board(world, "recruit/")):
            response = as_olu.get(page)
            assert response.status_code == 404
            assert LEAK not in response.content.decode()
        assert as_olu.post(address(running, "stop/")).status_code == 404
        running.refresh_from_db()
        assert running.state == CalculationState.RUNNING


class TestStopping:
    def test_what_is_stopped_changes_nothing(self, world: World, running: Calculation, as_carys: Client) -> None:
        page = as_carys.post(address(running, "stop/"), follow=True).content.decode()
        assert "The matching was stopped" in page
        tasks.match_cohort.func(running.pk)
        assert Matching.objects.get().current is None

    def test_it_stops_between_two_steps(
        self, world: World, running: Calculation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(match_cohort, "TOLD_EVERY", 0)
        told = match_cohort.note_progress

        def told_and_stopped(calculation: Calculation, stage: Stage, share: int) -> bool:
            if stage == Stage.PAIRS:
                Calculation.objects.update(state=CalculationState.STOPPED)
            return told(calculation, stage, share)

        monkeypatch.setattr(match_cohort, "note_progress", told_and_stopped)
        with pytest.raises(Stopped):
            match_cohort.match_cohort(running, at=NOW)
        assert Matching.objects.get().current is None

    def test_it_is_stopped_even_at_the_last_moment(
        self, world: World, running: Calculation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stopped(*_: object) -> tuple[object, ...]:
            Calculation.objects.update(state=CalculationState.STOPPED)
            return ()

        monkeypatch.setattr(match_cohort.engine, "whom_to_recruit", stopped)
        tasks.match_cohort.func(running.pk)
        assert Matching.objects.get().current is None
        assert not Matching.objects.get().versions.exists()

    def test_what_is_done_is_stopped_no_more(self, world: World, running: Calculation, as_carys: Client) -> None:
        tasks.match_cohort.func(running.pk)
        page = as_carys.post(address(running, "stop/"), follow=True).content.decode()
        assert "The cohort is matched" in page
        assert Matching.objects.get().current


class TestTheWorker:
    def test_two_matchings_of_a_cohort_never_run_at_once(self, world: World, running: Calculation) -> None:
        assert start_calculation(world.cohort, Weights(), by=world.piotr, at=NOW) == (running, False)

    def test_whoever_asks_a_second_time_is_led_to_the_first(
        self, world: World, running: Calculation, as_carys: Client
    ) -> None:
        page = as_carys.post(board(world, "match/"), follow=True).content.decode()
        assert "This matching was asked for before" in page

    def test_doing_it_twice_makes_one_version(self, world: World, running: Calculation) -> None:
        tasks.match_cohort.func(running.pk)
        tasks.match_cohort.func(running.pk)
        assert Matching.objects.get().versions.count() == 1

    def test_a_board_changed_meanwhile_stays_as_it_was_changed(self, world: World, as_carys: Client) -> None:
        matching = start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
        calculation, _ = start_calculation(world.cohort, None, by=world.carys, at=NOW)
        pool = pool_of(world.cohort)
        change_board(matching, pool, lambda wanted: wanted, words="By hand", by=world.carys, at=NOW)
        tasks.match_cohort.func(calculation.pk)
        assert "Somebody changed the board" in text(as_carys, address(calculation))
        assert Matching.objects.get().current.change == "By hand"

    def test_a_fault_of_ours_ends_it_in_plain_words_and_she_can_match_again(
        self, world: World, as_carys: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*_: object) -> None:
            raise RuntimeError("the disk is on fire")

        with monkeypatch.context() as patched:
            patched.setattr(match_cohort, "pool_of", broken)
            page = as_carys.post(board(world, "match/"), follow=True).content.decode()
        assert "Something went wrong on our side" in page
        assert "the disk is on fire" in caplog.text
        as_carys.post(board(world, "match/"))
        assert Matching.objects.get().current

    def test_it_tells_a_few_times_a_second_and_at_every_stage(self, running: Calculation) -> None:
        now = [0.0]
        progress = match_cohort.Progress(running, clock=lambda: now[0])
        watch, seen = progress.watch(), []
        for stage, share, at in [("pairs", 0.1, 0.0), ("pairs", 0.2, 0.1), ("pairs", 0.7, 0.6), ("pairing", 0, 0.6),
                                 ("pairs", 0.3, 0.7), ("pairs", 0.9, 0.8)]:  # fmt: skip
            now[0] = at
            watch.step(stage, share)
            running.refresh_from_db()
            seen.append((running.stage, running.share))
        assert seen == [("pairs", 10), ("pairs", 10), ("pairs", 70), ("pairing", 0), ("again", 30), ("again", 30)]


class TestWhomToRecruit:
    def test_it_comes_with_the_matching(self, world: World, as_carys: Client) -> None:
        update_participant(world.marcus, by=world.carys, at=NOW, capacity=0)
        update_participant(world.maya, by=world.carys, at=NOW, capacity=1)
        as_carys.post(board(world, "match/"))
        page = text(as_carys, board(world, "recruit/"))
        assert "A mentor for Marketing" in page
        assert "One more person would have a mentor" in page

    def test_a_matching_without_it_says_how_to_have_it(self, world: World, as_carys: Client) -> None:
        start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
        assert "Match again to see it" in text(as_carys, board(world, "recruit/"))
