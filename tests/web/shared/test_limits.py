"""How much comes from one place on the network."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.web.shared import limits
from tests.listed import list_organisation
from tests.world import NOW, World


def test_each_place_is_counted_by_itself_and_by_the_day() -> None:
    here = [limits.counted("look", "192.0.2.1", seconds=60, at=NOW) for _each in range(3)]
    assert here == [1, 2, 3]
    assert limits.counted("look", "192.0.2.2", seconds=60, at=NOW) == 1
    assert limits.counted("enquire", "192.0.2.1", seconds=60, at=NOW) == 1
    assert limits.counted("look", "192.0.2.1", seconds=60, at=NOW + timedelta(days=1)) == 1


def test_what_is_kept_names_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *rest: kept.append(key))
    monkeypatch.setattr(cache, "incr", lambda key: 1)
    limits.counted("look", "192.0.2.1", seconds=60, at=NOW)
    assert kept
    assert "192.0.2.1" not in kept[0]


def test_whoever_copies_the_directory_is_asked_to_wait_and_others_are_not(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MANY_PAGES", 3)
    list_organisation(world)
    addresses = ["/find/?q=finance", "/organisations/", "/organisations/harbour-enterprise/", "/sitemap.xml"]
    assert [client.get(each).status_code for each in addresses] == [200, 200, 200, 429]
    assert "Wait ten minutes" in client.get("/find/").content.decode()
    assert Client(REMOTE_ADDR="192.0.2.7").get("/find/").status_code == 200
