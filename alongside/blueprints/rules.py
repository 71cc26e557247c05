"""The rules of a programme: everything in which one programme runs otherwise than another, as data."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal, get_args

from pydantic import Field

from alongside import engine
from alongside.blueprints.signed import remarks_on
from alongside.datafiles import checking
from alongside.datafiles.checking import Part, Remark
from alongside.datafiles.lines import Path
from alongside.files.pictures import picture_refused
from alongside.kernel.colours import PAPER, READABLE, contrast, readable_on
from alongside.kernel.vocabulary import Speech
from alongside.questionnaires.items import Id, Words

SideName = Literal["mentor", "mentee"]
WHOLE = ("matching", "letters")
"""The sections that are changed as a whole."""
BOTH: tuple[SideName, ...] = ("mentor", "mentee")


class Step(Part):
    """Something that is to be done, after what it names.

    A ``check`` (such as of criminal records) says why the role is eligible for one: asking without is an offence
    (domain rules, § 5.6). Only the decision and its date are ever kept of it.
    """

    id: Id
    title: Words
    kind: Literal["step", "conversation", "references", "induction", "training", "check"] = "step"
    about: str = Field("", description="Markdown, for those who are to do it")
    guide: str = Field("", description="Markdown, for the coordinator alone")
    after: tuple[Id, ...] = ()
    eligible_because: str = ""


class Gate(Step):
    """Something a participant completes before anybody is matched with them."""

    sides: tuple[SideName, ...] = Field(BOTH, min_length=1)
    met_by_training: bool = Field(False, description="a volunteer whom another programme trained has passed it")


class Document(Part):
    """Something an applicant hands in, such as a CV. ``shown`` lets the other side read it before they say yes."""

    id: Id
    title: Words
    help: str = ""
    required: bool = True
    shown: bool = False


class Application(Part):
    """How people of one side apply: a form, documents, and what happens until a coordinator decides."""

    form: Id
    documents: tuple[Document, ...] = ()
    steps: tuple[Step, ...] = ()
    days_to_decide: int = Field(14, ge=1, le=90)
    waiting_list: bool = True


class Applications(Part):
    """Who can apply. Of ``false``, that side is brought in by coordinators: invited, or from a spreadsheet."""

    mentor: Application | Literal[False] = Application(form="mentor-application")
    mentee: Application | Literal[False] = Application(form="mentee-application")

    def of(self, side: str) -> Application | None:
        """Return how people of a side apply; None where they cannot."""
        return (self.mentor if side == "mentor" else self.mentee) or None


class Kind(Part):
    """A kind of mentor, such as an officer: every mentee has one of each, all in one mentorship."""

    id: Id
    title: Words
    about: str = Field("", description="Markdown, for those who may become one, and for mentees")
    matching: dict[str, Any] = Field(default={}, description="where it is matched otherwise: what differs")


class Shape(Part):
    """Who works with whom: a pair, or a mentee with mentors of several kinds; a group with mentors; peers.

    Peers mentor each other: there are ``members`` of them together, and nobody else.
    """

    of: Literal["pair", "group", "peers"] = "pair"
    kinds: tuple[Kind, ...] = Field((), description="of a pair: the kinds of mentors; none where all are alike")
    members: int = Field(2, ge=2, le=40, description="the most who are mentored together, of a group or of peers")
    mentors: int = Field(1, ge=1, le=8, description="how many mentors a group is to have")

    def kind(self, name: str) -> Kind | None:
        """Return the kind called so; None where there is none."""
        return next((kind for kind in self.kinds if kind.id == name), None)

    def title_of(self, name: str) -> str:
        """Return what a kind is called; "" where there is none of this id."""
        found = self.kind(name)
        return found.title if found else ""

    @property
    def matched(self) -> tuple[str, ...]:
        """The kinds that are matched, each on a board of its own; "" alone where all mentors are alike."""
        return tuple(kind.id for kind in self.kinds) or ("",)


class Choice(Part):
    """How a mentee is offered mentors, and how long each has to answer."""

    shape: Literal["rank", "one"] = "rank"
    mentors_offered: int = Field(3, ge=1, le=3)
    days_to_answer: int = Field(5, ge=1, le=60)
    reminders: int = Field(2, ge=0, le=5)


class Start(Part):
    """How a mentorship begins."""

    cooling_off_days: int = Field(2, ge=1, le=30, description="working days until both are asked")


class Meetings(Part):
    """What a mentorship aims at; nobody is held to it. A meeting is of ``minutes``, or from those to ``minutes_to``."""

    expected: int = Field(9, ge=1, le=100)
    minutes: int = Field(90, ge=15, le=480)
    minutes_to: int | None = Field(None, ge=15, le=480)
    rhythm_days: int = Field(30, ge=1, le=180)


class Length(Part):
    """How long a mentorship is planned for."""

    months: int = Field(12, ge=1, le=60)


class Suggested(Part):
    """An exercise that a mentorship is shown when its time has come; whether they do it is theirs to say."""

    questionnaire: Id
    when: Literal["before_first", "first_meeting", "second_meeting", "agreement", "halfway", "ending"]


SurveyTime = Literal["start", "halfway", "ending", "after_3_months", "after_6_months", "after_12_months"]


class Survey(Part):
    """A questionnaire that each whom it is for is asked by email, for the coordinators, at a time of a mentorship."""

    questionnaire: Id
    when: SurveyTime


class Called(Part):
    """What the programme calls people and what they have together; what is left empty keeps our word."""

    mentor: str = Field("", max_length=40)
    mentors: str = Field("", max_length=40)
    mentee: str = Field("", max_length=40)
    mentees: str = Field("", max_length=40)
    mentorship: str = Field("", max_length=40)
    mentorships: str = Field("", max_length=40)

    @cached_property
    def said(self) -> dict[str, str]:
        """Their words, by ours."""
        return self.model_dump()


LetterKind = Literal[
    "say_it_arrived", "say_they_wait", "decline_application", "welcome",
    "mentee_offer", "mentee_reminder", "mentor_request", "mentor_reminder", "introduction",
    "suggest_a_meeting", "ask_whether_to_go_on", "tell_we_go_on", "remind_to_agree",
    "ask_pulse", "say_the_end_comes_near", "ask_how_it_ended", "tell_it_ended", "ask_follow_up",
]  # fmt: skip
"""The letters to which a programme may add words of its own."""
Showable = Literal[
    "name", "job_title", "employer", "place", "topics", "sector", "languages", "availability", "about"
]  # fmt: skip
"""What may be shown of somebody before both have said yes."""


class Seen(Part):
    """What is seen of people. What somebody does not share themselves is shown by no rule."""

    before_yes: tuple[Showable, ...] = Field(
        get_args(Showable), description="by the other side, before both have said yes"
    )
    meetings: Literal["days", "numbers"] = Field("days", description="by coordinators: when they meet, or how often")
    funder: str = Field("", max_length=120, description="who pays, and is shown who met how often; nobody where empty")


class Look(Part):
    """How the pages and letters of a programme look to its people; empty for ours."""

    colour: str = Field("", pattern=r"^(#[0-9a-f]{6})?$", description="of the next step: a button, a link to take")
    logo: str = Field("", description="a small picture: data:image/png;base64,…")


class Pulse(Part):
    """How often each is asked how it goes."""

    rhythm_days: int = Field(30, ge=14, le=120)


class Kept(Part):
    """How long is kept what people wrote, when they met, and what they answered; what stays says nobody's name."""

    inside_days: int = Field(90, ge=30, le=730, description="after the end: what is inside a mentorship")
    meetings_months: int = Field(24, ge=1, le=72, description="after the end: when they met")
    answers_months: int = Field(12, ge=1, le=36, description="to the pulse, to follow-ups: as somebody's")

    @property
    def inside(self) -> timedelta:
        """How long after the end what is inside a mentorship is kept."""
        return timedelta(days=self.inside_days)


