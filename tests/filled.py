"""A mentorship with one of everything inside, each with the word that must not leak, and the refs of all of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.blueprints.sections import Survey
from alongside.endings.actions import keep_achievement, say_thanks
from alongside.endings.states import Sees
from alongside.exercises.actions import open_exercise, save_answers
from alongside.meetings.actions import describe_meeting, offer_times, propose_meeting, save_agenda
from alongside.mentorships.actions import plan_ending
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.messaging.actions import Upload, add_document, add_link, write_message
from alongside.notes.actions import write_note
from alongside.plans import actions as plans
from alongside.plans.states import Outcome
from alongside.programmes.models import Participant
from alongside.questionnaires.queries import definition_of
from alongside.reviews import actions as reviews_actions
from alongside.reviews.models import AllRoundReview
from alongside.surveys.actions import ask
from tests.agreements.signing import proposed
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World


@dataclass(frozen=True)
class Filled:
    """A mentorship and the public names of what is in it, by the word before them in an address."""

    mentorship: Mentorship
    refs: dict[str, list[str]]


def filled(world: World, other: Participant | None = None, *, at: datetime = NOW) -> Filled:
    """Build Bea's mentorship with Maya, or with somebody else, with one of everything inside."""
    other = other or world.maya
    mentorship = pair(other, world.bea, stage=MentorshipState.GOING_ON, at=at)
    with inside(mentorship):
        bea, maya = member_in(mentorship, world.bea), member_in(mentorship, other)
        objective = plans.set_objective(by=bea, what=SECRET, how_known=SECRET, at=at)
        plans.review_objective(objective, Outcome.GOING_ON, by=maya, note=SECRET, at=at)
        action = plans.add_action(by=bea, what=SECRET, who=bea, at=at)
        removed = plans.add_action(by=bea, what=SECRET, at=at)
        plans.remove_action(removed, by=bea, at=at)
        learning = plans.note_learning(by=bea, learned=SECRET, used=SECRET, at=at)
        note = write_note(by=maya, text=SECRET, for_all=True, at=at)
        record = write_note(by=maya, text=SECRET, is_record=True, at=at)
        exercise = open_exercise(definition_of("first-meeting", 1), by=bea, at=at)
        save_answers(exercise, {"else": SECRET}, by=bea, version=0, done=False, at=at)
        meeting = propose_meeting(mentorship, minutes=60, proposed_by=bea, at=at)
        describe_meeting(meeting, place=SECRET, link=f"https://{SECRET.replace(' ', '-')}.example.org")
        option = offer_times(meeting, [at + timedelta(days=9)], by=bea, at=at)[0]
        message = write_message(by=maya, text=SECRET, uploads=[Upload(f"{SECRET}.txt", SECRET.encode())], at=at)
        file = message.attachments.get()
        document = add_document(Upload(f"{SECRET}.txt", SECRET.encode()), by=bea, for_all=True, at=at)
        link = add_link(by=bea, title=SECRET, url="https://example.org/SECRET", for_all=True, at=at)
        reviews = [_reviewed(bea, at), _asking(bea, at)]
        survey = ask(Survey(questionnaire="where-i-stand", when="start"), bea, at=at)
        assert survey is not None
        agreement = proposed(bea, until=(at + timedelta(days=290)).date(), at=at)
        save_agenda(meeting, SECRET, read=0, by=bea, at=at)
        plan_ending(mentorship, on=at.date() + timedelta(days=30), by=world.bea.person, at=at)
        bea, maya = member_in(mentorship, world.bea), member_in(mentorship, other)
        say_thanks(by=maya, text=SECRET, at=at)
        keep_achievement(None, by=bea, version=0, text="Told to all who look after us", sees=Sees.COORDINATOR, at=at)
    things = {
        "objectives": [objective],
        "actions": [action, removed],
        "notes": [note, record, learning],
        "exercises": [exercise],
        "meetings": [meeting, option],
        "messages": [message],
        "files": [file],
        "documents": [document],
        "links": [link],
        "reviews": reviews[::-1],  # the one that is open first
        "agreement": [agreement],
        "surveys": [survey],
    }
    return Filled(mentorship, {word: [thing.ref for thing in made] for word, made in things.items()})


def _asking(mentee: Member, at: datetime) -> AllRoundReview:
    """Let a mentee ask four people around her, of whom three colleagues have answered."""
    review = reviews_actions.open_review(definition_of("leadership-360", 1), by=mentee, at=at)
    for number, group in enumerate(("manager", "colleagues", "colleagues", "colleagues")):
        email = f"rater-{number}@example.org"
        reviews_actions.name_rater(review, name=SECRET, email=email, group=group, by=mentee, at=at)
    for rater in reviews_actions.ask(review, by=mentee, at=at):
        if rater.group == "colleagues":
            said = {f"people.{name}": 2 for name in ("notice", "stretch", "honest")}
            reviews_actions.save_rating(rater, {**said, "next": SECRET}, version=1, done=True, at=at)
    return review


def _reviewed(mentee: Member, at: datetime) -> AllRoundReview:
    """Let a mentee ask, be answered, close it and share what came of it."""
    review = _asking(mentee, at)
    reviews_actions.close_review(review, by=mentee.participant.person, at=at)
    reviews_actions.share_result(review, shared=True, by=mentee, at=at)
    return review
