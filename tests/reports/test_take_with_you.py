import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytest_django.fixtures import Settings

from alongside.agreements.models import Agreement
from alongside.blueprints.sections import Survey
from alongside.endings.actions import keep_achievement, say_thanks
from alongside.endings.states import Sees
from alongside.exercises.actions import open_exercise, save_answers
from alongside.kernel.scope import NoScope, within
from alongside.meetings.actions import log_meeting
from alongside.meetings.states import Mode
from alongside.mentorships.actions import plan_ending
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import MentorshipState
from alongside.messaging.actions import Upload, add_document, add_link, write_message
from alongside.notes.actions import write_note
from alongside.plans.actions import add_action, note_learning, set_objective
from alongside.programmes.models import Participant
from alongside.questionnaires.queries import definition_of
from alongside.reports.take_with_you import everything_of
from alongside.surveys.actions import ask
from tests.agreements.signing import agreed
from tests.paired import SECRET, inside, member_in, pair
from tests.surveyed import answer
from tests.world import NOW, World

STORY = [{"when": "Monday", "title": "You were introduced", "text": "", "url": "/x"}]


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    made = pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)
    with inside(made):
        bea, maya = member_in(made, world.bea), member_in(made, world.maya)
        agreed(bea, maya)
        write_note(by=bea, text="Ours #1", for_all=True, at=NOW)
        write_note(by=bea, text=SECRET, at=NOW)
        set_objective(by=bea, what="Sell more bread", how_known="", at=NOW)
        add_action(by=bea, what="Count loaves", who=None, by_when=None, remind_days=None, at=NOW)
        note_learning(by=bea, learned="Rye sells", used="", at=NOW)
        made.refresh_from_db()
        plan_ending(made, on=NOW.date(), by=world.bea.person, at=NOW)
        bea = member_in(made, world.bea)
        keep_achievement(None, by=bea, version=0, text="Her own alone", sees=Sees.ME, at=NOW)
        say_thanks(by=bea, text="Thank you, Maya", at=NOW)
    return made


def taken(mentorship: Mentorship, participant: Participant) -> ZipFile:
    with inside(mentorship):
        me = member_in(mentorship, participant)
        return ZipFile(BytesIO(everything_of(me, members_of(mentorship), story=STORY, at=NOW)))


def test_it_holds_text_data_and_the_agreement_on_paper(world: World, mentorship: Mentorship) -> None:
    archive = taken(mentorship, world.bea)
    names = set(archive.namelist())
    assert {"everything.txt", "everything.json", "agreement-1.pdf"} <= names
    assert any(name.startswith("charter-") for name in names)
    assert archive.read("agreement-1.pdf").startswith(b"%PDF-")
    text, data = archive.read("everything.txt").decode(), json.loads(archive.read("everything.json"))
    for words in ("You were introduced", "Ours #1", "Sell more bread", "Count loaves", "Rye sells", "Thank you, Maya"):
        assert words in text
        assert words in json.dumps(data)
    assert data["format"] == "alongside.mentorship/1"
    assert Agreement.objects.get().fingerprint in text


def test_each_takes_what_they_may_read_and_nothing_else(world: World, mentorship: Mentorship) -> None:
    hers, his = (
        "".join(archive.read(name).decode("utf-8", "ignore") for name in ("everything.txt", "everything.json"))
        for archive in (taken(mentorship, world.bea), taken(mentorship, world.maya))
    )
    note = f"note: {SECRET}\n"
    assert note in hers + "\n"
    assert "Her own alone" in hers
    assert note not in his + "\n"
    assert "Her own alone" not in his
    assert "Ours #1" in his


def test_answers_of_an_exercise_go_along_once_one_may_read_them(world: World, mentorship: Mentorship) -> None:
    with inside(mentorship):
        bea = member_in(mentorship, world.bea)
        definition = definition_of("expectations", 1)
        exercise = open_exercise(definition, by=bea, at=NOW)
        item = definition.questions[0]
        answer = item.steps[0].value if item.steps else "words"
        save_answers(exercise, {item.id: answer}, by=bea, version=0, done=False, at=NOW)
    assert item.text in taken(mentorship, world.bea).read("everything.txt").decode()
    assert item.text not in taken(mentorship, world.maya).read("everything.txt").decode()


def test_outside_the_mentorship_nothing_is_put_together(world: World, mentorship: Mentorship) -> None:
    with within(world.harbour_scope), pytest.raises(NoScope):
        everything_of(member_in(mentorship, world.bea), members_of(mentorship), story=[], at=NOW)


def test_messages_files_and_meetings_go_along_and_no_name_leads_out_of_the_archive(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    made = pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)
    with inside(made):
        bea, maya = member_in(made, world.bea), member_in(made, world.maya)
        write_message(by=maya, text="See the list", uploads=[Upload("../../list.txt", b"one, two")], at=NOW)
        add_document(Upload("..\\evil/plan.txt", b"the plan"), by=bea, for_all=True, at=NOW)
        add_document(Upload("mine.txt", SECRET.encode()), by=bea, for_all=False, at=NOW)
        add_link(by=maya, title="The bank", url="https://bank.example.org", for_all=True, at=NOW)
        log_meeting(made, starts_at=NOW, minutes=60, mode=Mode.ONLINE, by=bea, at=NOW)
    archive = taken(made, world.maya)
    text = archive.read("everything.txt").decode()
    for words in ("See the list", "https://bank.example.org", "minutes: 60"):
        assert words in text
    contents = [archive.read(name) for name in archive.namelist()]
    assert b"one, two" in contents
    assert b"the plan" in contents
    assert not any(b"SECRET" in content for content in contents)
    assert not any(".." in name or "\\" in name or name.startswith("/") for name in archive.namelist())


def test_own_answers_to_surveys_go_along_and_those_of_nobody_else(world: World, mentorship: Mentorship) -> None:
    for participant, words in ((world.bea, "Mine alone"), (world.maya, "Not hers")):
        member = member_in(mentorship, participant)
        response = ask(Survey(questionnaire="half-way", when="halfway"), member, at=NOW)
        assert response is not None
        answer(response, 4, at=NOW, change=words)
    text = taken(mentorship, world.bea).read("everything.txt").decode()
    assert "Half of the way" in text
    assert "The time we spend together is worth it: Mostly" in text
    assert "Mine alone" in text
    assert "Not hers" not in text
