"""A programme says its own words for people, on pages and in emails, and nobody's name is touched."""

import re

from django.test import Client
from django.urls import reverse

from alongside.journeys.exercise_emails import ask_to_fill_in
from alongside.journeys.fill_in import begin_exercise
from alongside.matching.actions import Candidate, make_offer
from alongside.matching.answer_links import offer_token
from alongside.mentorships.states import MentorshipState
from alongside.questionnaires.queries import newest_definition
from tests.asked import emails_to, last_email_to, offer
from tests.paired import browser_of, inside, member_in, pair
from tests.world import NOW, World, set_rules

WORDS = {"mentor": "buddy", "mentors": "buddies", "mentee": "new councillor", "mentees": "new councillors"}


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_whoever_chooses_reads_the_programmes_words_and_the_names_stay(world: World, client: Client) -> None:
    set_rules(world, words=WORDS)
    made = offer(world.bea, world.maya, world.marcus)
    page = words_of(client.get(reverse("choose", args=[offer_token(made)])).content.decode())
    assert "Choose your buddy" in page
    assert "Maya Mentor" in page
    email = last_email_to(world.bea)
    assert "buddy" in email.body.text or "buddies" in email.body.text
    assert "mentor" not in email.subject.lower()


def test_why_somebody_is_suggested_is_said_in_their_words_too(world: World, client: Client) -> None:
    set_rules(world, words=WORDS)
    sentence, topic = "The mentor is 2 levels above the mentee", "Covers 1 of 1 need: Finding a mentor"
    reasons = [["seniority", 1000, 1000, sentence], ["needs", 3000, 4000, topic]]
    made = make_offer(world.bea, [Candidate(world.maya, 8000, reasons)], by=None, at=NOW)
    page = words_of(client.get(reverse("choose", args=[offer_token(made)])).content.decode())
    assert "The buddy is 2 levels above the new councillor" in page
    assert topic in page, "what people wrote stays as they wrote it"


def test_inside_a_mentorship_too_and_nobody_elses_pages(world: World) -> None:
    set_rules(world, words=WORDS)
    mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    notes = words_of(browser_of(world.bea).get(f"/mentorships/{mentorship.ref}/notes/").content.decode())
    assert "those your buddy wrote" in notes
    assert "your mentor" not in notes
    assert "Maya Mentor" in words_of(browser_of(world.bea).get(f"/mentorships/{mentorship.ref}/").content.decode())
    other = browser_of(world.bea).get("/me/").content.decode()
    assert "My mentoring" in words_of(other)


def test_letters_speak_as_the_programme_does(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    set_rules(world, words={"mentorship": "partnership", "mentorships": "partnerships"})
    with inside(mentorship):
        bea, maya = member_in(mentorship, world.bea), member_in(mentorship, world.maya)
        exercise = begin_exercise(newest_definition("expectations"), by=bea, at=NOW)
        ask_to_fill_in(maya, exercise, at=NOW)
    assert "mentorship" not in last_email_to(world.maya).body.text.replace("/mentorships/", "")


def test_a_programme_without_words_of_its_own_says_ours(world: World, client: Client) -> None:
    made = offer(world.bea, world.maya, world.marcus)
    assert "Choose your mentor" in client.get(reverse("choose", args=[offer_token(made)])).content.decode()
    assert emails_to(world.bea)
