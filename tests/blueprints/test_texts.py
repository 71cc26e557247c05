"""Every text of every blueprint is on every page it is for, whatever people are called and whatever they leave out.

The pages are found by their links, and what a text is from the rules themselves: a new rule that is a text must be said
here to be on some page.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.library import shipped
from alongside.exercises.actions import open_exercise
from alongside.journeys import apply as applications
from alongside.journeys.start_from_blueprint import start_from_blueprint
from alongside.kernel import scope
from alongside.mentorships.models import Mentorship
from alongside.notifications.models import Email
from alongside.people.models import Person
from alongside.programmes import actions as programmes
from alongside.programmes.actions import enter_participant
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from alongside.questionnaires.definition import Audience
from alongside.questionnaires.queries import newest_definition
from alongside.surveys.actions import ask
from tests.asked import offer
from tests.blueprints.crawled import Seen, crawl
from tests.blueprints.test_stories import answers
from tests.files import PDF
from tests.filled import filled
from tests.journeys.test_every_letter import NAMES, called
from tests.paired import inside, member_in
from tests.placed import called as call_for_mentors
from tests.placed import school
from tests.reported import named_lead
from tests.shown import NASTY, faults_in, left_out
from tests.world import NOW, World, person

STARTING = "start_programme"
RUNNING = "how_it_runs"
WHERE: dict[str, list[str]] = {
    "title": ["new_programme", STARTING],
    "summary": ["new_programme", STARTING],
    "about": [STARTING],
    "gates.title": [STARTING, RUNNING, "participant_home", "participant"],
    "gates.about": [STARTING, RUNNING, "participant_home"],
    "gates.guide": [STARTING, RUNNING, "participant"],
    "gates.eligible_because": [STARTING, RUNNING],
    "applications.steps.title": [STARTING, RUNNING, "apply", "my_application", "application"],
    "applications.steps.about": ["apply", "my_application"],
    "applications.steps.guide": [STARTING, RUNNING, "application"],
    "applications.steps.eligible_because": [STARTING, RUNNING, "application"],
    "applications.documents.title": [STARTING, RUNNING, "apply", "my_application", "my_application_document"],
    "applications.documents.help": ["my_application_document"],
    "shape.kinds.title": [STARTING, RUNNING, "apply", "my_application_kind"],
    "shape.kinds.about": [STARTING, RUNNING, "my_application_kind"],
    "agreement.text": [STARTING, RUNNING, "sign_agreement"],
    "agreement.charter": [STARTING, RUNNING, "mentorship_charter"],
    "placing.standard": [STARTING, RUNNING, "new_call"],
    "words": [],  # they are said everywhere; tests/journeys/test_every_letter.py looks for ours in their place
    "letters": [STARTING, RUNNING],
}
"""Where each rule that is a text is read, by the names of pages."""
TITLE = re.compile(r"^# .*\n")
"""Above what is signed stands the heading of the page, in the place of its own."""
BOLD = "**bold**"
"""How it is written, told to whoever writes a questionnaire."""
NO_TEXT = {
    "id",
    "kind",
    "form",
    "after",
    "sides",
    "of",
    "shape",
    "questionnaire",
    "when",
    "language",
    "seen",
    "matching",
}
"""What is a name for something, or a choice."""


def texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every text in plain data, by what it is: without sides, ids and places."""
    if path and path[-1] in NO_TEXT and path != ("shape",):
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, path if key in ("mentor", "mentee") and path == ("applications",) else (*path, key))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner, path)
    elif isinstance(value, str) and value:
        named = ".".join(path)
        yield next((each for each in ("words", "letters") if named.startswith(each)), named), value


