"""How a programme speaks, who sees what and how long it is kept: the page, and what its rules do."""

from datetime import timedelta
from typing import get_args

import pytest
from django.test import Client
from django.urls import reverse

from alongside.applications import applying
from alongside.blueprints.sections import LetterKind
from alongside.endings.states import NOTICE
from alongside.evaluation.models import Pulse
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import scope
from alongside.matching.answer_links import offer_token
from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notifications.models import Email
from alongside.programmes.states import SHAREABLE
from alongside.web.coordinator.email_words import EMAILS
from tests.asked import emails_to, offer
from tests.paired import pair
from tests.world import NOW, World, set_rules

FILLED = {
    "mentor": "Lotse",
    "mentors": "Lotsen",
    "mentee": "",
    "mentees": "",
    "mentorship": "",
    "mentorships": "",
    "language": "de",
    "before_yes": ["job_title", "topics"],
    "meetings": "numbers",
    "funder": "the lender",
    "pulse_days": "14",
    "inside_days": "30",
    "meetings_months": "6",
    "answers_months": "3",
    "letter_introduction": "We meet in the library.\n\nRing the bell.",
}


def address(world: World) -> str:
    return reverse("words_and_letters", args=[world.programme.ref])


def test_a_coordinator_changes_how_a_programme_speaks_and_what_is_seen(world: World, as_carys: Client) -> None:
    page = as_carys.get(address(world)).content.decode()
    assert "Until a day" not in page
    answer = as_carys.post(address(world), {**FILLED, "cohorts": [world.cohort.ref]})
    assert answer.headers["Location"] == reverse("programme", args=[world.programme.ref])
    world.cohort.refresh_from_db()
    rules = world.cohort.rules
    assert (rules.words.mentor, rules.language, rules.seen.meetings) == ("Lotse", "de", "numbers")
    assert rules.seen.before_yes == ("job_title", "topics")
    assert (rules.pulse.rhythm_days, rules.kept.inside_days, rules.kept.answers_months) == (14, 30, 3)
    assert rules.letters == {"introduction": "We meet in the library.\n\nRing the bell."}
    again = as_carys.get(address(world)).content.decode()
    assert "We meet in the library." in again
    as_carys.post(address(world), {**FILLED, "letter_introduction": ""})
    world.programme.refresh_from_db()
    assert world.programme.rules.letters == {}
    world.cohort.refresh_from_db()
    assert world.cohort.rules == rules, "a cohort that is not ticked keeps its rules"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"mentors": ""}, "“mentor” is “Lotse”, and “mentors” is not said"),
        ({"pulse_days": "2"}, "greater than or equal to 14"),
        ({"language": "xx"}, "xx is not one of the available choices"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_changed(
    world: World, as_carys: Client, typed: dict[str, str], said: str
) -> None:
    before = world.programme.rules
    page = as_carys.post(address(world), {**FILLED, **typed})
    (wrong,) = page.context["form"].errors.values()
    assert said in str(wrong)
    world.programme.refresh_from_db()
    assert world.programme.rules == before


def test_a_language_that_came_with_a_blueprint_can_be_kept(world: World, as_carys: Client) -> None:
    set_rules(world, language="nl")
    as_carys.post(address(world), {**FILLED, "language": "nl"})
    world.programme.refresh_from_db()
    assert world.programme.rules.language == "nl"


def test_nobody_else_finds_the_page(world: World, as_olu: Client) -> None:
    assert as_olu.get(address(world)).status_code == 404
    assert as_olu.post(address(world), FILLED).status_code == 404
    assert Client().get(address(world)).status_code == 302


def test_every_letter_that_can_be_added_to_is_one_that_is_sent() -> None:
    assert set(get_args(LetterKind)) <= set(EMAILS)
    assert set(SHAREABLE) == set(FILLED["before_yes"]) | {
        "name", "employer", "place", "sector", "languages", "availability", "about"
    }  # fmt: skip


def test_a_letter_says_what_the_programme_adds_in_both_its_forms_and_in_no_other_letter(world: World) -> None:
    set_rules(world, letters={"mentee_offer": "Come to the <library>.\n\nRing the bell."})
    offer(world.bea, world.maya)
    written = Email.objects.get(kind="mentee_offer", to=world.bea.person.email)
    assert "Come to the <library>.\n\nRing the bell." in written.text
    assert "<p>Come to the &lt;library&gt;.</p>" in written.html
    offer(world.mentees[1], world.nia)
    assert Email.objects.filter(kind="mentee_offer").count() == 2
    pair(world.maya, world.bea, stage=MentorshipState.COOLING_OFF)
    run_clocks(at=NOW + timedelta(days=5))
    for other in Email.objects.exclude(kind="mentee_offer"):
        assert "library" not in other.text + other.html


def test_letters_are_in_the_language_of_the_programme(world: World) -> None:
    set_rules(world, language="de", words={"mentor": "Lotse", "mentors": "Lotsen"})
    offer(world.bea, world.maya)
    written = Email.objects.get(kind="mentee_offer")
    assert "Samstag" in written.text
    assert 'lang="de"' in written.html


def test_pages_by_link_are_in_the_language_of_the_programme(world: World, client: Client) -> None:
    set_rules(world, language="de")
    page = client.get(f"/choose/{offer_token(offer(world.bea, world.maya))}/").content.decode()
    assert '<html lang="de"' in page
    assert "Samstag" in page


def test_before_both_say_yes_no_more_is_shown_than_the_programme_lets(world: World, client: Client) -> None:
    set_rules(world, seen={"before_yes": ["name", "topics"]})
    world.maya.employer, world.maya.job_title = "Millers of Leeds", "Head miller"
    world.maya.save()
    made = offer(world.bea, world.maya)
    page = client.get(f"/choose/{offer_token(made)}/").content.decode()
    letter = Email.objects.get(kind="mentee_offer")
    for text in (page, letter.text, letter.html):
        assert "Maya Mentor" in text
        assert world.maya.employer not in text
        assert world.maya.job_title not in text
    assert world.maya.shown <= set(world.maya.shares), "a rule shows nothing that a person keeps to themselves"


def test_applying_speaks_as_the_programme_does(world: World, client: Client) -> None:
    set_rules(world, words={"mentor": "buddy", "mentors": "buddies"})
    with scope.within(world.harbour_scope):
        applying.open_applications(
            world.cohort, "mentor", until=(NOW + timedelta(days=9)).date(), by=world.carys, at=NOW
        )
    page = client.get(reverse("apply", args=[world.cohort.ref, "mentor"])).content.decode()
    assert "buddy" in page
    assert " mentor" not in page.split("<main")[1].split("</h1>")[1].split("</main>")[0].lower()


def test_coordinators_are_shown_how_often_they_met_and_not_when(world: World, as_carys: Client) -> None:
    made = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE, at=NOW - timedelta(days=60))
    board = reverse("cohort_mentorships", args=[world.cohort.ref])
    one = reverse("looking_after", args=[made.ref])
    assert "First met" in as_carys.get(one).content.decode()
    set_rules(world, seen={"meetings": "numbers"})
    page = as_carys.get(one).content.decode()
    assert "First met" not in page
    assert "how often they meet, and not when" in page
    assert as_carys.get(board).status_code == 200


