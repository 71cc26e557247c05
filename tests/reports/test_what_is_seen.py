"""The page that says who sees what tells the truth: each line is compared with what the code really lets through."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client

from alongside.agreements.models import Agreement
from alongside.applications.models import Application, ApplicationDocument, Reference, StepDone
from alongside.concerns.actions import hearing
from alongside.concerns.models import Concern
from alongside.concerns.queries import entries_of
from alongside.endings.models import Achievement, Thanks
from alongside.evaluation.models import FollowUp, Pulse
from alongside.exercises.models import Exercise, Filling
from alongside.kernel.scope import NoScope, Scope, everywhere, within
from alongside.meetings.models import Agenda, Meeting
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import Ending, GoingOn, MentorshipState
from alongside.messaging.models import Document, Link, Message
from alongside.notes.models import Note
from alongside.people.models import Person
from alongside.plans.models import Action, Objective
from alongside.questionnaires.queries import definition_of
from alongside.reports.what_is_seen import KINDS, Kind, Sees, Who, sees
from alongside.reviews.counting import result_of
from alongside.reviews.models import AllRoundReview
from alongside.surveys.models import Response
from alongside.web.participant.profile.kinds import PEOPLE, WORDS
from alongside.web.shared import access
from tests.applied import begun, let_apply
from tests.architecture.addresses import addresses
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.reported import named_lead, raised
from tests.world import NOW, World


def kept(model: type[Any], mine: Member, **fields: Any) -> Any:
    owned = {"organisation_id": mine.organisation_id, "programme_id": mine.programme_id}
    return model.objects.create(**owned, mentorship=mine.mentorship, **fields)


def meeting(mine: Member, words: str = SECRET) -> Any:
    return kept(Meeting, mine, starts_at=NOW, minutes=60, proposed_at=NOW, place=words, state="held")


def agenda(mine: Member, words: str = SECRET) -> Any:
    return kept(Agenda, mine, meeting=meeting(mine, words), edited_by=mine, edited_at=NOW, text=words)


def filling(mine: Member, words: str = SECRET) -> Any:
    exercise = kept(
        Exercise, mine, questionnaire="expectations", questionnaire_version=1, opened_by=mine, opened_at=NOW
    )
    return kept(Filling, mine, exercise=exercise, member=mine, saved_at=NOW, answers={"hope": words})


def member(mine: Member, words: str = SECRET) -> Member:
    mine.going_on, mine.wish, mine.said_ending = GoingOn.YES, words, Ending.CIRCUMSTANCES
    mine.not_with = [words]
    mine.save(update_fields=["going_on", "wish", "not_with", "said_ending"])
    return mine


def entry(mine: Member, words: str = SECRET) -> Any:
    concern = Concern.unscoped.get()
    with hearing(concern):
        return entries_of(concern)[0]


def application(mine: Member, words: str = "") -> Any:
    """The application with which somebody of the cast came, kept since."""
    participant = mine.participant
    row, _made = Application.objects.get_or_create(
        organisation_id=mine.organisation_id,
        programme_id=mine.programme_id,
        cohort=participant.cohort,
        person=participant.person,
        side=participant.side,
        defaults={
            **dict.fromkeys(("begun_at", "saved_at", "sent_at", "decided_at"), NOW),
            "state": "accepted",
            "questionnaire": "mentee-application",
            "questionnaire_version": 1,
        },
    )
    if words:
        row.answers = {"about": words}
        row.save(update_fields=["answers"])
    return row


def of_application(model: type[Any], mine: Member, **fields: Any) -> Any:
    return model.objects.create(**application(mine).owned, **fields)


MAKE: dict[type[Any], Callable[..., Any]] = {
    Application: lambda mine, words=SECRET: application(mine, words),
    ApplicationDocument: lambda mine, words=SECRET: of_application(
        ApplicationDocument, mine, document="cv", name=words, kind_name="pdf", size=1, sealed=b"", added_at=NOW
    ),
    Reference: lambda mine, words=SECRET: of_application(
        Reference,
        mine,
        name="Ref Eree",
        email="ref@example.org",
        answers={"good-at": words},
        done_at=NOW,
        questionnaire="reference",
        questionnaire_version=1,
        saved_at=NOW,
    ),
    StepDone: lambda mine, words=SECRET: of_application(StepDone, mine, step="talk", day=NOW.date(), note=words),
    Note: lambda mine, words=SECRET: kept(Note, mine, author=mine, written_at=NOW, text=words),
    Objective: lambda mine, words=SECRET: kept(Objective, mine, set_at=NOW, what=words),
    Action: lambda mine, words=SECRET: kept(Action, mine, added_at=NOW, what=words),
    Filling: filling,
    Meeting: meeting,
    Agenda: agenda,
    Pulse: lambda mine, words=SECRET: kept(
        Pulse, mine, member=mine, due_on=NOW.date(), asked_at=NOW, answered_at=NOW, score=3, words=words
    ),
    FollowUp: lambda mine, words=SECRET: kept(
        FollowUp, mine, member=mine, months=3, due_at=NOW, answered_at=NOW, words=words
    ),
    Member: member,
    Message: lambda mine, words=SECRET: kept(Message, mine, author=mine, written_at=NOW, text=words),
    Document: lambda mine, words=SECRET: kept(Document, mine, author=mine, written_at=NOW, title=words),
    Link: lambda mine, words=SECRET: kept(Link, mine, author=mine, written_at=NOW, title="A page", url=words),
    Agreement: lambda mine, words=SECRET: kept(
        Agreement,
        mine,
        version=1,
        fingerprint="0" * 64,
        until=NOW.date(),
        proposed_by=mine,
        proposed_at=NOW,
        text=words,
    ),
    AllRoundReview: lambda mine, words=SECRET: kept(
        AllRoundReview,
        mine,
        mentee=mine,
        questionnaire="leadership-360",
        questionnaire_version=1,
        opened_at=NOW,
        closed_at=NOW,
        result={**result_of(definition_of("leadership-360", 1), {}), "said": words},
    ),
    Response: lambda mine, words=SECRET: Response.objects.create(
        **mine.where,
        cohort=mine.mentorship.cohort,
        member=mine,
        side=mine.side,
        questionnaire="half-way",
        questionnaire_version=1,
        when="halfway",
        asked_at=NOW,
        done_at=NOW,
        answers={"worth": 3, "change": words},
    ),
    Achievement: lambda mine, words=SECRET: kept(Achievement, mine, author=mine, saved_at=NOW, text=words),
    Thanks: lambda mine, words=SECRET: kept(Thanks, mine, author=mine, written_at=NOW, text=words),
}


@pytest.fixture
def people(world: World) -> dict[Who, Person]:
    return {
        Who.YOU: world.bea.person,
        Who.OTHERS: world.maya.person,
        Who.COORDINATORS: world.carys,
        Who.PARTNERS: world.piotr,
        Who.STEWARDS: world.stella,
        Who.ELSEWHERE: world.olu,
        Who.LEAD: named_lead(world),
    }


@pytest.fixture
def mentorship(world: World, people: dict[Who, Person]) -> Mentorship:
    raised(world)
    return pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)


def made(kind: Kind, world: World, mentorship: Mentorship) -> Any:
    if kind.is_concern:
        return entry(member_in(mentorship, world.bea))
    if kind.model not in MAKE:
        return world.bea
    with inside(mentorship):
        return MAKE[kind.model](member_in(mentorship, world.bea))


def scope_of(who: Who, person: Person) -> Scope:
    """The scope that pages of this kind of person declare."""
    declared: dict[Who, Callable[[Person], Scope]] = {
        Who.YOU: access._own_scope,
        Who.OTHERS: access._own_scope,
        Who.STEWARDS: access._network_scope,
        Who.LEAD: access._heard_scope,
    }
    return declared.get(who, access._run_scope)(person)


def gets_through(scope: Scope, kind: Kind, row: Any) -> bool:
    """Whether a scope finds a row and opens what the kind is about."""
    with within(scope):
        try:
            return bool(getattr(kind.model.objects.get(pk=row.pk), kind.field))  # type: ignore[attr-defined]
        except (ObjectDoesNotExist, NoScope):
            return False


def label(value: object) -> str:
    return str(getattr(value, "label", value))


@pytest.mark.parametrize("kind", KINDS, ids=label)
def test_a_line_says_what_the_walls_let_through(
    world: World, people: dict[Who, Person], mentorship: Mentorship, kind: Kind
) -> None:
    row = made(kind, world, mentorship)
    for who, person in people.items():
        told = sees(who, kind)
        through = gets_through(scope_of(who, person), kind, row)
        if told == Sees.YES:
            assert through, who
        elif (who == Who.STEWARDS or kind.is_ones_own) and not kind.is_inside:
            continue  # the walls are wider than their pages: those are looked at below
        elif told in {Sees.NO, Sees.HOW_FAR, Sees.STANDING_IN}:
            assert not through, who
    with everywhere("not even a worker opens what is inside"):
        assert gets_through(Scope(everything=True), kind, row) != (kind.is_inside or kind.is_concern)


def pages_about(*things: Any) -> list[str]:
    """The addresses that want no name, once, and those that want one, with the name of each of these."""
    wanting = [
        a.pattern for a in addresses() if a.access in {"signed_in", "coordinator", "steward", "safeguarding_lead"}
    ]
    return list(dict.fromkeys(page.replace("<str:ref>", thing.ref) for page in wanting for thing in things))


@pytest.mark.parametrize("who", [who for who in Who if who != Who.YOU])
def test_no_page_of_whoever_does_not_see_a_thing_shows_it(
    world: World, people: dict[Who, Person], mentorship: Mentorship, who: Who
) -> None:
    for model, make in MAKE.items():
        with inside(mentorship):
            make(member_in(mentorship, world.bea), f"{SECRET} {model.__name__}.")
    client = Client()
    client.force_login(people[who])
    things = (mentorship, world.cohort, world.bea, Application.unscoped.get())
    pages = [page for page in pages_about(*things) if "<" not in page and "(" not in page]
    shown = "".join(client.get(page).content.decode(errors="ignore") for page in pages)
    hidden = [kind for kind in KINDS if kind.model in MAKE and (sees(who, kind) != Sees.YES)]
    for kind in hidden:
        if not any(
            sees(who, other) == Sees.YES for other in KINDS if other.model == kind.model and not other.is_concern
        ):
            assert f"{SECRET} {kind.model.__name__}." not in shown, kind.label
    if who in {Who.COORDINATORS, Who.PARTNERS}:
        assert f"{SECRET} Pulse." in shown  # else the pages were not looked at
        assert f"{SECRET} Meeting." not in shown
        assert f"{SECRET} Application." in shown
        assert f"{SECRET} Reference." in shown


def test_whoever_applied_reads_by_whom_it_is_read_and_nothing_that_was_said_of_them(
    world: World, mentorship: Mentorship
) -> None:
    with inside(mentorship):
        for model in (Application, ApplicationDocument, Reference, StepDone):
            MAKE[model](member_in(mentorship, world.bea), f"{SECRET} {model.__name__}.")
    page = browser_of(world.bea).get("/me/who-sees-what/").content.decode()
    part = page.split("Your application to")[1]
    for words in (
        "Carys",
        "Piotr",
        f"{SECRET} ApplicationDocument.",
        "Ref Eree",
        "One. Only the coordinators read",
    ):
        assert words in part
    page += browser_of(world.bea).get(f"/me/applications/{Application.unscoped.get().ref}/").content.decode()
    assert f"{SECRET} Reference." not in page
    assert f"{SECRET} StepDone." not in page


def test_an_application_that_is_not_sent_is_nobodys_but_theirs(world: World) -> None:
    let_apply(world)
    begun(world, world.bea.person)
    page = browser_of(world.bea).get("/me/who-sees-what/").content.decode()
    assert "Only you, until you send it." in page.split("Your application to")[1]


def test_the_page_has_each_line_and_says_it_in_words(world: World, mentorship: Mentorship) -> None:
    page = browser_of(world.bea).get("/me/who-sees-what/").content.decode()
    table = page.split("Who sees what in a mentorship")[-1]
    for kind in KINDS:
        row = table.split(f'<th scope="row" role="rowheader">{kind.label}</th>')[1].split("</tr>")[0]
        for who, name in PEOPLE.items():
            assert f'data-label="{name}">{WORDS[sees(who, kind)]}</td>' in row, (kind.label, who)


def test_every_class_that_holds_words_of_a_mentorship_has_a_line() -> None:
    """A package that adds one adds a line, or says here why it needs none."""
    from django.apps import apps

    from alongside.mentorships.models import OfMentorship

    with_another = {
        *("Review", "Learning", "Exercise"),  # shown and read with objectives, the plan and fillings
        *("Attachment", "Read", "Received", "DocumentVersion"),  # with messages and documents
        *("Draft", "Signature", "Acceptance"),  # with the agreement
        "Rater",  # with the review: what they say is shown as what came of it, and nowhere else
        "StayingInTouch",  # told to the other only where both wish it, and to nobody else
    }
    there = {
        model.__name__
        for model in apps.get_models()
        if issubclass(model, OfMentorship) and model._meta.managed and model.__module__.startswith("alongside.")
    }
    assert there - with_another <= {kind.model.__name__ for kind in KINDS}
