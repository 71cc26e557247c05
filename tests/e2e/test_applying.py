"""Somebody applies and is accepted in a real browser, by hand, without scripts, on a small screen; pages looked at."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from alongside.applications import applying
from alongside.applications.begin_links import referee_token
from alongside.applications.models import Application
from alongside.journeys import apply as journey
from alongside.kernel import clock
from alongside.notifications.models import Email
from alongside.people.models import Person
from tests.applied import ANSWERS, STEPS
from tests.e2e.conftest import OpenPage, SignIn
from tests.e2e.looks import Reader
from tests.files import PDF
from tests.world import World, person, set_rules

pytestmark = pytest.mark.browser

REFERENCES = {"id": "refs", "title": "References", "kind": "references"}
CHECK = {"id": "check", "title": "A check", "kind": "check", "eligible_because": "They meet young people alone"}


def let_apply(world: World) -> None:
    rules = {
        "form": "mentee-application",
        "steps": [*STEPS, REFERENCES, CHECK],
        "documents": [{"id": "cv", "title": "Your CV", "help": "Two pages are plenty."}],
    }
    set_rules(world, applications={"mentee": rules})
    world.cohort.refresh_from_db()
    until = (clock.now() + timedelta(days=30)).date()
    applying.open_applications(world.cohort, "mentee", until=until, by=world.carys, at=clock.now())


def begun(world: World, who: Person) -> Application:
    application = journey.begin(world.cohort, who, "mentee", at=clock.now())
    applying.save_answers(application, ANSWERS, version=application.version, at=clock.now())
    applying.add_document(application, "cv", name="cv.pdf", content=PDF, at=clock.now())
    applying.name_referees(application, [applying.Referee("Ref Eree", "ref@example.org")], at=clock.now())
    return application


def test_nothing_is_in_anybodys_way(live_world: World, reader: Reader) -> None:
    let_apply(live_world)
    ada, bo, carys = person("Ada Applicant"), person("Bo Beginner"), live_world.carys
    draft, sent = begun(live_world, ada), begun(live_world, bo)
    journey.send(sent, by=bo, at=clock.now())
    applying.do_step(sent, "talk", day=clock.now().date(), by=carys, at=clock.now(), note="A good talk")
    mine, ref = f"/me/applications/{draft.ref}/", sent.references.get()
    visits: list[tuple[str, Person | None]] = [
        (f"/apply/{live_world.cohort.ref}/mentee/", None),
        (f"/apply/{live_world.cohort.ref}/mentee/sent/", None),
        (f"/apply/reference/{referee_token(ref)}/", None),
        *((f"{mine}{page}", ada) for page in ("", "form/1/", "form/2/", "documents/cv/", "referees/", "check/")),
        (f"{mine}withdraw/", ada),
        (f"/me/applications/{sent.ref}/", bo),
        ("/me/", bo),
        (f"/cohorts/{live_world.cohort.ref}/applications/", carys),
        *((f"/applications/{sent.ref}/{page}", carys) for page in ("", "accept/", "decline/", "decline/?reason=full")),
        ("/queue/", carys),
    ]
    readers = {who: reader(who) for who in dict.fromkeys(who for _, who in visits)}
    for url, who in visits:
        readers[who].open(url)
    wrong = [words for each in readers.values() for words in each.wrong]
    assert not wrong, "\n".join(wrong)


def answer(page: Page) -> None:
    """Answer what this page of the form asks."""
    for name, value in ANSWERS.items():
        if name == "topics":
            for n, each in enumerate(value):
                if page.locator(f"[name=item-topics_{n}]").count():
                    page.locator(f"[name=item-topics_{n}]").select_option(each)
            continue
        field = page.locator(f"[name=item-{name}]")
        kind = field.first.evaluate("e => e.type") if field.count() else ""
        if kind in {"radio", "checkbox"}:
            for each in value if isinstance(value, list) else [value]:
                which = "" if each is True else f"[value='{each}']"
                page.locator(f"[name=item-{name}]{which}").check()
        elif kind == "select-one":
            field.select_option(value)
        elif kind:
            field.fill(value)


def test_somebody_applies_without_scripts_on_a_small_screen(
    live_world: World, open_page: OpenPage, as_person: SignIn
) -> None:
    let_apply(live_world)
    page = open_page(scripts=False, width=320)
    page.goto(f"/apply/{live_world.cohort.ref}/mentee/")
    page.get_by_label("Your email address").focus()
    page.keyboard.type("ada@example.org")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Look in your inbox").wait_for()
    link = re.search(r"/apply/begin/\S+", Email.objects.get(to="ada@example.org").text)
    assert link
    page.goto(link[0])
    page.get_by_role("button", name="Begin").press("Enter")
    page.get_by_role("link", name="About you").click()
    while page.get_by_role("button", name="Continue").count():
        answer(page)
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Your CV").click()
    page.locator("[type=file]").set_input_files({"name": "cv.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Who can give a reference").click()
    page.get_by_label("Their name").first.fill("Ref Eree")
    page.get_by_label("Their email address").first.fill("ref@example.org")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Check and send it").click()
    page.get_by_role("button", name="Send my application").click()
    page.get_by_role("heading", name="You hear from us by").wait_for()
    desk = as_person(open_page(scripts=False, width=320), live_world.carys)
    desk.goto("/queue/")
    desk.get_by_role("link", name="Ada Applicant applies", exact=True).click()
    for title in ("A conversation", "Induction", "References"):
        desk.get_by_role("button", name=re.compile(f"Note it as done.*{title}")).click()
    desk.get_by_label("Yes, they may take part").check()
    desk.get_by_role("button", name=re.compile("Note it as done.*A check")).click()
    desk.get_by_role("link", name="Accept", exact=True).click()
    desk.get_by_role("button", name="Accept", exact=True).click()
    desk.get_by_text("takes part, and has an email").wait_for()
    page.goto("/me/")
    page.get_by_text("We are looking for mentors who suit you").wait_for()
