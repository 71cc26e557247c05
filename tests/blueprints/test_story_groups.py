"""The stories of blueprints in which people work in groups, or as peers: from the start to a mentorship that ended.

What differs is read from the rules, as in `test_stories`.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from alongside.agreements.actions import save_draft
from alongside.agreements.models import Draft
from alongside.agreements.wording import charter_of
from alongside.applications import applying
from alongside.blueprints.library import shipped
from alongside.groups.models import Ask, Group
from alongside.groups.states import GroupState
from alongside.journeys import ask_group as journey
from alongside.journeys.agree import propose_agreement, sign_agreement
from alongside.journeys.end_mentorship import end_for_all
from alongside.journeys.group_fits import coverage, free_in, suggest_mentors, suggest_peers
from alongside.journeys.start_from_blueprint import start_from_blueprint
from alongside.kernel import scope
from alongside.mentorships.clocks import months_after
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notifications.models import Email
from alongside.programmes.actions import open_cohort
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from alongside.reports.mentors_record import record_of
from tests.blueprints.test_stories import Story, answered_yes, asked, ready, slept_on, taken_in
from tests.paired import inside
from tests.world import NOW, World

GROUPED = sorted(name for name, each in shipped().items() if each.rules.shape.of != "pair")
PEOPLE = ("Tess Tomorrow", "Tom Today", "Tilly Then")
MENTORS = ("Maeve Mentor", "Mina Guide", "Mo Adviser")


@pytest.fixture(params=GROUPED)
def story(request: pytest.FixtureRequest, world: World) -> Iterator[Story]:
    blueprint = shipped()[request.param]
    with scope.within(world.harbour_scope):
        programme = start_from_blueprint(blueprint, world.harbour, name="A story", by=world.carys, at=NOW)
        cohort = open_cohort(programme, name="First", starts_on=NOW.date(), by=world.carys, at=NOW)
        for side in Side:
            if cohort.rules.applications.of(side):
                until = (NOW + timedelta(days=20)).date()
                applying.open_applications(cohort, side, until=until, by=world.carys, at=NOW)
        yield Story(world, blueprint, cohort)


def everybody(story: Story) -> list[Participant]:
    people = [taken_in(story, name, "mentee") for name in PEOPLE]
    if story.cohort.rules.shape.of == "group":
        people += [taken_in(story, name, "mentor") for name in MENTORS]
        # The group says what it needs in the words of the mentors' form.
        Participant.objects.filter(cohort=story.cohort, side=Side.MENTEE).update(topics=people[-1].topics)
    for place, each in enumerate(people):
        if story.cohort.rules.shape.of == "peers":  # of different workplaces, as the rules want it
            Participant.objects.filter(pk=each.pk).update(employer=f"Works {place}")
        ready(story, each)
    return people


def put_together(story: Story) -> Group:
    """As the coordinator does it: by what is suggested."""
    if story.cohort.rules.shape.of == "peers":
        found = suggest_peers(story.cohort)
        assert found.proven
        assert not found.left, "the third joins the two, as the rules let three be together"
        (together,) = found.together
        return journey.make_group(story.cohort, together.members, name="Peers", by=story.world.carys, at=NOW)
    group = journey.make_group(
        story.cohort, free_in(story.cohort).mentees, name="New cabinet", by=story.world.carys, at=NOW
    )
    mentors = suggest_mentors(group)
    assert 1 <= len(mentors) <= story.cohort.rules.shape.mentors
    for each in mentors:
        journey.put_in(group, each, by=story.world.carys, at=NOW)
    team = coverage(group)
    assert team is not None
    assert team.coverage > 0
    return group


def introduced(story: Story, group: Group) -> Mentorship:
    asks = journey.ask_group(group, by=story.world.carys, at=NOW)
    for ask in asks:
        assert ask.due_at == NOW + timedelta(days=story.cohort.rules.choice.days_to_answer)
        journey.say_yes(Ask.objects.select_related("group__cohort", "participant__person").get(pk=ask.pk), at=NOW)
    group.refresh_from_db()
    assert group.state == GroupState.BEGUN
    found: Mentorship = Mentorship.objects.select_related("cohort", "programme__organisation").get(ref=group.mentorship)
    return found


def agreed(mentorship: Mentorship) -> None:
    """Somebody fills the agreement in, and all sign it."""
    at = NOW + timedelta(days=20)
    with inside(mentorship):
        members = list(
            Member.objects.filter(mentorship=mentorship).select_related(
                "participant__person", "participant__key_contact", "mentorship__cohort__programme__organisation"
            )
        )
        words = {"objective": "To be one group again", "areas": "", "meeting": "", "own": ""}
        until = months_after(at, 4)
        draft: Draft = save_draft(None, by=members[0], version=0, until=until, words=words, at=at)
        agreement = propose_agreement(draft, by=members[0], version=draft.version, at=at)
        for member in members:
            assert member.participant.person.name in agreement.text
            sign_agreement(
                agreement,
                by=member,
                name=member.participant.person.name,
                seen=agreement.fingerprint,
                charter_seen=charter_of(mentorship.cohort.rules).fingerprint,
                at=at,
            )


def test_the_story_of_a_blueprint_of_groups(story: Story) -> None:
    rules = story.cohort.rules
    assert rules == story.blueprint.rules
    people = everybody(story)
    mentorship = introduced(story, put_together(story))
    assert {member.participant for member in members_of(mentorship)} == set(people)
    assert mentorship.of_peers == (rules.shape.of == "peers")
    assert mentorship.planned_end_on == months_after(NOW, rules.length.months)
    letter = Email.objects.filter(kind="introduce_group").first()
    assert letter is not None
    if rules.words.mentor:
        assert "mentorship" not in letter.body.text.lower()
        assert "a mentor" not in letter.body.text.lower()

    slept_on(story, mentorship, everybody=len(people))
    answered_yes(mentorship)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.GOING_ON
    assert asked(mentorship) == len(people)
    agreed(mentorship)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.ACTIVE

    at = NOW + timedelta(days=200)
    end_for_all(mentorship, ending=Ending.OBJECTIVES_MET, by=story.world.carys, at=at)
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (MentorshipState.ENDED, Ending.OBJECTIVES_MET)
    for each in people:
        gave = len(record_of(each.person, story.world.harbour, at=at).lines)
        assert gave == (1 if each.is_mentor or mentorship.of_peers else 0), "whoever mentored has a record"
