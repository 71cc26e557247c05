"""Stories told in public: in the words their tellers agreed to, for as long as they like."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from alongside.journeys import tell_story as journey
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.states import Ending
from alongside.notifications.models import Email
from alongside.stories import actions
from alongside.stories.models import Story
from alongside.stories.queries import WARNED, stories_shown
from alongside.stories.states import LIFE, LIVE, Shown, StoryState
from tests.paired import pair
from tests.told import UNTIL, told
from tests.world import LEAK, NOW, World

DAY = timedelta(days=1)


def state(story: Story) -> str:
    return str(Story.unscoped.get(pk=story.pk).state)


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.mark.parametrize(("shown_as", "named"), [(Shown.NAME, "Bea Baker"), (Shown.FIRST, "Bea"), (Shown.NOBODY, "")])
def test_a_teller_is_named_as_they_wish(world: World, client: Client, shown_as: Shown, named: str) -> None:
    story = told(world, shown_as=shown_as)
    actions.publish(story, by=world.carys, at=NOW)
    assert story.teller_named == named
    read = page(client, "/stories/")
    assert "I sell twice as much now." in read
    assert ("Bea" in read) == bool(named)
    assert ("Baker" in read) == (shown_as == Shown.NAME)


def test_nobody_reads_a_story_before_a_coordinator_has(world: World, client: Client) -> None:
    told(world)
    assert "twice as much" not in page(client, "/stories/")


def test_other_words_are_read_by_nobody_before_their_teller_says_yes(world: World, client: Client) -> None:
    story = told(world)
    journey.propose(story, "Sales have doubled.", by=world.carys, at=NOW)
    assert "doubled" not in page(client, "/stories/")
    client.force_login(world.bea.person)
    client.post(f"/me/stories/{story.ref}/", {"do": "agree", "seen": "Sales have doubled."})
    assert "Sales have doubled." in page(Client(), "/stories/")


def test_a_yes_is_to_the_words_that_were_seen(world: World, client: Client) -> None:
    story = told(world)
    journey.propose(story, "Sales have tripled.", by=world.carys, at=NOW)
    client.force_login(world.bea.person)
    answer = client.post(f"/me/stories/{story.ref}/", {"do": "agree", "seen": "Sales have doubled."}, follow=True)
    assert "Read them once more" in answer.content.decode()
    assert state(story) == StoryState.PROPOSED


def test_who_keeps_their_own_words_loses_none_of_them(world: World) -> None:
    story = told(world)
    journey.propose(story, "Other.", by=world.carys, at=NOW)
    actions.keep_words(story, by=world.bea.person, at=NOW)
    kept = Story.unscoped.get(pk=story.pk)
    assert (kept.words, kept.proposed, kept.state) == ("I sell twice as much now.", "", StoryState.TOLD)


def test_one_click_takes_a_story_back_everywhere_and_leaves_no_word(world: World, client: Client) -> None:
    story = told(world, title=f"{LEAK} title", words=f"{LEAK} words", picture="data:image/png;base64,iVBORw0KGgo=")
    actions.publish(story, by=world.carys, at=NOW)
    client.force_login(world.bea.person)
    client.post(f"/me/stories/{story.ref}/", {"do": "withdraw"})
    for url in ("/stories/", "/organisations/"):
        assert LEAK not in page(Client(), url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM stories_story")
        assert LEAK not in str(cursor.fetchall())
    carys = Client()
    carys.force_login(world.carys)
    assert carys.get(f"/told/{story.ref}/").status_code == 404


def test_a_story_goes_with_its_last_day_and_its_teller_is_told_two_weeks_before(world: World) -> None:
    story = told(world)
    actions.publish(story, by=world.carys, at=NOW)
    last = NOW.replace(year=UNTIL.year, month=UNTIL.month, day=UNTIL.day)
    for at in (last - WARNED - DAY, last - WARNED, last - WARNED, last):
        run_clocks(at=at)
    assert Email.objects.filter(kind="tell_it_ends").count() == 1
    assert state(story) == StoryState.PUBLISHED
    assert stories_shown(UNTIL).exists()
    assert not stories_shown(UNTIL + DAY).exists()
    run_clocks(at=last + DAY)
    assert state(story) == StoryState.WITHDRAWN


def test_stories_are_found_by_place_and_work_and_what_changed(world: World, client: Client) -> None:
    actions.publish(told(world, title="Of Wales"), by=world.carys, at=NOW)
    actions.publish(told(world, title="Of Leeds", region="", sector="digital"), by=world.carys, at=NOW)
    for query in ("region=Wales", "sector=food", "region=Wales&impact=customers"):
        assert "Of Wales" in page(client, f"/stories/?{query}")
        assert "Of Leeds" not in page(client, f"/stories/?{query}")
    assert "Of Wales" not in page(client, "/stories/?impact=jobs")


@pytest.mark.parametrize("wrong", [{"words": "  "}, {"until": NOW.date()}, {"picture": "data:image/png;base64,AAAA"}])
def test_what_cannot_be_told_is_refused_in_words(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"Write|Choose|picture"):
        told(world, **wrong)
    assert not Story.unscoped.exists()


def test_only_their_teller_opens_a_story_and_only_its_coordinators_read_it(world: World, client: Client) -> None:
    story = told(world, title=LEAK, words=LEAK)
    for who, mine, theirs in (
        (world.bea.person, 200, 404),
        (world.maya.person, 404, 404),
        (world.carys, 404, 200),
        (world.piotr, 404, 200),
        (world.olu, 404, 404),
        (world.stella, 404, 404),
    ):
        browser = Client()
        browser.force_login(who)
        assert browser.get(f"/me/stories/{story.ref}/").status_code == mine
        assert browser.get(f"/told/{story.ref}/").status_code == theirs
    assert client.get(f"/me/stories/{story.ref}/").status_code == 302


def test_a_mentee_tells_it_from_the_page_of_a_good_ending(world: World, client: Client) -> None:
    mentorship = pair(world.maya, world.bea)
    client.force_login(world.bea.person)
    assert client.get(f"/mentorships/{mentorship.ref}/tell/").headers["Location"] == f"/mentorships/{mentorship.ref}/"
    end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
    said = {
        "title": "From stall to shop",
        "words": "I sell twice as much now.",
        "shown_as": "first",
        "until": UNTIL.isoformat(),
        "impacts": ["customers"],
    }
    assert "required" in page(client, f"/mentorships/{mentorship.ref}/tell/")
    assert not client.post(f"/mentorships/{mentorship.ref}/tell/", said).headers.get("Location")
    client.post(f"/mentorships/{mentorship.ref}/tell/", {**said, "consent": "on"})
    story = Story.unscoped.get()
    assert (story.teller, story.state, story.consent) == (world.bea.person, StoryState.TOLD, 1)
    assert Email.objects.filter(kind="tell_coordinators_of_story").count() == 2


def test_what_was_taken_back_is_never_published_again(world: World) -> None:
    story = told(world)
    actions.withdraw(story, by=world.bea.person, at=NOW)
    with pytest.raises(MoveNotAllowed):
        actions.publish(story, by=world.carys, at=NOW)
    assert not LIFE.open_moves(StoryState.WITHDRAWN)
    assert all(any(move.name == "withdraw" for move in LIFE.open_moves(each)) for each in LIVE)
