"""A volunteer comes, sees where mentors are wanted, confirms, writes one profile and offers help in two places."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.directory.actions import add_offering
from alongside.directory.models import Search
from alongside.directory.searching import forget
from alongside.enquiries.models import Enquiry
from alongside.journeys import become_mentor as journey
from alongside.kernel import clock, scope
from alongside.mentors.queries import profile_of
from alongside.notifications.models import Email
from alongside.people.models import Person
from tests.e2e.conftest import OpenPage
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.looks import Reader
from tests.enquired import list_organisation
from tests.volunteering import SAID
from tests.world import World, person, set_rules

pytestmark = pytest.mark.browser


def wanting(world: World) -> None:
    """Harbour runs here and has mentors apply; Quay is listed, and asked by an enquiry."""
    set_rules(world, applications={"mentor": {"form": "mentor-application"}})
    world.cohort.refresh_from_db()
    until = (clock.now() + timedelta(days=30)).date()
    applying.open_applications(world.cohort, "mentor", until=until, by=world.carys, at=clock.now())
    with scope.everywhere("a test shows what wants mentors"):
        for owner, programme, name in ((world.harbour, world.programme, "Kitchens"), (world.quay, None, "Quayside")):
            listing = list_organisation(
                owner,
                topics=["finance"],
                email="hello@example.org",
                summary="We bring people together over a year, with training and a coordinator who is there.",
            )
            said = {"topics": ["finance", "people"], "summary": "For people who run a kitchen.", "online": True}
            add_offering(listing, name=name, programme=programme, wants_mentors=True, by=None, at=clock.now(), **said)
    for topic in ["finance"] * 12 + ["export"] * 3:
        Search.objects.create(network=world.network, on=clock.now().date(), region="Wales", topics=[topic], found=0)
    forget()


def walk(page: Page, hand: Hand, world: World) -> None:
    page.goto("/become-a-mentor/?place=Swansea&topics=finance")
    expect(page.get_by_role("heading", name="Wanted most: Wales")).to_be_visible()
    expect(page.get_by_role("link", name="Quayside")).to_be_visible()
    hand.write(page, page.get_by_label("Your name"), "Vic Volunteer")
    hand.write(page, page.get_by_label("Your email address"), "vic@example.net")
    hand.press(page, page.get_by_role("button", name="Send me the link"))
    expect(page.get_by_role("heading", name="Look at your email")).to_be_visible()
    assert not Person.objects.filter(email="vic@example.net").exists()

    letter = Email.objects.get(to="vic@example.net").text
    page.goto(letter[letter.index("http") :].split()[0])
    hand.press(page, page.get_by_role("button", name="Write my profile"))
    expect(page.get_by_label("Where you are")).to_have_value("Swansea")
    hand.write(page, page.get_by_label("What you do, or did"), "Retired baker")
    hand.press(page, page.get_by_role("button", name="Save and choose where"))

    expect(page.get_by_role("heading", name="Where would you help?")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.focus()
        page.keyboard.press("Space")
    hand.press(page, page.get_by_role("button", name="Offer my help"))
    part = page.get_by_role("region", name="As a mentor in the network")
    expect(part.get_by_text("begun, not sent yet")).to_be_visible()
    expect(part.get_by_text("sent, not answered yet")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 320)], ids=["keyboard", "320 px, no script"])
def test_a_volunteer_offers_help_in_two_places_and_types_nothing_twice(
    live_world: World, open_page: OpenPage, scripts: bool, width: int
) -> None:
    wanting(live_world)
    walk(open_page(scripts=scripts, width=width), Keyboard() if scripts else Mouse(), live_world)
    with scope.everywhere("a test looks"):
        application, enquiry = Application.objects.get(), Enquiry.objects.get()
    assert application.answers["job-title"] == "Retired baker"
    assert enquiry.organisation == live_world.quay
    assert "Retired baker" in enquiry.words


def test_nothing_is_in_anybodys_way(live_world: World, reader: Reader) -> None:
    wanting(live_world)
    who = person("Vic Volunteer")
    told = {"name": who.name, "capacity": 3, "shown": True}
    journey.write_profile(who, live_world.network, SAID, **told, at=clock.now())
    profile = profile_of(who)
    assert profile
    invitation = journey.invite(profile, live_world.harbour, "Would you?", by=live_world.carys, at=clock.now())
    visits: list[tuple[str, Person | None]] = [
        ("/become-a-mentor/", None),
        ("/become-a-mentor/?place=Swansea&topics=finance", None),
        ("/become-a-mentor/nothing/", None),
        *((f"/me/{page}", who) for page in ("", "mentor/", "mentor/offer/", "mentor/delete/", "who-sees-what/")),
        (f"/me/mentor/asked/{invitation.ref}/", who),
        ("/me/mentor/", live_world.olu),
        ("/mentors/", live_world.carys),
        ("/mentors/", live_world.olu),
    ]
    readers = {each: reader(each) for each in dict.fromkeys(each for _, each in visits)}
    for url, each in visits:
        readers[each].open(url)
    wrong = [words for one in readers.values() for words in one.wrong]
    assert not wrong, "\n".join(wrong)