class Agreement(Part):
    """What members of a mentorship sign; empty for the texts that come with us."""

    text: str = ""
    charter: str = ""


class Placing(Part):
    """Volunteers are trained to one standard here, and asked to mentor in other programmes; nobody is matched here."""

    standard: str = Field(min_length=1, description="Markdown: what whoever is trained knows, for those who need them")
    cpd_hours: float = Field(gt=0, le=500, description="for how many hours the training counts as CPD")
    months_valid: int = Field(24, ge=1, le=120, description="until the training is to be refreshed")
    days_to_answer: int = Field(7, ge=1, le=60)
    reminders: int = Field(2, ge=0, le=5)
    waiting_days: int = Field(60, ge=1, le=365, description="until somebody never asked stands in the queue")


class Objectives(Part):
    scaled: bool = Field(False, description="offer goal attainment scaling")


class Rules(Part):
    """How a programme runs. What is left out is as most programmes do it."""

    applications: Applications = Applications()
    gates: tuple[Gate, ...] = ()
    shape: Shape = Shape()
    matching: dict[str, Any] = Field(default={}, description="hard rules and weights, as the engine reads them")
    choice: Choice = Choice()
    start: Start = Start()
    meetings: Meetings = Meetings()
    length: Length = Length()
    agreement: Agreement = Agreement()
    objectives: Objectives = Objectives()
    exercises: tuple[Suggested, ...] = ()
    surveys: tuple[Survey, ...] = ()
    seen: Seen = Seen()
    pulse: Pulse = Pulse()
    kept: Kept = Kept()
    letters: dict[LetterKind, str] = Field({}, description="what is added to letters, by their kind")
    words: Called = Called()
    look: Look = Look()
    placing: Placing | Literal[False] = False
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Z]{2})?)?$", description="of its letters and pages")

    @cached_property
    def speech(self) -> Speech:
        """How it speaks to those who take part."""
        added = {str(kind): text for kind, text in self.letters.items()}
        return Speech(self.words.said, self.language.lower(), added, self.look.colour, self.look.logo)

    @cached_property
    def table(self) -> dict[str, Any]:
        """Every rule as plain data, also those that are as usual: what is usual may change, these do not."""
        return self.model_dump(mode="json", by_alias=True)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the rules: two programmes with one fingerprint run alike."""
        canonical = json.dumps(self.table, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def settings(self) -> engine.Settings:
        """Return what the engine is to keep to and to aim at."""
        return _settings(self.matching)

    def settings_for(self, kind: str) -> engine.Settings:
        """Return what the engine is to keep to where mentors of a kind are matched; "" where there are no kinds."""
        found = self.shape.kind(kind)
        return _settings(_over(self.matching, found.matching)) if found else self.settings

    def gates_of(self, side: str) -> tuple[Gate, ...]:
        """Return what somebody on this side completes before they are matched."""
        return tuple(gate for gate in self.gates if side in gate.sides)

    def changed(self, sections: Mapping[str, Any]) -> "Rules":
        """Return rules in which some sections differ.

        :param sections: plain data by section; of a section that is a table, but for ``WHOLE``, only what differs.
        :raises FaultsFound: if anything does not fit.
        """
        merged = {**self.table}
        for name, value in sections.items():
            part = isinstance(value, Mapping) and isinstance(merged[name], Mapping) and name not in WHOLE
            merged[name] = {**merged[name], **value} if part else value
        return check(merged)


def check(table: Mapping[str, Any], file: str = "the rules") -> Rules:
    """Check rules that were made on a page or kept.

    :raises FaultsFound: if anything in them is missing, unknown or does not fit.
    """
    return checking.check(Rules, table, file, remarks)


def remarks(rules: Rules) -> Iterator[Remark]:
    """Yield what is wrong between the rules of a programme."""
    yield from _steps(rules.gates, ("gates",))
    for side in BOTH:
        yield from _application(rules.applications.of(side), ("applications", side))
        yield from _passable(rules, side)
    yield from _shape(rules)
    yield from _placing(rules)
    yield from _words(rules.words)
    yield from _look(rules.look)
    yield from remarks_on(rules.agreement.text, ("agreement", "text"), names=True)
    yield from remarks_on(rules.agreement.charter, ("agreement", "charter"), names=False)
    if rules.meetings.minutes_to is not None and rules.meetings.minutes_to <= rules.meetings.minutes:
        yield Remark(
            ("meetings", "minutes_to"),
            "The most minutes of a meeting should be more than the usual ones, or be left out.",
        )
    yield from _readable(rules.matching, ("matching",))


def _shape(rules: Rules) -> Iterator[Remark]:
    """Yield what does not go together in who works with whom."""
    shape = rules.shape
    yield from _twice([kind.id for kind in shape.kinds], ("shape", "kinds"))
    if len(shape.kinds) == 1:
        yield Remark(("shape", "kinds"), "One kind of mentor is none: name at least two, or leave “kinds” out.")
    if shape.kinds and shape.of != "pair":
        yield Remark(("shape", "kinds"), f"Kinds of mentors are for a pair; this is “{shape.of}”. Take “kinds” out.")
    for place, kind in enumerate(shape.kinds):
        yield from _readable(_over(rules.matching, kind.matching), ("shape", "kinds", place, "matching"))
    if shape.of != "group" and shape.mentors != 1:
        yield Remark(("shape", "mentors"), "How many mentors is said of a group alone. Take “mentors” out.")
    if shape.of == "peers" and rules.applications.mentor:
        words = "Peers mentor each other: nobody applies as a mentor. Write “mentor = false” under applications."
        yield Remark(("shape", "of"), words)


def _placing(rules: Rules) -> Iterator[Remark]:
    """Yield what does not go together where volunteers are trained for others, or come from there."""
    for place, gate in enumerate(rules.gates):
        if gate.met_by_training and ("mentor" not in gate.sides or rules.placing):
            words = f"Trained volunteers come as mentors, from elsewhere. Take “met_by_training” out of “{gate.id}”."
            yield Remark(("gates", place, "met_by_training"), words)
        if gate.met_by_training and gate.kind == "check":
            words = f"No training can stand for a check. Take “met_by_training” out of “{gate.id}”."
            yield Remark(("gates", place, "met_by_training"), words)
    if not rules.placing:
        return
    if rules.applications.mentee:
        words = "Mentees are where volunteers are placed, not here. Write “mentee = false” under applications."
        yield Remark(("placing",), words)
    if not rules.gates_of("mentor"):
        yield Remark(("placing",), "Nobody is trained here: name the training as a gate of mentors.")
    if rules.shape != Shape():
        yield Remark(("shape",), "Nobody is matched where volunteers are placed with others. Take “shape” out.")


def _over(matching: Mapping[str, Any], differs: Mapping[str, Any]) -> dict[str, Any]:
    """Return how it is matched where something differs: of rules and weights only what is said."""
    merged = {**matching}
    for name, value in differs.items():
        merged[name] = {**merged.get(name, {}), **value} if isinstance(value, Mapping) else value
    return merged


def _settings(matching: Mapping[str, Any]) -> engine.Settings:
    return engine.from_dict(engine.Settings, matching) if matching else engine.Settings()


def _readable(matching: Mapping[str, Any], path: Path) -> Iterator[Remark]:
    try:
        _settings(matching)
    except (ValueError, TypeError, KeyError) as refusal:
        yield Remark(path, f"The matching cannot be read: {refusal}")


def _words(words: Called) -> Iterator[Remark]:
    """Yield words of which only one of the two numbers is said."""
    for one, many in (("mentor", "mentors"), ("mentee", "mentees"), ("mentorship", "mentorships")):
        if bool(getattr(words, one)) != bool(getattr(words, many)):
            missing, there = (many, one) if getattr(words, one) else (one, many)
            said = getattr(words, there)
            yield Remark(("words", there), f"“{there}” is “{said}”, and “{missing}” is not said. Say both, or none.")


def _look(look: Look) -> Iterator[Remark]:
    if look.colour and contrast(look.colour, PAPER) < READABLE:
        better = readable_on(PAPER, look.colour)
        yield Remark(("look", "colour"), f"{look.colour} is too light to be read. Take a darker one, such as {better}.")
    if refusal := picture_refused(look.logo):
        yield Remark(("look", "logo"), refusal)


def _application(application: Application | None, path: Path) -> Iterator[Remark]:
    if application is None:
        return
    yield from _twice([document.id for document in application.documents], (*path, "documents"))
    yield from _steps(application.steps, (*path, "steps"))


def _steps(steps: Sequence[Step], path: Path) -> Iterator[Remark]:
    """Yield what is wrong with steps: two of one id, after what is not there, in a circle, a check without a reason."""
    ids = [step.id for step in steps]
    yield from _twice(ids, path)
    for place, step in enumerate(steps):
        for name in step.after:
            if name not in ids:
                yield Remark((*path, place, "after"), f"“{step.id}” comes after “{name}”, which is not there.")
        if step.kind == "check" and not step.eligible_because:
            words = f"Nobody can pass “{step.id}”: say in “eligible_because” why this role may be checked."
            yield Remark((*path, place), words)
    if circle := circle_of({step.id: step.after for step in steps}):
        named = " after ".join(f"“{name}”" for name in circle)
        yield Remark((*path, ids.index(circle[0]), "after"), f"Nobody can begin: {named}. Take one “after” out.")


def _twice(ids: Sequence[str], path: Path) -> Iterator[Remark]:
    for place, each in enumerate(ids):
        if each in ids[:place]:
            yield Remark((*path, place, "id"), f"“{each}” stands twice. Give each an id of its own.")


def _passable(rules: Rules, side: str) -> Iterator[Remark]:
    """Yield gates of a side that come after one that only the other side passes."""
    here = {gate.id for gate in rules.gates_of(side)}
    there = {gate.id for gate in rules.gates}
    for place, gate in enumerate(rules.gates):
        if side in gate.sides and (never := [name for name in gate.after if name in there - here]):
            words = f"No {side} can pass “{gate.id}”: it comes after “{never[0]}”, which is not for a {side}."
            yield Remark(("gates", place, "after"), words)


def circle_of(after: Mapping[str, Sequence[str]]) -> list[str]:
    """Return names of which each comes after the next, the first being the last again; none where there is an order."""
    try:
        TopologicalSorter({name: [each for each in names if each in after] for name, names in after.items()}).prepare()
    except CycleError as found:
        return list(reversed(found.args[1]))
    return []