def test_each_is_asked_how_it_goes_in_the_rhythm_of_their_programme(world: World) -> None:
    set_rules(world, pulse={"rhythm_days": 14})
    pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    run_clocks(at=NOW + timedelta(days=14, hours=1))
    assert Pulse.objects.count() == 2
    run_clocks(at=NOW + timedelta(days=20))
    assert Pulse.objects.count() == 2
    run_clocks(at=NOW + timedelta(days=28, hours=1))
    assert Pulse.objects.count() == 4


def test_what_is_inside_goes_when_the_programme_says(world: World) -> None:
    set_rules(world, kept={"inside_days": 30})
    made = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    end_mentorship(made, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
    gone = NOW + timedelta(days=30)
    run_clocks(at=gone - NOTICE)
    assert "say_it_goes_soon" in emails_to(world.bea)
    run_clocks(at=gone - timedelta(minutes=1))
    made.refresh_from_db()
    assert made.wrapped_key is not None
    run_clocks(at=gone)
    made.refresh_from_db()
    assert made.wrapped_key is None


def test_two_programmes_keep_for_as_long_as_each_says(world: World) -> None:
    made = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    end_mentorship(made, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
    later = NOW + timedelta(days=40)
    run_clocks(at=later - NOTICE)
    run_clocks(at=later)
    made.refresh_from_db()
    assert made.wrapped_key is not None, "its own programme keeps for 90 days"
