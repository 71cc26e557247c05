"""A story: a programme, whoever takes part in it with a window each, the emails they get, and a clock that moves."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.rules import Rules
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel.vocabulary import spoken
from alongside.notifications.models import Email
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side
from alongside.questionnaires.definition import Question
from alongside.questionnaires.queries import newest_definition
from alongside.questionnaires.speaking import for_reader
from tests.blueprints.test_stories import an_answer
from tests.e2e.stories.windows import Window, wrong_words

DAY = timedelta(days=1)


@dataclass
class Moving:
    """The one clock of a story, for the server of the test as well: it stands until it is moved."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def to(self, at: datetime) -> None:
        """Move on, and let happen what is due then."""
        assert at >= self.at, "a story does not go back"
        self.at = at
        run_clocks(at=at)


@dataclass
class Story:
    """What everything in a story is done with."""

    time: Moving
    opened: Callable[[], Page]
    signed_in: Callable[[Page, Person], Page]
    coordinator: Person
    look: Callable[[Page], None] | None = None
    cohort: Cohort = field(init=False)
    blueprint: Blueprint = field(init=False)
    windows: dict[str, Window] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        return self.cohort.rules

    @property
    def desk(self) -> Window:
        """The coordinator's window."""
        return self._window(self.coordinator, rules=None)

    def window(self, person: Person) -> Window:
        """The window of somebody who takes part."""
        return self._window(person, rules=self.rules)

    def _window(self, person: Person, *, rules: Rules | None) -> Window:
        if person.email not in self.windows:
            page = self.signed_in(self.opened(), person)
            self.windows[person.email] = Window(page, rules, looked=self.look)
        return self.windows[person.email]

    def stranger(self, email: str) -> Window:
        """The window of somebody who is not signed in yet; it is theirs from then on."""
        self.windows[email] = Window(self.opened(), self.rules, looked=self.look)
        return self.windows[email]

    def participants(self, side: Side | None = None) -> list[Participant]:
        rows = Participant.objects.filter(cohort=self.cohort).select_related("person", "cohort__programme")
        return list((rows.filter(side=side) if side else rows).order_by("pk"))

    def email(self, kind: str, to: str) -> Email:
        """Return the last email of a kind to somebody, which speaks as the programme does."""
        found = Email.objects.filter(kind=kind, to=to).order_by("pk").last()
        there = list(Email.objects.filter(to=to).values_list("kind", flat=True))
        assert found is not None, f"no {kind} came to {to}, but {there}"
        text = found.body.text
        said = re.sub(r"http\S+", "", f"{found.subject}\n{text}")
        assert not (wrong := wrong_words(self.rules, said)), f"{wrong} in {kind}: {text}"
        if self.rules.language:
            assert f'<html lang="{self.rules.language}"' in found.body.html, found.body.html[:300]
        added = self.rules.letters.get(kind, "")  # type: ignore[call-overload]  # most kinds have none
        assert added in text, f"{added} is not in {kind}: {text}"
        return found

    def link(self, kind: str, to: str) -> str:
        """Return where the button of the last email of a kind leads."""
        text = self.email(kind, to).body.text
        link = re.search(r"http\S+", text)
        assert link, text
        return link[0]

    def title_of(self, questionnaire: str) -> str:
        """Return what those who take part read as the title of a questionnaire."""
        with spoken(self.rules.speech):
            return for_reader(newest_definition(questionnaire, self.cohort.organisation_id)).title

    def number_of(self, kind: str, *, since: datetime) -> int:
        return Email.objects.filter(kind=kind, queued_at__gte=since).count()


def told(questions: dict[str, Question], side: str, own: dict[str, Any]) -> Callable[[str], Any]:
    """Return what somebody answers to each question: their own, by what it fills, or something that fits."""

    def said(name: str) -> Any:
        control = re.fullmatch(r"(.+)_(\d+)", name)
        if control and control[1] in questions and name not in questions:  # a place of a ranking: the first is enough
            return an_answer(questions[control[1]], side) if control[2] == "0" else None
        question = questions[name]
        return own[question.item.fills] if question.item.fills in own else an_answer(question, side)

    return said
