import json
from datetime import date, timedelta

import pytest

from alongside.meetings.actions import log_meeting
from alongside.meetings.states import Mode
from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.models import Member
from alongside.mentorships.states import Ending, MentorshipState
from alongside.printing.documents import written
from alongside.reports import mentors_record
from alongside.reports.mentors_record import Held, record_document, record_json, record_of, record_pdf
from tests.paired import member_in, pair
from tests.world import NOW, World

S = MentorshipState
LATER = NOW + timedelta(days=200)


def test_it_counts_all_mentorships_of_a_mentor_at_one_organisation_in_which_they_met(world: World) -> None:
    first = pair(world.maya, world.bea, stage=S.ACTIVE)
    end_mentorship(first, ending=Ending.OBJECTIVES_MET, by=None, at=LATER)
    pair(world.maya, world.dai, stage=S.ACTIVE)
    pair(world.maya, world.farah, stage=S.INTRODUCED)
    pair(world.nia, world.farah, stage=S.ACTIVE)
    record = record_of(world.maya.person, world.harbour, at=LATER)
    assert (record.mentor, record.organisation) == ("Maya Mentor", "Harbour Enterprise")
    assert [(line.started, line.ended) for line in record.lines] == [
        (date(2026, 3, 9), date(2026, 9, 25)),
        (date(2026, 3, 9), None),
    ]
    assert (record.meetings, record.hours) == (2, "not recorded")
    assert (record.started, record.ended) == (date(2026, 3, 9), None)


def test_another_organisation_is_not_in_it_and_a_group_one_left_is(world: World) -> None:
    group = pair(world.maya, world.marcus, world.bea, stage=S.ACTIVE)
    Member.objects.filter(mentorship=group, participant=world.maya).update(left_at=LATER)
    record = record_of(world.maya.person, world.harbour, at=LATER)
    assert record.lines[0].ended == date(2026, 9, 25)
    assert record_of(world.maya.person, world.elsewhere, at=LATER).lines == []


def test_hours_are_said_once_meetings_are_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pair(world.maya, world.bea, stage=S.ACTIVE)
    monkeypatch.setattr(mentors_record, "meetings_held", lambda mentorships, at: {made.pk: Held(9, 810)})
    record = record_of(world.maya.person, world.harbour, at=LATER)
    assert (record.meetings, record.hours) == (9, "13.5")


def test_no_mentee_is_named_on_paper_or_in_the_data(world: World) -> None:
    pair(world.maya, world.bea, stage=S.ACTIVE)
    record = record_of(world.maya.person, world.harbour, at=LATER)
    on_paper, data = written(record_document(record, at=NOW)), record_json(record, at=NOW).decode()
    for text in (on_paper, data):
        assert "Maya Mentor" in text
        assert "Bea" not in text
    assert "CPD" in on_paper
    read = json.loads(data)
    assert (read["format"], read["meetings"], read["minutes"]) == ("alongside.mentors-record/1", 1, None)
    made = record_pdf(record, at=NOW)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made


def test_hours_are_those_of_the_meetings_that_were_held(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    bea = member_in(mentorship, world.bea)
    for minutes in (60, 90):
        log_meeting(mentorship, starts_at=NOW, minutes=minutes, mode=Mode.ONLINE, by=bea, at=NOW)
    record = record_of(world.maya.person, world.harbour, at=NOW)
    assert (record.meetings, record.minutes, record.hours) == (2, 150, "2.5")
