"""The visitors of the benchmarks: who comes, when, and how long they are said to have waited."""

import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from benchmarks import visitors
from benchmarks.visitors import Opened, Page, as_many_as_possible, percentiles, visit

QUICK, OTHER = Page("quick", "/quick/", "mine"), Page("other", "/other/", "theirs")


class Pages(BaseHTTPRequestHandler):
    """Answers what it is asked for, one after the other; notes the path and who asked."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Cookie"]))
        self.send_response(404 if self.path == "/gone/" else 200)
        self.end_headers()

    def log_message(self, *said: object) -> None:
        return


@pytest.fixture
def port() -> Iterator[int]:
    Pages.asked = []
    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_the_same_seed_brings_the_same_visitors_each_in_their_own_session(port: int) -> None:
    for _again in range(2):
        visit(port, [QUICK, OTHER], a_minute=3000, seconds=0.5, seed=1)
    half = len(Pages.asked) // 2
    assert sorted(Pages.asked[:half]) == sorted(Pages.asked[half:])
    assert set(Pages.asked) == {("/quick/", "sessionid=mine"), ("/other/", "sessionid=theirs")}


def test_as_many_come_as_were_said_to(port: int) -> None:
    moments = list(visitors._moments(random.Random(7), 10.0, 1000.0))
    assert 9_700 < len(moments) < 10_300
    assert moments == sorted(moments)


def test_a_page_that_does_not_open_stops_the_measurement(port: int) -> None:
    with pytest.raises(RuntimeError, match="/gone/ did not open: 404"):
        visit(port, [Page("gone", "/gone/", "mine")], a_minute=600, seconds=1, seed=1)


def test_at_full_speed_each_opens_the_next_when_one_is_there(port: int) -> None:
    a_second = as_many_as_possible(port, [QUICK], at_once=2, seconds=0.3, seed=1)
    assert len(Pages.asked) == pytest.approx(a_second * 0.3)


def test_the_kinds_of_pages_come_equally_often_however_many_there_are_of_one() -> None:
    chance = random.Random(3)
    found = [visitors._one_of([QUICK, *[OTHER] * 99], chance).name for _ in range(2000)]
    assert 900 < found.count("quick") < 1100


def test_percentiles_are_of_what_was_waited() -> None:
    assert percentiles([Opened("page", float(ms)) for ms in range(101)]) == (50.0, 95.0, 99.0)
