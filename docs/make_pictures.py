"""Make the pictures of the documentation: `python3 dev.py pictures`.

Starts the demonstration in a folder of its own, walks through it in the machine's Chromium as coordinator, mentee and
mentor, and writes docs/pictures/. Names and figures are the same each time; dates are those of the day.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
PICTURES = FOLDER / "pictures"
CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
WIDE, NARROW = (1280, 900), (320, 640)
PATIENCE = 90.0
NAMED = "http://mentoring.example.org"
"""The host that emails in the pictures name."""

MENTORS = """Full name,Email address,Where are you based?,What can you help with?,How many mentees?,When can you meet?
Rhian Hughes,rhian@example.org,Cardiff,"Pricing; Marketing",two or three,weekday mornings
Tom Ashby,tom@example.org,BS1 4DJ,"Finance; Hiring people",1,Tuesdays 2-4pm
Nadia Karim,nadia@@example.org,Newport,"Exporting; Finance",as many as you need,weekday evenings
Euan Grant,euan@example.org,Swansea,"Leading a team",2,not Fridays
"""


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        board(browser, address)
        importing(browser, address)
        coordinator(browser, address)
        mentee(browser, address)
        mentor(browser, address)
        mentorship(browser, address)
        browser.close()


# What is shown


def board(browser: Browser, address: str) -> None:
    """The board of the cohort that is about to be matched, light and dark; why not another; the offer."""
    page = opened(browser, address, "coordinator")
    path = f"{address}{cohort(page, address, 'Second cohort')}board/"
    page.goto(path)
    page.get_by_role("button", name="Match the cohort").click()
    page.get_by_role("button", name=re.compile("^Lock")).nth(1).click()
    for name, dark in (("board", False), ("board-dark", True)):
        shown = opened(browser, address, "coordinator", dark=dark)
        shown.goto(path)
        shown.locator(".board__pairs summary").first.click()
        shown.locator(".board__pairs .reasons").first.wait_for()
        shown.evaluate("window.scrollTo(0, document.querySelector('.board__acts').offsetTop - 24)")
        keep(shown, name)
    ask = page.get_by_role("link", name=re.compile("^Why not another")).first
    page.goto(address + str(ask.get_attribute("href")))
    page.locator("#why-mentor").select_option(index=page.locator("#why-mentor option").count() - 1)
    page.locator(".board__ask button").click()
    keep(page, "why-not")
    page.goto(f"{path}offer/")
    keep(page, "offer")


def importing(browser: Browser, address: str) -> None:
    """A spreadsheet as it comes, its columns recognised, and what would happen."""
    page = opened(browser, address, "coordinator")
    page.goto(f"{address}{cohort(page, address, 'Second cohort')}import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "mentors-2027.csv", "mimeType": "text/csv", "buffer": MENTORS.encode()}
    )
    page.locator("input[name=side][value=mentor]").check()
    page.get_by_role("button", name="Look at the columns").click()
    page.get_by_role("button", name="Check the rows").wait_for()
    keep(page, "import-columns")
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name="Correct the columns").wait_for()
    keep(page, "import-dry-run")
    page.get_by_role("button", name="Stop and keep nothing").click()
    page.wait_for_load_state()


def coordinator(browser: Browser, address: str) -> None:
    page = opened(browser, address, "coordinator")
    page.goto(f"{address}/queue/")
    keep(page, "queue")
    page.goto(address + cohort(page, address, "First cohort"))
    keep(page, "cohort")


def mentee(browser: Browser, address: str) -> None:
    """The email with the offer, and the page it leads to, wide and on a telephone."""
    page = opened(browser, address, "mentee")
    offer = page.get_by_role("link", name=re.compile("mentors for you to choose from")).first
    for number in range(1, 9):  # the letters of today stand before it
        page.goto(f"{address}/outbox/?page={number}")
        if offer.count():
            break
    offer.click()
    page.get_by_role("link", name="As it looks").click()
    keep(page, "email")
    for name, size in (("choose", WIDE), ("choose-narrow", NARROW)):
        shown = opened(browser, address, "mentee", size=size)
        follow(shown, address, "Read about them and choose")
        keep(shown, name)


def mentor(browser: Browser, address: str) -> None:
    page = opened(browser, address, "mentor")
    follow(page, address, "Read more and answer")
    keep(page, "answer")


def mentorship(browser: Browser, address: str) -> None:
    """The story of two who work together, and what they expect of a mentor, compared."""
    page = opened(browser, address, "paired_mentee")
    page.locator("main h3 a").first.click()
    keep(page, "mentorship")
    page.get_by_role("link", name="Exercises").first.click()
    page.get_by_role("link", name=re.compile("^Compare")).first.click()
    keep(page, "compared")


# How it is done


def keep(page: Page, name: str) -> None:
    """Save what a person would see without scrolling."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, animations="disabled", caret="hide")
    print(f"{file.relative_to(FOLDER.parent)}  {file.stat().st_size // 1000} kB", flush=True)


def follow(page: Page, address: str, name: str) -> None:
    """Open what a link leads to on this machine, whatever host it names."""
    link = str(page.get_by_role("link", name=name).first.get_attribute("href"))
    page.goto(address + urlsplit(link).path)


def cohort(page: Page, address: str, name: str) -> str:
    """Return the path of a cohort, found on the list of programmes."""
    page.goto(f"{address}/programmes/")
    return str(page.get_by_role("link", name=name).first.get_attribute("href"))


def opened(browser: Browser, address: str, kind: str, *, dark: bool = False, size: tuple[int, int] = WIDE) -> Page:
    """Open the demonstration as somebody of a kind, in a context of its own, at their first page."""
    context: BrowserContext = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{address}/demonstration/{kind}/")
    return page


def chromium() -> str:
    """Return the machine's browser."""
    found = next((file for file in CHROMIUM if os.path.exists(file)), None)
    if found is None:
        sys.exit("This needs Chromium, and it is not here: sudo apt install chromium")
    return found


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve a demonstration from an empty folder while the block runs; give its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="alongside-demonstration-") as folder:
        environment = {
            **os.environ,
            "ALONGSIDE_STATE": folder,
            "ALONGSIDE_URL": NAMED,
            "ALONGSIDE_DEMONSTRATION": "true",
        }
        command = [sys.executable, "-m", "alongside.commands", "demo", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, cwd=FOLDER.parent, stdout=subprocess.DEVNULL)
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers.

    :raises RuntimeError: if it ends or says nothing for too long
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  an address of ours
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError("The demonstration did not start.")


if __name__ == "__main__":
    main()