class Life:
    """A programme that runs by a blueprint, at every stage at once: people apply, wait, are asked, work together."""

    def __init__(self, world: World, blueprint: Blueprint, names: list[str], *, whole: bool) -> None:
        self.world, self.blueprint, self.whole = world, blueprint, whole
        self.seen = Seen()
        called(world, names, whole=whole)
        lead = named_lead(world) if whole else None
        started = start_from_blueprint(blueprint, world.harbour, name="Another", by=world.carys, at=NOW)
        rules = started.rules
        if rules.placing:
            self.school = school(world, **rules.placing.model_dump(mode="json"))
            with scope.within(self.school.scope):
                programmes.change_rules(
                    self.school.programme, rules, cohorts=[self.school.cohort], by=self.school.tessa, at=NOW
                )
            self.cohort, self.coordinator, self.scope = self.school.cohort, self.school.tessa, self.school.scope
        else:
            programmes.change_rules(world.programme, rules, cohorts=[world.cohort], by=world.carys, at=NOW)
            world.cohort.rules_fingerprint = rules.fingerprint  # also where one with people in it would keep its shape
            world.cohort.save(update_fields=["rules_fingerprint"])
            self.cohort, self.coordinator, self.scope = world.cohort, world.carys, world.harbour_scope
        self.started, self.lead = started, lead
        self.cohort.refresh_from_db()
        self.cohort.programme.refresh_from_db()
        self.rules = rules

    def look(self) -> Seen:
        """Build every stage, and open whatever each reader can come to."""
        with scope.within(self.scope):
            waiting = [self._waiting(side) for side in self._sides()]
            applicants = [each for side in self._sides() for each in self._applying(side)]
        self._before(waiting)
        self._applicants(applicants)
        if not self.rules.placing:
            self._matched()
            self._together()
        else:
            self._placing()
        self._from_emails()
        return self.seen

    def _sides(self) -> list[str]:
        return [
            side
            for side in ("mentee", "mentor")
            if self.rules.applications.of(side) or not (self.rules.placing or self.rules.shape.of == "peers")
        ]

    def _crawl(self, who: Person | None, begin: Iterable[str]) -> None:
        """Let somebody come to whatever pages they can, or whoever is not signed in."""
        client = Client()
        if who is not None:
            client.force_login(who)
        crawl(client, begin, self.seen, reader=who.email if who else "")

    def _waiting(self, side: str) -> Participant:
        """Somebody who is in and has passed no gate."""
        kinds = self.rules.shape.kinds if side == "mentor" else ()
        about = {"kind": kinds[0].id} if kinds else {}
        who = person(f"Gethin {side.capitalize()}")
        return enter_participant(self.cohort, who, Side(side), by=self.coordinator, at=NOW, details=about)

    def _applying(self, side: str) -> Iterator[Application]:
        """One who is still writing, and one who has sent it."""
        rules = self.rules.applications.of(side)
        if rules is None:
            return
        until = (NOW + timedelta(days=20)).date()
        applying.open_applications(self.cohort, side, until=until, by=self.coordinator, at=NOW)
        for number, sends in enumerate((False, True)):
            who = person(f"Ada {side} {number}")
            application = applications.begin(self.cohort, who, side, at=NOW)
            said = answers(application.definition, side)
            if not self.whole:
                needed = {each.id for each in application.definition.questions if getattr(each.item, "required", True)}
                said = {name: value for name, value in said.items() if name in needed}
            applying.save_answers(application, said, version=application.version, at=NOW)
            if sends:
                if application.kinds:
                    applying.choose_kind(application, application.kinds[0].id, at=NOW)
                for document in rules.documents if self.whole else [each for each in rules.documents if each.required]:
                    applying.add_document(application, document.id, name="a.pdf", content=PDF, at=NOW)
                if any(step.kind == "references" for step in rules.steps):
                    applying.name_referees(application, [applying.Referee("Rae", f"rae-{side}@example.org")], at=NOW)
                applications.send(application, by=who, at=NOW)
            yield application

    def _before(self, waiting: list[Participant]) -> None:
        """What a coordinator sees of a blueprint and of a programme, and whoever waits of the steps before them."""
        refs = self.cohort.programme.ref
        begin = [
            reverse("new_programme"),
            reverse(STARTING, args=[self.blueprint.id]),
            reverse(RUNNING, args=[refs]),
            reverse("programme", args=[refs]),
            reverse("what_is_asked", args=[refs]),
            reverse("words_and_letters", args=[refs]),
            reverse("queue"),
            *(reverse("participant", args=[each.ref]) for each in waiting),
        ]
        self._crawl(self.coordinator, begin)
        for each in waiting:
            self._crawl(each.person, ["/me/"])

    def _applicants(self, sent: list[Application]) -> None:
        for each in sent:
            self._crawl(None, [reverse("apply", args=[self.cohort.ref, each.side])])
            forms = [reverse("my_application_form", args=[each.ref, number]) for number in range(1, 13)]
            self._crawl(each.person, forms)
            self._crawl(each.person, [reverse("my_application", args=[each.ref]), "/me/"])
            for document in each.rules.documents:
                self._crawl(each.person, [reverse("my_application_document", args=[each.ref, document.id])])
            self._crawl(self.coordinator, [reverse("application", args=[each.ref])])

    def _matched(self) -> None:
        """A mentee is offered mentors, where mentees are."""
        if self.rules.shape.of == "pair":
            for mentor in self.world.mentors:
                mentor.kind = self.rules.shape.kinds[0].id if self.rules.shape.kinds else ""
                mentor.save(update_fields=["kind"])
            made = offer(self.world.dai, self.world.marcus, self.world.nia)
            self._crawl(self.coordinator, [reverse("offer", args=[made.ref])])

    def _together(self) -> None:
        """Two at work together: with one of everything inside, or with nothing yet."""
        peers = self.rules.shape.of == "peers"
        full = filled(self.world, self.world.farah if peers else self.world.maya)
        mentorship: Mentorship = full.mentorship
        with inside(mentorship):
            me = member_in(mentorship, self.world.bea)
            other = member_in(mentorship, self.world.farah if peers else self.world.maya)
            for key in dict.fromkeys(each.questionnaire for each in self.rules.exercises):
                definition = newest_definition(key, self.world.harbour.pk)
                if definition.audience == Audience.RATERS:
                    continue  # those around a mentee are asked, who opens it on a page of its own
                by = other if definition.audience == Audience.MENTORS and not peers else me
                open_exercise(definition, by=by, at=NOW)
            surveys = [ask(each, me, at=NOW) for each in self.rules.surveys]
        begin = [
            reverse("mentorship", args=[mentorship.ref]),
            "/me/",
            reverse("mentorship_charter", args=[mentorship.ref]),
        ]
        for who in (self.world.bea, self.world.farah if peers else self.world.maya):
            self._crawl(who.person, [*begin, reverse("agreement_draft", args=[mentorship.ref])])
            for each in full.refs["agreement"]:
                self._crawl(who.person, [reverse("sign_agreement", args=[mentorship.ref, each])])
        for survey in surveys:
            if survey is not None:
                url = reverse("mentorship_survey", args=[mentorship.ref, survey.ref])
                self._crawl(self.world.bea.person, [url])
        self._crawl(self.coordinator, [reverse("looking_after", args=[mentorship.ref])])

    def _placing(self) -> None:
        call = call_for_mentors(self.school)
        self._crawl(self.coordinator, [reverse("call_answer", args=[call.ref])])
        calls = [reverse("new_call", args=[self.world.programme.ref]), reverse("call", args=[call.ref])]
        self._crawl(self.world.carys, calls)

    def _from_emails(self) -> None:
        """Every link of every letter, opened by whoever is not signed in."""
        for email in Email.objects.order_by("pk"):
            self._crawl(None, re.findall(r"http://testserver(/[^\s>]+)", email.body.text))


@pytest.fixture(params=sorted(shipped()))
def blueprint(request: pytest.FixtureRequest) -> Blueprint:
    return shipped()[request.param]


@pytest.mark.slow
@pytest.mark.words
@pytest.mark.parametrize("names", ["of many signs", "of one word"])
def test_every_text_is_where_it_is_for_and_nothing_is_left_to_fill_in(
    world: World, blueprint: Blueprint, names: str
) -> None:
    life = Life(world, blueprint, NAMES[names], whole=names == "of many signs")
    seen = life.look()
    wrong = [
        f"{what} is not on {place}: {part}"
        for what, text in texts(blueprint.file.model_dump(mode="json"))
        for place in WHERE[what]
        for part in left_out(text if place in (STARTING, RUNNING) else TITLE.sub("", text), seen.words(place))
    ]
    typed = [each for name in (*NAMES[names], NASTY, BOLD) for each in (name, name.split()[0]) if len(each) > 3]
    for place, pages in seen.pages.items():
        wrong += [f"{place}: {fault}" for page in pages for fault in faults_in(page, typed)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))
