"""Measure filling in a questionnaire of 500 questions: `python -m benchmarks.questionnaires [questions] [answers]`.

Fifty pages of ten questions of every kind, one in five asked only after another. Every page of ours goes through the
functions that any audience uses (`web/shared/questionnaires/filling.py`) with answers kept in memory, so what is
measured is the questionnaire and not the table of whoever keeps it: a page of the walk as it is shown, a page as it is
sent with ten answers (saved, and led on), the check of all 500, and 100,000 answers of 200 people counted together.
Each is done over and over for some seconds; figures are the median and the slowest of twenty, in milliseconds. Goal: a
median under 100 ms for each.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.machine import machine

if TYPE_CHECKING:
    from alongside.questionnaires.definition import Definition
    from alongside.web.shared.questionnaires.filling import Addresses

QUESTIONS, ANSWERS, ON_A_PAGE, GOAL, SECONDS, SEED = 500, 100_000, 10, 100, 4, 20261121
SCALE = [{"value": value, "label": label} for value, label in enumerate(("Never", "Seldom", "Sometimes", "Often"))]
OPTIONS = [{"id": name, "label": name.capitalize()} for name in ("money", "people", "time", "calm")]


def main(words: list[str]) -> None:
    """Print the table as Markdown, with the machine and its load."""
    questions, answers = (int(word) for word in (words + [str(QUESTIONS), str(ANSWERS)][len(words) :])[:2])
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ALONGSIDE_STATE": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)
        print(f"{machine(['django'])}, load {os.getloadavg()[0]:.1f}; {questions} questions, {answers:,} answers\n")
        print("| what | median ms | slowest of twenty | goal |\n|---|--:|--:|--:|")
        for name, work in works(questions, answers).items():
            times = sorted(_timed(work))
            slow = times[int(len(times) * 0.95)]
            print(f"| {name} | {statistics.median(times):.1f} | {slow:.1f} | {GOAL} |", flush=True)


def works(questions: int, answers: int) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    from alongside.questionnaires.queries import definition_from
    from alongside.questionnaires.scoring import together

    definition = long_one(questions)
    chance = random.Random(SEED)
    several = [answered(definition, chance) for _ in range(answers // questions)]
    kept = Kept(definition, several[0], 1)
    middle = len(definition.pages) // 2
    sent = typed(definition, several[1], middle)
    table = definition.model_dump(mode="json", by_alias=True)
    return {
        "an organisation’s own definition, as its row has it": lambda: definition_from(table, "long", 1),
        "one page of the walk": lambda: ok(_page(kept, middle)),
        "one page sent, saved and led on": lambda: ok(_page(Kept(definition, several[0], 1), middle, sent), 302),
        "the check of all answers": lambda: ok(_check(kept)),
        f"{answers:,} answers counted together": lambda: together(definition, several, at_least=5),
    }


def long_one(questions: int) -> Definition:
    """Return a questionnaire of pages of ten: four kinds in turn, then four rows of a matrix."""
    from alongside.questionnaires.reading import check

    items: list[dict[str, Any]] = []
    for page in range(questions // ON_A_PAGE):
        items.append({"id": f"s{page}", "kind": "section", "text": f"Part {page + 1}"})
        items += [_item(page, place) for place in range(ON_A_PAGE - 4)]
        rows = [{"id": f"r{row}", "text": f"Statement {row} of part {page + 1}"} for row in range(4)]
        items.append({"id": f"m{page}", "kind": "matrix", "text": "Lately", "scale": "often", "rows": rows})
    words = {"title": "A long one", "about": "For measuring.", "audience": "each", "shown": "counted"}
    return check({"id": "long", "version": 1, **words, "scales": {"often": SCALE}, "items": items})


def _item(page: int, place: int) -> dict[str, Any]:
    item: dict[str, Any] = {"id": f"q{page}-{place}", "text": f"Question {place} of part {page + 1}?"}
    kind = ("one", "text", "scale", "many", "number", "scale")[place]
    item["kind"] = kind
    if kind in ("one", "many"):
        item["options"] = OPTIONS
    if kind == "scale":
        item["scale"] = "often"
    if place in (1, 3):
        item["shown_if"] = [{"item": f"q{page}-0", "is_in": ["money", "people", "time"]}]
    return item


def answered(definition: Definition, chance: random.Random) -> dict[str, Any]:
    """Return answers to everything, drawn at random; all follow-ups are asked."""
    drawn: dict[str, Callable[[], Any]] = {
        "one": lambda: chance.choice(("money", "people", "time")),
        "many": lambda: [each for each in ("money", "people", "calm") if chance.random() < 0.7] or ["time"],
        "text": lambda: "In a few words, as somebody writes them.",
        "number": lambda: chance.randrange(100),
        "scale": lambda: chance.randrange(4),
    }
    return {question.id: drawn[question.kind]() for question in definition.questions}


def typed(definition: Definition, answers: Mapping[str, Any], place: int) -> dict[str, Any]:
    """Return what a browser sends from a page."""
    here = {item.id for item in definition.pages[place - 1]}
    names = [question.id for question in definition.questions if question.item.id in here]
    return {"version": 1, **{f"item-{name}": answers[name] for name in names}}


@dataclass
class Kept:
    """Answers kept in memory."""

    definition: Definition
    answers: Mapping[str, Any]
    version: int
    addresses: Addresses = field(init=False)

    def __post_init__(self) -> None:
        from alongside.web.shared.questionnaires.filling import Addresses

        self.addresses = Addresses(page="/p/{}/".format, check="/check/", later="/", done="/")

    def refused(self, files: Any) -> dict[str, str]:
        return {}

    def save(self, answers: Mapping[str, Any], files: Mapping[str, Any], *, version: int) -> None:
        self.answers, self.version = answers, version + 1

    def finish(self, *, version: int) -> None:
        """Nothing is sent: the benchmark only opens the check."""


def _page(kept: Kept, place: int, sent: dict[str, Any] | None = None) -> Any:
    from django.test import RequestFactory

    from alongside.web.shared.questionnaires.filling import fill_page

    request = RequestFactory().post(f"/p/{place}/", sent) if sent else RequestFactory().get(f"/p/{place}/")
    return fill_page(request, kept, place, template="components/walk_page.html", context={})


def _check(kept: Kept) -> Any:
    from django.test import RequestFactory

    from alongside.web.shared.questionnaires.filling import check

    request = RequestFactory().get("/check/")
    return check(request, kept, template="components/walk_check.html", context={"send": "Send it"})


def ok(response: Any, status: int = 200) -> None:
    """Insist that a page came."""
    assert response.status_code == status, response.status_code


def _timed(work: Callable[[], object]) -> list[float]:
    """Do it for some seconds, and return how many milliseconds it took each time; the first is not counted."""
    work()
    times: list[float] = []
    until = time.perf_counter() + SECONDS
    while len(times) < 20 or time.perf_counter() < until:
        before = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - before))
    return times


if __name__ == "__main__":
    main(sys.argv[1:])
