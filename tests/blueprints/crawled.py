"""Every page somebody can come to, by its links: from where they begin, as deep as links lead."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from tests.shown import read

OF_EACH = {
    "apply": 8,
    "application": 8,
    "my_application": 4,
    "my_application_kind": 4,
    "my_application_form": 12,
    "my_application_document": 4,
    "exercise": 4,
    "mentorship_survey": 4,
    "survey": 4,
}
"""How many pages of one address are opened for one reader: of others, one; they differ in what they are about alone."""
HERE = "http://testserver"


@dataclass
class Seen:
    """What was seen: the words of pages by the name of their address, and answers that are no page."""

    pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    opened: Counter[tuple[str, str]] = field(default_factory=Counter)

    def words(self, *names: str) -> str:
        """All that stands on the pages of some names, one after the other."""
        return "\n".join(page for name in names for page in self.pages.get(name, []))


def crawl(client: Client, begin: Iterable[str], seen: Seen, *, reader: str) -> None:
    """Open pages from some addresses on, and whatever their links lead to."""
    waiting = list(begin)
    known, first = set(waiting), set(waiting)
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        most = OF_EACH.get(name or "", 2 if path in first else 1)
        if name is None or seen.opened[reader, name] >= most:
            continue
        response = client.get(path)
        assert response.status_code in (200, 302, 404, 405), (path, response.status_code)
        if response.status_code == 200:
            seen.opened[reader, name] += 1
        for link in [*_kept(name, response, seen), response.headers.get("Location", "")]:
            link = link.removeprefix(HERE).partition("#")[0]
            if link.startswith("/") and not link.startswith("//") and link not in known:
                known.add(link)
                waiting.append(link)


def _kept(name: str, response: HttpResponseBase, seen: Seen) -> list[str]:
    """Keep what a page says, and return where its links lead."""
    if response.status_code != 200:
        return []
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        seen.files[name].append(response.getvalue())  # type: ignore[attr-defined]
        return []
    words, links = read(response.content.decode())  # type: ignore[attr-defined]
    seen.pages[name].append(words)
    return links


def name_of(path: str) -> str | None:
    """Return the name of the address that a path leads to; None where it leads out of the product."""
    try:
        return resolve(path.partition("?")[0]).url_name
    except Resolver404:
        return None
