"""A mentorship from the introduction on, lived by two people in two browsers, with the emails they get."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from alongside.journeys.answer_request import accept_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.receive_email import Outcome, receive_email
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock
from alongside.meetings.models import Meeting
from alongside.mentorships import actions
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notifications.models import Email
from tests.asked import last_email_to, offer, request_to
from tests.e2e.conftest import OpenPage, SignIn
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.world import World

pytestmark = pytest.mark.browser

Look = Callable[[Page], None]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WAYS = {"mouse, 320 px": {"axe": True, "width": 320}, "keyboard": {}, "without JavaScript": {"scripts": False}}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hand(way: str) -> Hand:
    return Keyboard() if way == "keyboard" else Mouse()


@pytest.fixture
def opened(way: str, open_page: OpenPage) -> Callable[[], Page]:
    return lambda: open_page(**WAYS[way])


@pytest.fixture
def look(way: str, check_axe: Look) -> Look:
    """Look at a page: axe does where it can run, and nothing may be wider than the window."""

    def at(page: Page) -> None:
        if "mouse" in way:
            check_axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{page.url} is {wide} px wider than the window"

    return at


@pytest.fixture(autouse=True)
def _takes_answers(settings: Settings) -> None:
    settings.REPLY_DOMAIN = "reply.example.org"


@pytest.fixture
def mentorship(live_world: World) -> Mentorship:
    """Bea and Maya, introduced this minute, as their answers left them."""
    now = clock.now()
    made = offer(live_world.bea, live_world.maya, at=now)
    choose_mentors(made, [request_to(made, live_world.maya)], at=now)
    return accept_request(request_to(made, live_world.maya), at=now)


def test_two_people_from_the_introduction_to_a_good_ending(
    live_world: World, mentorship: Mentorship, opened: Callable[[], Page], as_person: SignIn, hand: Hand, look: Look
) -> None:
    bea, maya = opened(), opened()
    say_yes_to_the_first_meeting(live_world, opened, hand, look)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.BOOKED
    say_how_it_was(live_world, mentorship, opened, hand, look)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.COOLING_OFF
    go_on(live_world, mentorship, opened, hand, look)
    for page, participant in ((bea, live_world.bea), (maya, live_world.maya)):
        as_person(page, participant.person)
        page.goto(f"/mentorships/{mentorship.ref}/")
        look(page)
    compare_expectations(mentorship, bea, maya, hand, look)
    set_an_objective(bea, maya, mentorship, hand, look)
    write_and_answer_by_email(live_world, mentorship, maya, hand, look)
    sign_the_agreement(live_world, mentorship, bea, opened, hand, look)
    end_well(live_world, mentorship, bea, maya, hand, look)


def open_link(page: Page, email: Email, look: Look) -> None:
    """The button in an email."""
    link = re.search(r"http\S+", email.body.text)
    assert link, email.body.text
    page.goto(link[0])
    look(page)


def say_yes_to_the_first_meeting(world: World, opened: Callable[[], Page], hand: Hand, look: Look) -> None:
    for participant in (world.bea, world.maya):
        page = opened()
        open_link(page, last_email_to(participant), look)
        hand.choose(page, page.get_by_role("radio", name=re.compile("Yes|suits", re.I)).first)
        hand.press(page, page.get_by_role("button", name=re.compile("Send", re.I)).first)
        look(page)


def say_how_it_was(world: World, mentorship: Mentorship, opened: Callable[[], Page], hand: Hand, look: Look) -> None:
    """After the meeting each gets an email; one click opens a page, one more sends it. Nobody signs in."""
    # The server's clock cannot be told another time, so the day of the meeting comes to it.
    now = clock.now()
    Meeting.objects.filter(mentorship=mentorship).update(starts_at=now - 4 * HOUR, ask_at=now - HOUR)
    run_clocks(at=now)
    for participant in (world.bea, world.maya):
        page = opened()
        open_link(page, last_email_to(participant), look)
        hand.press(page, page.get_by_role("button", name=re.compile("Send|Save|Keep", re.I)).first)
        look(page)


def go_on(world: World, mentorship: Mentorship, opened: Callable[[], Page], hand: Hand, look: Look) -> None:
    assert mentorship.met_at is not None
    run_clocks(at=mentorship.met_at + 5 * DAY)
    for participant in (world.bea, world.maya):
        page = opened()
        open_link(page, last_email_to(participant), look)
        hand.choose(page, page.get_by_label("Yes, I am happy to go on"))
        hand.press(page, page.get_by_role("button", name="Send my answer"))
        expect(page.get_by_role("heading", name="Thank you for your answer")).to_be_visible()
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.GOING_ON


def compare_expectations(mentorship: Mentorship, bea: Page, maya: Page, hand: Hand, look: Look) -> None:
    """Both answer at the same time; nobody sees anything before both are done."""
    bea.goto(f"/mentorships/{mentorship.ref}/exercises/")
    look(bea)
    hand.press(bea, bea.get_by_role("button", name=re.compile("What we expect of a mentor")))
    look(bea)
    maya.goto(bea.url)
    look(maya)
    for page, answer in ((bea, "Strongly agree"), (maya, "Disagree")):
        groups = page.get_by_role("radio", name=answer, exact=True)
        for number in range(groups.count()):
            groups.nth(number).check(force=True)
    hand.press(bea, bea.get_by_role("button", name="I am done"))
    expect(bea.get_by_text("as soon as Maya Mentor is done")).to_be_visible()
    hand.press(maya, maya.get_by_role("button", name="I am done"))
    expect(maya.get_by_role("heading", name="Talk about these first")).to_be_visible()
    look(maya)


def write_and_answer_by_email(world: World, mentorship: Mentorship, maya: Page, hand: Hand, look: Look) -> None:
    """Maya writes on the page; Bea answers the email from her mail program, and it stands in the thread."""
    maya.goto(f"/mentorships/{mentorship.ref}/messages/")
    look(maya)
    hand.write(maya, maya.get_by_label("Your message"), "How did the offer go?")
    hand.press(maya, maya.get_by_role("button", name="Send"))
    email = last_email_to(world.bea)
    answer = EmailMessage()
    answer["From"], answer["Message-ID"], answer["Subject"] = world.bea.person.email, "<1@mail.example.org>", "Re:"
    answer.set_content("They said yes.\n\nOn Monday Maya Mentor wrote:\n> How did the offer go?\n")
    assert receive_email(answer.as_bytes(), email.reply_to, at=clock.now()) == Outcome.TAKEN
    maya.reload()
    expect(maya.get_by_text("They said yes.")).to_be_visible()
    look(maya)


def sign_the_agreement(
    world: World, mentorship: Mentorship, bea: Page, opened: Callable[[], Page], hand: Hand, look: Look
) -> None:
    """Bea fills it in, proposes and signs it; Maya signs from the email, without signing in."""
    bea.goto(f"/mentorships/{mentorship.ref}/agreement/draft/")
    look(bea)
    hand.write(bea, bea.get_by_label("Your one overall objective"), "A bakery that pays my wage")
    hand.press(bea, bea.get_by_role("button", name="Save and see the whole text"))
    look(bea)
    hand.press(bea, bea.get_by_role("button", name="Propose it to sign"))
    look(bea)
    link = bea.get_by_role("link", name=re.compile("sign", re.I)).first
    if link.count():
        hand.press(bea, link)
    sign(bea, world.bea.person.name, hand, look)
    page = opened()
    open_link(page, last_email_to(world.maya), look)
    sign(page, world.maya.person.name, hand, look)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.ACTIVE
    agreement = mentorship.agreements.get()
    paper = bea.request.get(f"/mentorships/{mentorship.ref}/agreement/{agreement.ref}/pdf/")
    assert paper.body().startswith(b"%PDF-")


def sign(page: Page, name: str, hand: Hand, look: Look) -> None:
    look(page)
    box = page.get_by_label("I have read the charter and accept it")
    box.focus()
    page.keyboard.press("Space")
    hand.write(page, page.get_by_label("Your name"), name)
    hand.press(page, page.get_by_role("button", name="Sign it"))
    look(page)


def end_well(world: World, mentorship: Mentorship, bea: Page, maya: Page, hand: Hand, look: Look) -> None:
    """The last meeting is today; both say how it ended and thank each other, and Maya takes her record along."""
    actions.plan_ending(mentorship, on=clock.now().date(), by=world.maya.person, at=clock.now())
    for page in (bea, maya):
        page.goto(f"/mentorships/{mentorship.ref}/next/")
        look(page)
        hand.choose(page, page.get_by_label("We reached what we set out for"))
        hand.press(page, page.get_by_role("button", name="Send"))
        page.goto(f"/mentorships/{mentorship.ref}/ending/")
        look(page)
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (MentorshipState.ENDED, Ending.OBJECTIVES_MET)
    hand.write(bea, bea.get_by_label("A few words to the others"), "You believed in my bread.")
    hand.press(bea, bea.get_by_role("button", name="Say thank you"))
    maya.reload()
    expect(maya.get_by_text("You believed in my bread.")).to_be_visible()
    record = maya.request.get(f"/mentorships/{mentorship.ref}/ending/record.pdf")
    assert record.body().startswith(b"%PDF-")


def set_an_objective(bea: Page, maya: Page, mentorship: Mentorship, hand: Hand, look: Look) -> None:
    bea.goto(f"/mentorships/{mentorship.ref}/plan/")
    look(bea)
    hand.press(bea, bea.get_by_role("link", name="Set an objective"))
    look(bea)
    hand.write(bea, bea.get_by_label("What do you want to achieve?"), "Win one customer who buys every month")
    hand.press(bea, bea.get_by_role("button", name="Save"))
    look(bea)
    maya.goto(f"/mentorships/{mentorship.ref}/plan/")
    expect(maya.get_by_role("heading", name="Win one customer")).to_be_visible()
