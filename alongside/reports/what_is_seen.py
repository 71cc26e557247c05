"""Which kinds of people see which kinds of things, asked of the classes that wall them off rather than told.

A new kind of thing is one line in :data:`KINDS`; a test compares each line with what the code really lets through.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.agreements.models import Agreement
from alongside.applications.models import Application, ApplicationDocument, OfApplication, Reference, StepDone
from alongside.concerns.models import Concern, Entry, OfConcern
from alongside.endings.models import Achievement, Thanks
from alongside.evaluation.models import FollowUp, Pulse
from alongside.exercises.models import Filling
from alongside.meetings.models import Agenda, Meeting
from alongside.mentorships.models import InsideMentorship, Member, SharedInside
from alongside.messaging.models import Document, Link, Message
from alongside.notes.models import Note
from alongside.plans.models import Action, Objective
from alongside.programmes.models import Participant
from alongside.reviews.models import AllRoundReview
from alongside.surveys.models import Response


class Who(StrEnum):
    """A kind of person, from the reader's side."""

    YOU = "you"
    OTHERS = "others"
    COORDINATORS = "coordinators"
    PARTNERS = "partners"
    STEWARDS = "stewards"
    ELSEWHERE = "elsewhere"
    LEAD = "lead"


class Sees(StrEnum):
    """Whether a kind of person sees a kind of thing."""

    YES = "yes"
    NO = "no"
    IF_SHARED = "if_shared"
    HOW_FAR = "how_far"
    STANDING_IN = "standing_in"
    IF_SHOWN = "if_shown"
    IF_SAID = "if_said"


@dataclass(frozen=True)
class Kind:
    """A kind of thing: what it is called, and the attribute of a class that holds it."""

    label: "str | Promise"
    model: type[models.Model]
    field: str

    @property
    def is_concern(self) -> bool:
        return issubclass(self.model, (Concern, OfConcern))

    @property
    def is_application(self) -> bool:
        """Whether it belongs to an application, which coordinators read before somebody takes part."""
        return issubclass(self.model, (Application, OfApplication))

    @property
    def is_inside(self) -> bool:
        """Whether it is walled off for the members: by its class, or because its words are sealed with their key."""
        return issubclass(self.model, InsideMentorship) or isinstance(getattr(self.model, self.field), property)

    @property
    def is_chosen(self) -> bool:
        """Whether its author chooses who reads it."""
        return issubclass(self.model, SharedInside) or hasattr(self.model, "shared_at")

    @property
    def is_told_if_wished(self) -> bool:
        """Whether its author may have coordinators read it too: it has a place of its own for what they read."""
        return hasattr(self.model, "shared_text")

    @property
    def is_ones_own(self) -> bool:
        """Whether it is what one person told the coordinators, or somebody told them of this person."""
        return self.is_application or self.model is Member or hasattr(self.model, "member")


KINDS = (
    Kind(_("Your answers when you apply"), Application, "answers"),
    Kind(_("Documents you apply with"), ApplicationDocument, "name"),
    Kind(_("References about you"), Reference, "answers"),
    Kind(_("Notes of conversations before you are accepted"), StepDone, "note"),
    Kind(_("Messages"), Message, "text"),
    Kind(_("Documents"), Document, "title"),
    Kind(_("Links"), Link, "url"),
    Kind(_("Notes"), Note, "text"),
    Kind(_("Objectives"), Objective, "what"),
    Kind(_("What is on the plan"), Action, "what"),
    Kind(_("Answers to exercises"), Filling, "answers"),
    Kind(_("What came of a 360-degree review"), AllRoundReview, "result"),
    Kind(_("What your agreement says"), Agreement, "text"),
    Kind(_("What you achieved"), Achievement, "text"),
    Kind(_("Thanks"), Thanks, "text"),
    Kind(_("When you meet, for how long, and how"), Meeting, "starts_at"),
    Kind(_("Where you meet, and the link"), Meeting, "place"),
    Kind(_("What a meeting is about"), Agenda, "text"),
    Kind(_("Your pulse, and your word to the coordinator"), Pulse, "words"),
    Kind(_("Whether you want to go on"), Member, "going_on"),
    Kind(_("With which of several mentors you would rather not go on"), Member, "not_with"),
    Kind(_("What would suit you better"), Member, "wish"),
    Kind(_("Why it ended, for you"), Member, "said_ending"),
    Kind(_("What came of it, months later"), FollowUp, "words"),
    Kind(_("Your answers to surveys"), Response, "answers"),
    Kind(_("Your name and contact details, once introduced"), Participant, "person"),
    Kind(_("A concern you raise"), Entry, "words"),
)


# A coordinator hears one where no lead can, or where it was left lying, and it is not about them.
CONCERN = {
    Who.YOU: Sees.HOW_FAR,
    Who.LEAD: Sees.YES,
    Who.COORDINATORS: Sees.STANDING_IN,
    Who.PARTNERS: Sees.STANDING_IN,
}

# Whoever applied reads what they sent, never what others said of them. The rules say which documents are shown.
APPLICATION: dict[type[models.Model], dict[Who, Sees]] = {
    Application: {Who.YOU: Sees.YES},
    ApplicationDocument: {Who.YOU: Sees.YES, Who.OTHERS: Sees.IF_SHOWN},
}


def sees(who: Who, kind: Kind) -> Sees:
    """Say whether a kind of person sees a kind of thing."""
    if kind.is_application and who in {Who.YOU, Who.OTHERS}:
        return APPLICATION.get(kind.model, {}).get(who, Sees.NO)
    if kind.is_concern:
        return CONCERN.get(who, Sees.NO)
    if who == Who.YOU:
        return Sees.YES
    if who == Who.OTHERS:
        return _others(kind)
    if who in {Who.COORDINATORS, Who.PARTNERS} and kind.model is Response:
        return Sees.IF_SAID  # each survey says before it begins whether answers are read, or only counted
    if who in {Who.COORDINATORS, Who.PARTNERS} and kind.is_told_if_wished:
        return Sees.IF_SHARED
    return Sees.YES if who in {Who.COORDINATORS, Who.PARTNERS} and not kind.is_inside else Sees.NO


def _others(kind: Kind) -> Sees:
    if kind.is_chosen:
        return Sees.IF_SHARED
    return Sees.NO if kind.is_ones_own and not kind.is_inside else Sees.YES
