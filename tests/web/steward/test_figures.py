"""What stewards see of supply and demand: by region, need and sector, over time, and as a file."""

import io
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from alongside.audit.models import Entry
from alongside.figures.models import Awareness, Campaign, Target, Visit
from alongside.organisations.actions import appoint_steward
from alongside.organisations.models import Network
from tests.counted import FEBRUARY, freeze
from tests.queries import queries_of
from tests.world import World, person

PAGES = [f"/network/{each}/" for each in ("figures", "figures/gap", "targets", "awareness", "campaigns")]
MINUS = "\N{MINUS SIGN}"
WALES, LEEDS = ("Wales", "food", "finance"), ("Yorkshire and The Humber", "shops", "people")


@pytest.fixture
def as_stella(world: World) -> Client:
    client = Client()
    client.force_login(world.stella)
    return client


@pytest.fixture
def as_otto(world: World) -> Client:
    """The steward of another network, which has figures of its own."""
    other = Network.objects.create(name="Elsewhere Network")
    otto = person("Otto Other")
    appoint_steward(otto, other)
    client = Client()
    client.force_login(otto)
    return client


def counted(world: World) -> None:
    freeze(world.network, date(2026, 1, 1), waiting={WALES: 31, LEEDS: 12}, free_places={WALES: 14, LEEDS: 40})
    freeze(
        world.network,
        FEBRUARY,
        waiting={WALES: 63, LEEDS: 12},
        enquiries={WALES: 18},
        free_places={WALES: 21, LEEDS: 41},
        mentors={WALES: 33, LEEDS: 26, ("London", "care", "sales"): 3},
    )


def test_before_anything_was_counted_the_pages_say_so(world: World, as_stella: Client) -> None:
    for page in PAGES[:2]:
        assert "Nothing counted yet" in as_stella.get(page).content.decode()


def test_the_gap_is_demand_less_supply_by_region_and_over_time(world: World, as_stella: Client) -> None:
    counted(world)
    page = as_stella.get("/network/figures/").content.decode()
    assert "+60" in page  # Wales: 63 and 18 are 80, less 20
    assert f"{MINUS}30" in page  # Yorkshire: 10 less 40
    assert "February 2026" in page
    assert "January 2026" in page


def test_small_counts_are_words_and_never_numbers(world: World, as_stella: Client) -> None:
    counted(world)
    page = as_stella.get("/network/figures/?what=mentors").content.decode()
    assert "fewer than 5" in page
    assert ">3<" not in page
    assert ">33<" not in page
    assert ">26<" not in page
    assert ">35<" in page


def test_choosing_a_region_keeps_the_rest_of_what_was_chosen(world: World, as_stella: Client) -> None:
    counted(world)
    page = as_stella.get("/network/figures/?what=waiting&sector=food").content.decode()
    assert "?what=waiting&amp;sector=food&amp;region=Wales" in page
    inside = as_stella.get("/network/figures/?what=waiting&sector=food&region=Wales").content.decode()
    assert "Mentees who wait for a mentor, Wales, Food and drink" in inside


def test_the_heat_table_has_the_gap_of_each_need_in_each_region(world: World, as_stella: Client) -> None:
    freeze(world.network, waiting={WALES: 50, LEEDS: 30, ("Wales", "food", "people"): 20}, free_places={LEEDS: 15})
    page = as_stella.get("/network/figures/gap/").content.decode()
    assert "heat__step--4" in page
    assert "Cash flow and finance" in page


def test_what_cannot_be_chosen_is_said_and_the_page_stands(world: World, as_stella: Client) -> None:
    counted(world)
    page = as_stella.get("/network/figures/?what=shoe-sizes&month=never")
    assert page.status_code == 200
    assert "There is nothing of that name here. Choose from the list." in page.content.decode()


def test_the_files_hold_what_the_page_shows_and_nothing_exact(world: World, as_stella: Client) -> None:
    counted(world)
    text = as_stella.get("/network/figures/file.csv?what=mentors").content.decode("utf-8-sig")
    assert "Region,London,fewer than 5" in text
    assert "Region,Wales,35" in text
    assert ",33" not in text
    assert ",26" not in text
    assert ",3\r" not in text
    answer = as_stella.get("/network/figures/file.xlsx?what=mentors&region=Wales")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [tuple(cell.value for cell in row) for row in sheet.rows]
    assert rows[0][2] == "Mentors who can be asked, Wales"
    assert ("Month", "2026-02", 35) in rows


def test_a_target_says_how_far_it_is_in_plain_words(world: World, as_stella: Client) -> None:
    counted(world)
    sent = {"measure": "mentors", "number": "40000", "by": "2030-02-28"}
    page = as_stella.post("/network/targets/", sent, follow=True).content.decode()
    assert "60 of 40,000. To be there in time, about 833 more are needed each month." in page
    target = Target.objects.get()
    as_stella.post(f"/network/targets/{target.ref}/drop/")
    assert not Target.objects.exists()


def test_a_target_without_a_number_says_what_would_be_right(world: World, as_stella: Client) -> None:
    page = as_stella.post("/network/targets/", {"measure": "mentors", "number": "many", "by": "2030-02-28"})
    assert "Write it as a whole number, such as 40000." in page.content.decode()
    assert 'value="many"' in page.content.decode()
    assert not Target.objects.exists()


