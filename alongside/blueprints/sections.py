"""The sections of a programme's rules: what each says, and what is usual."""

from datetime import timedelta
from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import Field

from alongside.datafiles.checking import Part
from alongside.questionnaires.items import Id, Words

SideName = Literal["mentor", "mentee"]
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
