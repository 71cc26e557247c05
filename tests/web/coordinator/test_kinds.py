"""What a coordinator sees and does where there are kinds of mentors."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.journeys.pool import pool_of
from alongside.matching.models import Matching, Offer
from alongside.mentorships.models import Mentorship
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from alongside.reports.queue import queue_of
from alongside.web.coordinator.queue.unpaired import unpaired_mentees
from tests.kinds import Kinds, asked, entered, introduced, matched, offered
from tests.queries import queries_of
from tests.world import LEAK, NOW


def board(kinds: Kinds, kind: str = "", page: str = "") -> str:
    ref = f"{kinds.cohort.ref}~{kind}" if kind else kinds.cohort.ref
    return f"/cohorts/{ref}/board/{page}"


def read(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, url
    return str(page.content.decode())


class TestTheBoard:
    def test_each_kind_has_its_own_with_how_many_are_without(self, kinds: Kinds, as_carys: Client) -> None:
        introduced(kinds.ann, kinds.olga)
        page = read(as_carys, board(kinds, "officer"))
        assert "Matching board: officer" in page
        assert f'href="{board(kinds, "councillor")}">Experienced councillor<span class="count">3</span>' in page
        assert f'href="{board(kinds, "officer")}" aria-current="page">Officer<span class="count">2</span>' in page
        assert "2 mentees are ready" in page

    def test_without_a_kind_it_is_that_of_the_first(self, kinds: Kinds, as_carys: Client) -> None:
        assert "Matching board: experienced councillor" in read(as_carys, board(kinds))

    @pytest.mark.parametrize("kind", ["peer", "x%20y", "~"])
    def test_a_kind_that_is_none_is_not_found(self, kinds: Kinds, as_carys: Client, kind: str) -> None:
        assert as_carys.get(board(kinds, kind)).status_code == 404
        assert as_carys.get(f"/cohorts/{kinds.world.cohort.ref}~officer/board/").status_code == 404

    def test_a_stranger_finds_none_of_them(self, kinds: Kinds, as_olu: Client, client: Client) -> None:
        matched(kinds.cohort, "officer")
        for page in ("", "offer/", "recruit/", "why-not/"):
            assert as_olu.get(board(kinds, "officer", page)).status_code == 404
            assert LEAK not in as_olu.get(board(kinds, "officer", page)).content.decode()
            assert client.get(board(kinds, "officer", page)).status_code == 302

    def test_everything_on_it_is_about_this_kind(self, kinds: Kinds, as_carys: Client) -> None:
        as_carys.post(board(kinds, "officer", "match/"))
        matching = Matching.objects.get(cohort=kinds.cohort)
        assert matching.kind == "officer"
        page = read(as_carys, board(kinds, "officer"))
        assert "Olga Olsen" in page
        assert "Cora Clark" not in page
        assert board(kinds, "officer", "offer/") in page
        asking = f"?mentee={kinds.ann.ref}&mentor={kinds.omar.ref}"
        for each in (f"pick/{asking}", f"why-not/{asking}", f"reasons/{asking}", "recruit/", "offer/"):
            inside = read(as_carys, board(kinds, "officer", each))
            assert board(kinds, "officer") in inside
            assert "Board: officer" in inside or "offer" in each
        for do in ("require", "release", "forbid", "allow"):
            moved = as_carys.post(board(kinds, "officer", f"change/{asking}"), {"do": do})
            assert moved.url.startswith(board(kinds, "officer"))
        as_carys.post(board(kinds, "officer", "undo/"))
        as_carys.post(board(kinds, "officer", "versions/1/show/"))
        assert Matching.objects.filter(cohort=kinds.cohort).count() == 1

    def test_the_whole_of_one_kind_is_offered(self, kinds: Kinds, as_carys: Client) -> None:
        for kind in ("officer", "councillor"):
            as_carys.post(board(kinds, kind, "match/"))
            as_carys.post(board(kinds, kind, "offer/"))
        assert Offer.objects.filter(kind="officer").count() == 3
        assert Offer.objects.filter(kind="councillor").count() == 2
        page = read(as_carys, reverse("offers", args=[kinds.cohort.ref]))
        assert page.count("experienced councillor") == 2
        assert "Kind of mentor" in page

    def test_a_cohort_of_pairs_shows_no_kinds(self, kinds: Kinds, as_carys: Client) -> None:
        ref = kinds.world.cohort.ref
        for name in ("board", "people", "offers"):
            assert "kind" not in read(as_carys, reverse(name, args=[ref])).lower().replace("kind=", "")

    def test_more_people_take_no_more_questions(self, kinds: Kinds, as_carys: Client) -> None:
        matched(kinds.cohort, "officer")
        pages = [board(kinds, "officer"), reverse("people", args=[kinds.cohort.ref]), reverse("queue")]
        before = [queries_of(as_carys, page) for page in pages]
        for number in range(6):
            entered(kinds.world, kinds.cohort, f"More Mentee {number}", Side.MENTEE)
            entered(kinds.world, kinds.cohort, f"More Mentor {number}", Side.MENTOR, kind="officer")
            entered(kinds.world, kinds.cohort, f"Of No Kind {number}", Side.MENTOR)
        assert [queries_of(as_carys, page) for page in pages] == before


class TestByHand:
    def test_it_asks_for_the_first_kind_that_is_lacking(self, kinds: Kinds, as_carys: Client) -> None:
        introduced(kinds.ann, kinds.cora)
        url = reverse("pair_by_hand", args=[kinds.ann.ref])
        page = read(as_carys, url)
        assert "Olga Olsen" in page
        assert "Carl Cole" not in page
        assert "has a mentor of this kind already: experienced councillor" in read(as_carys, f"{url}?kind=councillor")
        assert as_carys.get(f"{url}?kind=peer").status_code == 404

    def test_one_button_offers_one_of_the_kind(self, kinds: Kinds, as_carys: Client) -> None:
        url = f"{reverse('pair_by_hand', args=[kinds.ann.ref])}?kind=officer"
        assert f'action="{url}"' in read(as_carys, url)
        as_carys.post(url, {"mentor": kinds.omar.ref})
        made = Offer.objects.get()
        assert (made.kind, made.requests.get().mentor) == ("officer", kinds.omar)


class TestThePeople:
    def test_who_is_of_no_kind_is_said_with_what_to_do(self, kinds: Kinds, as_carys: Client) -> None:
        people = reverse("people", args=[kinds.cohort.ref])
        assert "nobody is offered them" not in read(as_carys, people)
        nobody = entered(kinds.world, kinds.cohort, "Ned Nokind", Side.MENTOR)
        assert "Of one mentor it is not said which kind they are: nobody is offered them" in read(as_carys, people)
        shown = read(as_carys, f"{people}?kind=none")
        assert "Ned Nokind" in shown
        assert "Omar Orr" not in shown
        assert "Choose it below" in read(as_carys, reverse("participant", args=[nobody.ref]))
        (item,) = [each for each in queue_of(kinds.world.carys, at=NOW) if each.kind == "no_kind"]
        assert item.ref == nobody.ref
        assert "Ned Nokind: which kind of mentor?" in read(as_carys, reverse("queue"))

    def test_the_coordinator_says_which_on_their_page(self, kinds: Kinds, as_carys: Client) -> None:
        nobody = entered(kinds.world, kinds.cohort, "Ned Nokind", Side.MENTOR)
        url = reverse("participant", args=[nobody.ref])
        as_carys.post(url, {"kind": "officer", "capacity": 1, "topics": ""})
        nobody.refresh_from_db()
        assert nobody.kind == "officer"
        assert nobody in pool_of(kinds.cohort, "officer").mentors
        page = as_carys.post(url, {"kind": "duke", "capacity": 1, "topics": ""}).content.decode()
        assert "duke" in page
        nobody.refresh_from_db()
        assert nobody.kind == "officer"

    def test_the_list_shows_and_filters_and_exports_it(self, kinds: Kinds, as_carys: Client) -> None:
        people = reverse("people", args=[kinds.cohort.ref])
        shown = read(as_carys, f"{people}?kind=officer&sort=kind")
        assert "Omar Orr" in shown
        assert "Cora Clark" not in shown
        assert "Ann Able" not in shown
        sheet = read(as_carys, reverse("export_people", args=[kinds.cohort.ref, "csv"]))
        assert "Kind of mentor" in sheet
        assert "experienced councillor" in sheet


class TestTheQueue:
    def test_what_leads_to_the_board_leads_to_the_right_one(self, kinds: Kinds, as_carys: Client) -> None:
        introduced(kinds.ann, kinds.olga)
        offered(kinds.ben, kinds.carl)
        page = read(as_carys, reverse("queue"))
        assert "2 mentees are ready and have nobody yet (experienced councillor)" in page
        assert "2 mentees are ready and have nobody yet (officer)" in page
        for kind in ("officer", "councillor"):
            assert board(kinds, kind) in page
        lacking = [(each.mentee, each.about.rpartition("· ")[2]) for each in unpaired_mentees(kinds.world.carys)]
        mine = [each for each in lacking if each[0].cohort_id == kinds.cohort.pk]
        assert (kinds.ann, "experienced councillor") in mine
        assert (kinds.ann, "officer") not in mine
        assert (kinds.ben, "officer") in mine
        assert (kinds.ben, "experienced councillor") not in mine

    def test_the_one_next_step_leads_to_the_board_of_a_kind_somebody_lacks(
        self, kinds: Kinds, as_carys: Client
    ) -> None:
        for mentee, mentor in ((kinds.ann, kinds.cora), (kinds.ben, kinds.carl)):
            introduced(mentee, mentor)
        asked(kinds.cat, entered(kinds.world, kinds.cohort, "Cy Third", Side.MENTOR, kind="councillor"))
        assert f'href="{board(kinds, "officer")}"' in read(as_carys, reverse("cohort", args=[kinds.cohort.ref]))


class TestOtherPages:
    def test_a_mentorship_shows_who_is_which(self, kinds: Kinds, as_carys: Client) -> None:
        introduced(kinds.ann, kinds.cora)
        introduced(kinds.ann, kinds.olga)
        listing = read(as_carys, reverse("cohort_mentorships", args=[kinds.cohort.ref]))
        assert "Ann Able · Cora Clark (experienced councillor) · Olga Olsen (officer)" in listing
        one = read(as_carys, reverse("looking_after", args=[Mentorship.objects.get().ref]))
        assert "mentor (officer)" in one
        assert "Omar Orr, as a mentor (officer)" in one

    def test_how_it_runs_names_the_kinds(self, kinds: Kinds, as_carys: Client) -> None:
        page = read(as_carys, reverse("how_it_runs", args=[kinds.world.programme.ref]))
        assert "each kind on its own board: experienced councillor; officer" in page
        assert "One mentorship of all" in page

    def test_kinds_are_changed_on_the_page_of_the_programme(self, kinds: Kinds, as_carys: Client) -> None:
        url = reverse("programme", args=[kinds.world.programme.ref])
        page = as_carys.get(url)
        form = page.context["form"]
        assert form["kinds"].value() == "experienced councillor\nofficer"
        sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
        as_carys.post(url, {**sent, "kinds": "officer\nsister", "cohorts": [kinds.cohort.ref]})
        kinds.world.programme.refresh_from_db()
        kinds.cohort.refresh_from_db()
        assert kinds.world.programme.rules.shape.matched == ("officer", "sister")
        assert kinds.world.programme.rules.settings_for("officer").weights.needs == 60
        assert kinds.cohort.rules.shape.matched == ("councillor", "officer")
        refused = as_carys.post(url, {**sent, "kinds": "officer"}).content.decode()
        assert "name at least two" in refused

    def test_the_api_gives_the_board_of_a_kind(self, kinds: Kinds, as_carys: Client) -> None:
        matched(kinds.cohort, "officer")
        url = f"/api/v1/cohorts/{kinds.cohort.ref}/matching"
        found = as_carys.get(f"{url}?kind=officer").json()
        assert (found["kind"], found["placed"]) == ("officer", 3)
        assert as_carys.get(f"{url}?kind=councillor").status_code == 404
        people = as_carys.get(f"/api/v1/cohorts/{kinds.cohort.ref}/participants").json()
        assert {each["kind"] for each in people} == {"", "councillor", "officer"}


class TestBringingIn:
    @pytest.fixture(autouse=True)
    def _files_in_a_folder_of_their_own(self, tmp_path, settings):
        settings.MEDIA_ROOT = tmp_path

    def drop(self, kinds: Kinds, client: Client, text: str, side: str) -> str:
        file = SimpleUploadedFile("people.csv", text.encode())
        page = client.post(reverse("import", args=[kinds.cohort.ref]), {"file": file, "side": side})
        return str(page.url)

    def test_a_file_holds_mentors_of_one_kind(self, kinds: Kinds, as_carys: Client) -> None:
        form = read(as_carys, reverse("import", args=[kinds.cohort.ref]))
        assert "Mentors: officer" in form
        url = self.drop(kinds, as_carys, "Name,Email\nOna New,ona@example.org\n", "mentor:officer")
        as_carys.post(f"{url}columns/", {})
        as_carys.post(f"{url}start/", {"rows": "all"})
        assert Participant.objects.get(person__email="ona@example.org").kind == "officer"

    def test_a_column_says_which_and_what_is_none_is_refused_in_words(self, kinds: Kinds, as_carys: Client) -> None:
        rows = "Name,Email,Kind of mentor\nOna New,ona@example.org,Officer\nDu Ke,duke@example.org,duke\n"
        url = self.drop(kinds, as_carys, rows, "mentor")
        as_carys.post(f"{url}columns/", {})
        page = read(as_carys, url)
        assert "“duke” is no kind of mentor here. Write “experienced councillor” or “officer”." in page.replace(
            "&#x27;", "'"
        )
        as_carys.post(f"{url}start/", {"rows": "ready"})
        assert Participant.objects.get(person__email="ona@example.org").kind == "officer"
        assert not Participant.objects.filter(person__email="duke@example.org").exists()