def test_what_a_survey_found_is_noted_and_shown_over_time(world: World, as_stella: Client) -> None:
    sent = {"on": "2026-02-01", "asked": "1004", "aware": "251", "source": "Small Firms Panel"}
    page = as_stella.post("/network/awareness/", sent, follow=True).content.decode()
    assert "25% of 1004 people. Small Firms Panel" in page
    wrong = as_stella.post("/network/awareness/", {**sent, "aware": "2000"}).content.decode()
    assert "More had heard of it than were asked." in wrong
    few = as_stella.post("/network/awareness/", {**sent, "asked": "12", "aware": "3"})
    assert few.status_code == 200
    assert Awareness.objects.count() == 1


def test_a_campaign_has_a_link_for_each_wording_and_counts_days_alone(world: World, as_stella: Client) -> None:
    sent = {"name": "Spring posters", "a": "Ask somebody.", "b": "Find a mentor.", "c": ""}
    page = as_stella.post("/network/campaigns/", sent, follow=True).content.decode()
    assert "/go/spring-posters/a/" in page
    assert "/go/spring-posters/b/" in page
    assert "/go/spring-posters/c/" not in page
    visitor = Client()
    for _visit in range(7):
        answer = visitor.get("/go/spring-posters/b/", headers={"user-agent": "LEAK", "referer": "https://leak.test/"})
        assert answer.status_code == 302
        assert answer["Location"] == "/find/"
        assert not answer.cookies
    assert list(Visit.objects.values_list("wording__variant", "count")) == [("b", 7)]
    assert {field.name for field in Visit._meta.get_fields()} == {"id", "wording", "on", "count"}
    shown = as_stella.get(f"/network/campaigns/{Campaign.objects.get().ref}/").content.decode()
    assert "Followed so often: 5" in shown
    assert "Followed so often: 0" in shown
    assert visitor.get("/go/spring-posters/z/").status_code == 404


def test_a_program_that_fetches_a_link_ahead_is_not_counted(world: World, as_stella: Client) -> None:
    as_stella.post("/network/campaigns/", {"name": "Ahead", "a": "One.", "b": "Two."})
    Client().get("/go/ahead/a/", headers={"sec-purpose": "prefetch"})
    Client().head("/go/ahead/a/")
    assert not Visit.objects.exists()


def test_the_steward_of_another_network_sees_and_changes_none_of_it(
    world: World, as_stella: Client, as_otto: Client
) -> None:
    counted(world)
    as_stella.post("/network/targets/", {"measure": "mentors", "number": "40000", "by": "2030-02-28"})
    as_stella.post("/network/campaigns/", {"name": "Spring posters", "a": "Ask.", "b": "Find."})
    sent = {"on": "2026-02-01", "asked": "1004", "aware": "251", "source": "Small Firms Panel"}
    as_stella.post("/network/awareness/", sent)
    for page in PAGES:
        text = as_otto.get(page).content.decode()
        assert not any(words in text for words in ("February 2026", "40,000", "Spring posters", "Small Firms Panel"))
        assert as_otto.get(f"{page}?network={world.network.ref}").status_code == 404
    assert as_otto.get(f"/network/figures/file.csv?network={world.network.ref}").status_code == 404
    assert as_otto.get(f"/network/campaigns/{Campaign.objects.get().ref}/").status_code == 404
    assert as_otto.post(f"/network/targets/{Target.objects.get().ref}/drop/").status_code == 404
    assert as_otto.post(f"/network/awareness/{Awareness.objects.get().ref}/drop/").status_code == 404
    assert Target.objects.count() == Awareness.objects.count() == 1


def test_who_is_no_steward_gets_nowhere(world: World, as_carys: Client) -> None:
    counted(world)
    olu = Client()
    olu.force_login(world.olu)
    for client in (as_carys, olu):
        for page in [*PAGES, "/network/figures/file.csv", "/network/figures/file.xlsx"]:
            assert client.get(page).status_code == 404
    for page in PAGES:
        assert Client().get(page).status_code == 302


def test_what_is_written_down_is_in_the_audit_without_the_words(world: World, as_stella: Client) -> None:
    as_stella.post("/network/campaigns/", {"name": "LEAK posters", "a": "LEAK one", "b": "LEAK two"})
    entry = Entry.unscoped.get(verb="begin_campaign")
    assert entry.network_id == world.network.pk
    assert "LEAK" not in str(entry.details)


def test_as_many_reads_with_one_month_as_with_three(world: World, as_stella: Client) -> None:
    freeze(world.network, date(2025, 12, 1), waiting={WALES: 30}, free_places={LEEDS: 15})
    before = [queries_of(as_stella, page) for page in PAGES[:2]]
    freeze(world.network, date(2026, 1, 1), waiting={WALES: 30}, free_places={LEEDS: 15})
    freeze(world.network, FEBRUARY, waiting={WALES: 30, LEEDS: 40}, free_places={LEEDS: 15, WALES: 11})
    assert [queries_of(as_stella, page) for page in PAGES[:2]] == before
