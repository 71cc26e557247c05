"""The whole job: from two spreadsheets to introduced pairs, as coordinator, mentee and mentor, with the emails read.

It is walked with the mouse (axe looks at every page, light and dark), without JavaScript, and by keyboard alone.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from alongside.mentorships.models import Member, Mentorship
from alongside.notifications.models import Email
from tests.e2e.conftest import OpenPage
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.world import World

pytestmark = pytest.mark.browser

MENTORS = """Full name,Email address,What can you help with?,Sector,Town or postcode,How many mentees could you take?
Gwen Parry,gwen.parry@example.org,"Pricing, Hiring",Food,L1 9AA,two
Huw Lloyd,huw.lloyd@example.org,Exporting,Retail,CF10,1
"""
MENTEES = """Full name,Email address,What would you like help with?,Sector,Town or postcode,What is your religion?
Rhian Siôn,rhian.sion@example.org,Pricing; Hiring,Food,L8,LEAK-belief
Tomos James,tomos.james@example.org,Exporting,Retail,CF11 9BB,
Zoë Adeyemi,zoe.adeyemi@example.org,Hiring,Food,L15,
"""

WAYS = {
    "mouse, light": {"axe": True},
    "mouse, dark": {"axe": True, "dark": True},
    "without JavaScript": {"scripts": False},
    "keyboard": {},
}


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
def look(way: str, check_axe: Callable[[Page], None]) -> Callable[[Page], None]:
    """Look at a page: axe does where it can run."""
    return check_axe if "mouse" in way else lambda page: None


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def test_from_two_spreadsheets_to_introduced_pairs(
    live_world: World, opened: Callable[[], Page], hand: Hand, look: Callable[[Page], None], tmp_path: Path
) -> None:
    page = opened()
    sign_in(page, hand, look, live_world.carys.email)
    start_a_cohort(page, hand, look)
    for side, text in {"Mentors": MENTORS, "Mentees": MENTEES}.items():
        import_file(page, hand, look, tmp_path, text, side)
    match_and_offer(page, hand, look)
    choose_from_the_email(opened(), hand, look, "rhian.sion@example.org", "Gwen Parry")
    accept_from_the_email(opened(), hand, look, "gwen.parry@example.org", "Rhian Siôn")
    the_two_are_introduced("rhian.sion@example.org", "gwen.parry@example.org")
    hand.press(page, page.get_by_role("link", name="Overview"))
    expect(page.get_by_role("row", name=re.compile("Introduced"))).to_contain_text("1")
    assert not Email.objects.filter(text__contains="LEAK-belief").exists()


def sign_in(page: Page, hand: Hand, look: Callable[[Page], None], email: str) -> None:
    page.goto("/")
    look(page)
    hand.press(page, page.get_by_role("link", name="Sign in").first)
    look(page)
    hand.write(page, page.get_by_label(re.compile("email", re.I)).first, email)
    hand.press(page, page.get_by_role("button", name=re.compile("email me|code|send", re.I)).first)
    expect(page.get_by_label(re.compile("code", re.I)).first).to_be_visible()
    look(page)
    link = re.search(r"http\S+/sign-in/\S+", last_email(email).text)
    assert link
    page.goto(link[0])
    look(page)
    hand.press(page, page.get_by_role("button", name=re.compile("Sign in as")))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page)


def start_a_cohort(page: Page, hand: Hand, look: Callable[[Page], None]) -> None:
    hand.press(page, page.get_by_role("link", name="Programmes").first)
    look(page)
    hand.press(page, page.get_by_role("link", name="Start another programme"))
    look(page)
    hand.press(page, page.get_by_role("link", name="A plain programme"))
    look(page)
    hand.write(page, page.get_by_label("What you call it"), "Bakers and makers")
    hand.press(page, page.get_by_role("button", name="Start the programme"))
    look(page)
    hand.press(page, page.get_by_role("link", name="Open a cohort"))
    look(page)
    hand.write(page, page.get_by_label("Name", exact=True), "Spring 2027")
    hand.write(page, page.get_by_label("Starts on"), "2027-03-01")
    hand.press(page, page.get_by_role("button", name="Open the cohort"))
    expect(page.get_by_role("heading", name="Spring 2027")).to_be_visible()
    look(page)


def import_file(page: Page, hand: Hand, look: Callable[[Page], None], folder: Path, text: str, side: str) -> None:
    file = folder / f"{side}.csv"
    file.write_text(text, encoding="utf-8")
    hand.press(page, page.get_by_role("link", name="Import a spreadsheet"))
    look(page)
    page.get_by_label("Your spreadsheet").set_input_files(file)
    hand.choose(page, page.get_by_role("radio", name=side, exact=True))
    hand.press(page, page.get_by_role("button", name="Look at the columns"))
    expect(page.get_by_role("heading", name="Is this what your columns mean?")).to_be_visible()
    look(page)
    hand.press(page, page.get_by_role("button", name="Check the rows"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("are ready")
    look(page)
    hand.press(page, page.get_by_role("button", name=re.compile(r"Import \d people")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("added, 0 brought up to date")
    look(page)
    hand.press(page, page.get_by_role("link", name="Go on with the cohort"))
    look(page)


def match_and_offer(page: Page, hand: Hand, look: Callable[[Page], None]) -> None:
    hand.press(page, page.get_by_role("link", name="Open the board"))
    look(page)
    hand.press(page, page.get_by_role("button", name="Match the cohort"))
    expect(page.locator("#pairs")).to_contain_text("3 pairs")
    look(page)
    hand.press(page, page.get_by_role("button", name=re.compile("Lock.*Rhian Siôn")))
    expect(page.get_by_text("locked", exact=True).first).to_be_visible()
    hand.press(page, page.get_by_role("link", name=re.compile("Why not another.*Tomos James")))
    look(page)
    page.go_back()
    hand.press(page, page.get_by_role("link", name="Offer these 3 pairs"))
    look(page)
    hand.press(page, page.get_by_role("button", name="Send 3 offers"))
    expect(page.get_by_text("Rhian Siôn").first).to_be_visible()
    look(page)


def choose_from_the_email(page: Page, hand: Hand, look: Callable[[Page], None], mentee: str, mentor: str) -> None:
    email = last_email(mentee)
    assert email.kind == "mentee_offer"
    page.goto(link_in(email))
    look(page)
    hand.choose(page, page.get_by_role("group", name=f"{mentor} is your").get_by_label("first choice"))
    hand.press(page, page.get_by_role("button", name="Send my choice"))
    expect(page.get_by_role("heading", name="Thank you, your choice is in")).to_be_visible()
    look(page)


def accept_from_the_email(page: Page, hand: Hand, look: Callable[[Page], None], mentor: str, mentee: str) -> None:
    email = last_email(mentor)
    assert email.kind == "mentor_request"
    page.goto(link_in(email))
    look(page)
    hand.press(page, page.get_by_role("button", name=f"Yes, introduce me to {mentee}"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page)


def the_two_are_introduced(mentee: str, mentor: str) -> None:
    (mentorship,) = Mentorship.unscoped.filter(members__participant__person__email=mentee)
    assert Member.unscoped.filter(mentorship=mentorship, participant__person__email=mentor).exists()
    for reader, other in ((mentee, mentor), (mentor, mentee)):
        email = last_email(reader)
        assert email.kind == "introduction"
        assert other in email.text
        assert other in email.html
        (event,) = Calendar.from_ical(email.calendar).walk("VEVENT")
        assert event["dtstart"].dt == mentorship.first_meeting_at
        assert {str(who) for who in event["attendee"]} == {f"mailto:{mentee}", f"mailto:{mentor}"}


def last_email(to: str) -> Email:
    return Email.objects.filter(to=to).latest("pk")


def link_in(email: Email) -> str:
    link = re.search(r"^http\S+", email.text, re.MULTILINE)
    assert link
    return link[0]
