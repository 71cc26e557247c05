"""Measure the pages in a real browser: `python -m benchmarks.pages [rounds]`.

Starts the demonstration in a folder of its own, matches its second cohort, and opens pages in the machine's Chromium:
cold in a new context (nothing cached), warm the second time in the same one. Counts milliseconds until the load event,
requests, and kilobytes as they came over the wire, headers and all. Figures are medians of the rounds.

Goal, for each page: 120 kB, 15 requests, 300 ms cold, 150 ms warm. The best open mentoring platform was given to us as
1,300 kB, 135 requests, 1,000 ms and 450 ms a page; it is not measured here.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from docs.make_pictures import chromium, cohort, demonstration, opened

KB, REQUESTS, COLD, WARM = 120, 15, 300, 150
ROUNDS = 7
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


class Opened(NamedTuple):
    """One opening of a page."""

    milliseconds: float
    requests: int
    bytes: float


def main() -> None:
    """Print the table as Markdown, with the machine."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ", end="")
        print(f"Chromium {browser.version}; median of {rounds}\n")
        print("| page | cold | warm | requests | kB cold | kB warm | |\n|---|--:|--:|--:|--:|--:|---|")
        for name, (kind, path) in pages(browser, address).items():
            found = [measure(browser, address, kind, path) for _ in range(rounds + 1)][1:]  # the first warms the server
            print(line(name, [cold for cold, _ in found], [warm for _, warm in found]), flush=True)
        browser.close()


def pages(browser: Browser, address: str) -> dict[str, tuple[str, str]]:
    """Return the addresses to open and as whom, by name; the board is matched on the way."""
    page = opened(browser, address, "coordinator")
    first, second = (cohort(page, address, name) for name in ("First cohort", "Second cohort"))
    page.goto(f"{address}{second}board/")
    page.get_by_role("button", name="Match the cohort").click()
    page.get_by_role("button", name=re.compile("^Lock")).first.wait_for()
    mentee = opened(browser, address, "mentee")
    choose = mentee.get_by_role("link", name="Read about them and choose").first.get_attribute("href")
    page.context.close()
    mentee.context.close()
    return {
        "front": ("", "/"),
        "queue": ("coordinator", "/queue/"),
        "people, 120": ("coordinator", f"{first}people/"),
        "board, 27 + 13": ("coordinator", f"{second}board/"),
        "choose": ("mentee", re.sub(r"^https?://[^/]+", "", str(choose))),
    }


def measure(browser: Browser, address: str, kind: str, path: str) -> tuple[Opened, Opened]:
    """Open a page twice in a context that has seen none of ours: signed in beforehand, but with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    if kind:
        with_cookies = opened(browser, address, kind).context
        context.add_cookies([{**cookie} for cookie in with_cookies.cookies()])  # type: ignore[typeddict-item]
        with_cookies.close()
    page = context.new_page()
    page.goto("about:blank")
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    twice = open_once(page, wire, address + path), open_once(page, wire, address + path)
    context.close()
    return twice


def open_once(page: Page, wire: CDPSession, url: str) -> Opened:
    """Open an address and leave it again; ``wire`` listens for as long as the page is open."""
    sent: list[str] = []
    sizes: list[float] = []
    listeners = {
        "Network.requestWillBeSent": lambda event: sent.append(event["requestId"]),
        "Network.loadingFinished": lambda event: sizes.append(event["encodedDataLength"]),
    }
    for name, listener in listeners.items():
        wire.on(name, listener)
    response = page.goto(url, wait_until="networkidle")
    if response is None or response.status != 200:
        raise RuntimeError(f"{url} did not open")
    found = Opened(float(page.evaluate(LOADED)), len(sent), sum(sizes))
    for name, listener in listeners.items():
        wire.remove_listener(name, listener)
    page.goto("about:blank")
    return found


def line(name: str, cold: list[Opened], warm: list[Opened]) -> str:
    ms = [statistics.median(one.milliseconds for one in runs) for runs in (cold, warm)]
    kb = [statistics.median(one.bytes for one in runs) / 1000 for runs in (cold, warm)]
    requests = max(one.requests for one in cold)
    kept = ms[0] <= COLD and ms[1] <= WARM and requests <= REQUESTS and kb[0] <= KB
    cells = [f"{ms[0]:.0f} ms", f"{ms[1]:.0f} ms", str(requests), f"{kb[0]:.1f}", f"{kb[1]:.1f}"]
    return f"| {name} | {' | '.join(cells)} | {'within the goal' if kept else 'over the goal'} |"


if __name__ == "__main__":
    main()
