"""A real Chromium on a real server. Ask for ``page``; sign somebody in with ``as_person(page, person)``."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import Error as PageError
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from alongside.kernel import scope
from alongside.people.models import Person
from tests import world as cast
from tests.e2e.looks import HEIGHTS, Reader, Watched

PATIENCE = 10_000
"""Milliseconds for what a page is to do, also where several browsers and a database share two processors."""
LOST = [r"^TimeoutError: ", r"^Error: "]
"""How it reads where the browser lost a page, rather than where a page is wrong: tried once more, and said so."""
CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
BAD = {"serious", "critical"}

OpenPage = Callable[..., Page]
SignIn = Callable[[Page, Person], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=LOST))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the machine, once for all tests."""
    # Playwright keeps an event loop in this thread, which Django would take for an asynchronous program.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = next((file for file in CHROMIUM if os.path.exists(file)), None)
    if found is None:
        pytest.fail("The browser tests need Chromium: sudo apt install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def _one_address(live_server: LiveServer, settings: Settings) -> None:
    """Let links in emails lead to the server of the test, and library emails into the outbox."""
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "alongside.notifications.backend.OutboxBackend"


@pytest.fixture
def live_world(live_server: LiveServer) -> Iterator[cast.World]:
    """The cast with the clock running: the server of the test cannot be told another time."""
    with scope.everywhere("building the cast"):
        built = cast.build()
    with scope.within(built.harbour_scope):
        yield built


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Open pages: ``open_page(dark=True, scripts=False, width=320, axe=True)``, each in a context of its own."""
    contexts: list[BrowserContext] = []

    def open_one(*, dark: bool = False, scripts: bool = True, width: int = 1280, axe: bool = False) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            bypass_csp=axe,
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page as most people have it: light, wide, with JavaScript and with our own content security policy."""
    return open_page()


@pytest.fixture
def as_person(live_server: LiveServer) -> SignIn:
    """Sign somebody in without walking through the sign-in: ``as_person(page, person)``."""

    def sign_in(page: Page, person: Person) -> Page:
        client = Client()
        client.force_login(person)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return sign_in


@pytest.fixture
def reader(open_page: OpenPage, as_person: SignIn) -> Reader:
    """Somebody's window, in which every page is watched: ``reader(person).open(url)``."""

    def opened(person: Person | None) -> Watched:
        page = open_page()
        return Watched(as_person(page, person) if person else page)

    return opened


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Fail on what axe calls serious or critical. The page must be opened with ``axe=True``.

    Expect something of a page before it is checked: a press of a button returns before the next page is there.
    """

    def check(page: Page) -> None:
        problems = [each for each in _found(page) if each["impact"] in BAD]
        assert not problems, "\n".join(_words(page, problem) for problem in problems)

    return check


def _found(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds, on the page that follows where this one was just going away."""
    page.wait_for_load_state()
    try:
        return list(Axe().run(page).response["violations"])
    except PageError:
        page.wait_for_load_state()
        return list(Axe().run(page).response["violations"])


def _words(page: Page, problem: dict[str, Any]) -> str:
    places = "; ".join(" ".join(node["target"]) for node in problem["nodes"][:5])
    return f"{page.url}: {problem['id']} ({problem['impact']}): {problem['help']}: {places}"
