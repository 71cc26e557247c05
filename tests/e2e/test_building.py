"""A coordinator builds a questionnaire with the keyboard alone; what was answered stays with what was asked."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from alongside.journeys.links import rater_link
from alongside.kernel import scope
from alongside.people.models import Person
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.models import Questionnaire
from alongside.questionnaires.queries import definition_of
from alongside.reviews.models import Rater
from tests.e2e.hands import Keyboard
from tests.e2e.looks import Reader
from tests.paired import browser_of, inside, member_in, pair
from tests.reviews.asked import answer, asked, everything
from tests.world import World

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, Person], Page]


class Builder:
    """Somebody at the keyboard who builds a questionnaire."""

    def __init__(self, page: Page) -> None:
        self.page, self.hand = page, Keyboard()

    def go(self, name: str, *, role: Literal["link", "button"] = "link") -> None:
        """Follow a link or press a button; what it is about is heard after a colon."""
        what, _colon, about = name.partition(": ")
        named = re.compile(rf"^{re.escape(what)}\s*{f': {re.escape(about)}' if about else ''}$")
        self.hand.press(self.page, self.page.get_by_role(role, name=named).first)

    def write(self, label: str, words: str) -> None:
        self.hand.write(self.page, self.field(label), words)

    def field(self, label: str) -> Locator:
        return self.page.locator("form").get_by_label(label, exact=True)

    def lines(self, label: str, *lines: str) -> None:
        """Write lines into a larger field, beginning anew."""
        self.hand._reach(self.page, self.field(label))
        self.page.keyboard.press("Control+a")
        for number, line in enumerate(lines):
            self.page.keyboard.type(("\n" if number else "") + line)

    def add(self, kind: str) -> None:
        first = self.page.get_by_role("link", name="Add a question", exact=True)
        self.go("Add a question" if first.count() else "Add at the end")
        self.go(kind)


def newest(number: int) -> Definition:
    with scope.everywhere("a test reads what was published"):
        found = Questionnaire.objects.get()
        return definition_of(found.key, number, found.organisation_id)


def test_build_publish_change_and_publish_again(page: Page, live_world: World, as_person: SignIn) -> None:
    as_person(page, live_world.carys).goto("/questionnaires/")
    builder = Builder(page)
    builder.go("Begin an empty one")
    builder.write("What it is called", "How it was")
    builder.go("Begin", role="button")
    builder.write("What it is for", "A look back at the first months.")
    builder.go("Save", role="button")
    builder.add("One of several")
    builder.write("The question", "Did you meet?")
    builder.lines("The answers to choose from", "Yes", "No")
    expect(page.locator("#preview input[type=radio]")).to_have_count(2)  # it follows while one types
    builder.go("Save", role="button")
    builder.add("In their own words")
    builder.write("The question", "What was in the way?")
    page.get_by_text("Show it only after some answers").click()
    page.get_by_label("Did you meet? → No").check()
    builder.go("Save", role="button")
    builder.add("Several statements on one scale")
    builder.write("The question", "In the last month")
    builder.lines("The statements", "I had time", "I was in a rush")
    builder.lines("The steps of a new scale", "Hardly ever", "Sometimes", "Mostly")
    builder.write("Or towards something new", "Calm")
    builder.go("Save", role="button")
    builder.go("Publish")
    builder.go("Publish it", role="button")
    answers = {"did-you-meet": "no", "what-was-in-the-way": "The harvest", "in-the-last-month.i-had-time": 1}
    before = [(each.text, each.label(answers.get(each.id))) for each in newest(1).questions]
    builder.go("Change: Did you meet?")
    builder.write("The question", "Have you met at all?")
    builder.lines("The answers to choose from", "Yes", "No, not yet", "We wrote")
    builder.go("Save", role="button")
    builder.go("Down: Have you met at all?", role="button")
    assert "comes later: move it up" in page.content()
    builder.go("Up: Have you met at all?", role="button")
    builder.go("Publish")
    expect(page.get_by_text("Changed, item: “Have you met at all?”")).to_be_visible()
    builder.go("Publish it", role="button")
    assert [(each.text, each.label(answers.get(each.id))) for each in newest(1).questions] == before
    assert newest(2).by_id["did-you-meet"].label("no") == "No, not yet"
    builder.go("Version 1")
    expect(page.get_by_text("Did you meet?").first).to_be_visible()


def test_limits_of_earlier_answers_are_set_with_the_keyboard_and_the_preview_follows(
    page: Page, live_world: World, as_person: SignIn
) -> None:
    as_person(page, live_world.carys).goto("/questionnaires/")
    builder = Builder(page)
    builder.go("Begin an empty one")
    builder.write("What it is called", "How it was")
    builder.go("Begin", role="button")
    builder.write("What it is for", "A look back.")
    builder.go("Save", role="button")
    builder.add("A number")
    builder.write("The question", "How many people work with you?")
    builder.go("Save", role="button")
    builder.add("A few words")
    builder.write("The question", "Who helps?")
    builder.hand._reach(page, page.get_by_text("Show it only after some answers"))
    page.keyboard.press("Enter")
    builder.write("At least", "10")
    said = "Shown only if “How many people work with you?” is 10 or more"
    expect(page.locator("#preview")).to_contain_text(said)
    builder.write("At most", "5")
    builder.go("Save", role="button")
    expect(page.get_by_role("alert")).to_contain_text("Swap them, or leave one empty")
    builder.write("At most", "20")
    builder.go("Save", role="button")
    expect(page.get_by_text(said.replace("10 or more", "from 10 to 20"))).to_be_visible()


def test_every_page_of_building_in_every_look(live_world: World, reader: Reader) -> None:
    carys, client = reader(live_world.carys), browser_of(live_world.bea)
    client.force_login(live_world.carys)
    for key in ("leadership-360", "mentee-application"):
        ours = client.post("/questionnaires/copy/", {"questionnaire": key}).headers["Location"]
        client.post(f"{ours}publish/")
        pages = ["", "new-item/", "about/", "publish/", "versions/1/", "words/", "words/?language=cy"]
        if key == "leadership-360":
            pages += ["raters/", "scales/seen/", "roles/direction/", "items/people/", "new-item/?kind=number"]
        for each in pages:
            carys.open(ours + each)
    for url in ("/questionnaires/", "/questionnaires/new/", "/questionnaires/from-file/"):
        carys.open(url)
    assert not carys.wrong, "\n".join(carys.wrong)


def test_every_page_of_a_review_in_every_look(live_world: World, reader: Reader) -> None:
    world, mentorship = live_world, pair(live_world.maya, live_world.bea)
    bea, rater, door = reader(world.bea.person), reader(None), f"/mentorships/{mentorship.ref}/reviews/"
    with inside(mentorship):
        review, raters = asked(member_in(mentorship, world.bea), ["manager", *["colleagues"] * 3, *["led"] * 3])
        links = [re.sub(r"^https?://[^/]+", "", rater_link(each)) for each in raters]
    for url in (door, f"{door}{review.ref}/", f"{door}{review.ref}/myself/", f"{door}{review.ref}/close/"):
        bea.open(url)
    bea.open(f"{door}{review.ref}/myself/check/")
    for link in links[:2]:
        for each in (link, f"{link}1/", f"{link}5/", f"{link}check/"):
            rater.open(each)
    with inside(mentorship):
        for number, each in enumerate(raters):
            answer(each, everything(number % 4, keep="The way she listens", next="Say no more often"))
    rater.open(links[0])
    client = browser_of(world.bea)
    with inside(mentorship):
        answer(Rater.objects.select_related("mentorship", "review__mentorship").get(group="oneself"), everything(4))
    client.post(f"{door}{review.ref}/close/")
    bea.open(f"{door}{review.ref}/")
    assert not bea.wrong + rater.wrong, "\n".join(bea.wrong + rater.wrong)
