"""A review from asking to its result, and what is left of those who answered."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection

from alongside.audit.models import Entry
from alongside.blueprints.sections import Kept
from alongside.endings.states import NOTICE
from alongside.journeys.all_round import close_review
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Ending
from alongside.notifications.models import Email
from alongside.reports.take_with_you import everything_of
from alongside.reviews import actions
from alongside.reviews.models import AllRoundReview, Rater
from alongside.reviews.queries import offered_to, results_shown_to, reviews_of
from tests.paired import SECRET, inside, member_in, pair
from tests.reviews.asked import LEADERSHIP, answer, asked, everything
from tests.world import NOW, World

DAY = timedelta(days=1)


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


@pytest.fixture
def bea(world: World, mentorship: Mentorship) -> Iterator[Member]:
    with inside(mentorship):
        yield member_in(mentorship, world.bea)


def letters(kind: str) -> list[str]:
    return list(Email.objects.filter(kind=kind).order_by("to").values_list("to", flat=True))


def test_only_a_mentee_is_offered_one_and_can_begin_one(world: World, mentorship: Mentorship, bea: Member) -> None:
    maya = member_in(mentorship, world.maya)
    assert [each.id for each in offered_to(bea)] == ["leadership-360"]
    assert offered_to(maya) == []
    with pytest.raises(actions.NotNow):
        actions.open_review(LEADERSHIP, by=maya, at=NOW)


def test_one_is_open_at_a_time(bea: Member) -> None:
    review = actions.open_review(LEADERSHIP, by=bea, at=NOW)
    with pytest.raises(actions.NotNow, match="open"):
        actions.open_review(LEADERSHIP, by=bea, at=NOW)
    close_review(review, by=bea, at=NOW)
    actions.open_review(LEADERSHIP, by=bea, at=NOW)


def test_nobody_is_named_twice_nor_the_mentee_nor_in_a_group_that_is_not_there(bea: Member) -> None:
    review = actions.open_review(LEADERSHIP, by=bea, at=NOW)
    actions.name_rater(review, name="Ann", email="ann@example.org", group="colleagues", by=bea, at=NOW)
    for email, group in (
        ("ANN@example.org", "led"),
        (bea.participant.person.email, "led"),
        ("bob@example.org", "oneself"),
        ("bob@example.org", "friends"),
    ):
        with pytest.raises(actions.NotNow):
            actions.name_rater(review, name="Somebody", email=email, group=group, by=bea, at=NOW)


def test_who_was_asked_cannot_be_taken_off(bea: Member) -> None:
    review, raters = asked(bea, ["colleagues"])
    later = actions.name_rater(review, name="Ann", email="ann@example.org", group="colleagues", by=bea, at=NOW)
    for rater in (raters[0], later):
        actions.take_off(review, rater.ref, by=bea, at=NOW)
    assert set(Rater.objects.filter(group="colleagues").values_list("ref", flat=True)) == {raters[0].ref}


def test_raters_are_asked_once_reminded_once_and_it_closes_after_three_weeks(bea: Member) -> None:
    review, raters = asked(bea, ["colleagues", "colleagues", "colleagues", "manager"])
    assert len(letters("ask_rater")) == 4
    for rater in raters[:3]:
        answer(rater, everything(3))
    for day in (6, 7, 8, 14):
        run_clocks(at=NOW + day * DAY)
        assert len(letters("remind_rater")) == (day >= 7), day
    run_clocks(at=NOW + 21 * DAY)
    assert letters("tell_review_is_ready") == [bea.participant.person.email]
    closed = AllRoundReview.objects.select_related("mentorship").get(pk=review.pk)
    assert closed.closed_at == NOW + 21 * DAY
    assert closed.result["units"] == [{"id": "colleagues", "groups": ["colleagues"], "answered": 3}]
    run_clocks(at=NOW + 22 * DAY)
    assert len(letters("tell_review_is_ready")) == 1


def test_whoever_declined_is_not_reminded_and_may_think_again(bea: Member) -> None:
    _review, (rater,) = asked(bea, ["colleagues"])
    actions.decline(rater, at=NOW)
    run_clocks(at=NOW + 8 * DAY)
    assert letters("remind_rater") == []
    rater.refresh_from_db()
    answer(rater, everything(3))
    assert rater.done_at == NOW
    assert rater.declined_at is None


def test_when_it_closes_addresses_answers_and_who_answered_are_gone(bea: Member) -> None:
    review, raters = asked(bea, ["colleagues", "colleagues", "colleagues", "manager"])
    for rater in raters[:3]:
        answer(rater, everything(3, keep=SECRET))
    close_review(review, by=bea, at=NOW + DAY)
    for rater in Rater.objects.filter(asked_at__isnull=False).select_related("mentorship"):
        assert (rater.email, rater.answers, rater.done_at, rater.declined_at, rater.reminded_at) == (
            *("", {}),
            *(None, None, None),
        )
        assert rater.name
        assert rater.version == 0
    assert letters("ask_rater") == []
    assert review.result["words"]["colleagues"] == {"keep": [SECRET] * 3}


def test_nothing_is_answered_after_it_closed_or_twice(bea: Member) -> None:
    review, (one, two) = asked(bea, ["colleagues", "colleagues"])
    answer(one, everything(3))
    with pytest.raises(actions.NotNow):
        answer(one, everything(1))
    stale = Rater.objects.select_related("mentorship", "review__mentorship").get(pk=two.pk)
    actions.save_rating(two, everything(2), version=two.version, done=False, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        answer(stale, everything(1))
    close_review(review, by=bea, at=NOW)
    for late in (two, one):
        with pytest.raises(actions.NotNow):
            answer(late, everything(1))
    with pytest.raises(actions.NotNow):
        actions.decline(two, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        close_review(review, by=bea, at=NOW)


def test_the_result_is_the_mentees_alone_until_shared(world: World, mentorship: Mentorship, bea: Member) -> None:
    maya = member_in(mentorship, world.maya)
    review, _raters = asked(bea, ["colleagues"])
    assert not reviews_of([maya]).exists()
    assert not results_shown_to(bea).exists()
    close_review(review, by=bea, at=NOW)
    assert results_shown_to(bea).exists()
    assert not results_shown_to(maya).exists()
    actions.share_result(review, shared=True, by=bea, at=NOW)
    assert results_shown_to(maya).exists()
    actions.share_result(review, shared=False, by=bea, at=NOW)
    assert not results_shown_to(maya).exists()


def test_the_record_of_what_happened_names_no_rater_and_no_word(bea: Member) -> None:
    _review, raters = asked(bea, ["colleagues", "manager"])
    answer(raters[0], everything(3, keep=SECRET))
    actions.decline(raters[1], at=NOW)
    told = str(list(Entry.unscoped.values()))
    assert "answer_review" in told
    assert SECRET not in told
    assert not any(rater.ref in told or "Rater Number" in told for rater in raters)
    assert not Entry.unscoped.filter(thing_kind__iendswith="rater").exists()


def test_a_copy_of_the_tables_reads_nothing(bea: Member) -> None:
    _review, raters = asked(bea, ["colleagues"])
    answer(raters[0], everything(3, keep=SECRET))
    with connection.cursor() as cursor:
        for table in ("reviews_allroundreview", "reviews_rater"):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any(word in str(cursor.fetchall()) for word in ("SECRET", "rater0@", "Rater Number"))


def test_no_coordinator_finds_the_letters_to_raters(bea: Member) -> None:
    asked(bea, ["colleagues"])
    letter = Email.objects.get(kind="ask_rater")
    assert (letter.programme_id, letter.participant_id, letter.text, letter.html) == (None, None, "", "")


def test_nothing_of_it_is_left_when_what_is_inside_is_deleted(mentorship: Mentorship, bea: Member) -> None:
    asked(bea, ["colleagues"])
    end_mentorship(mentorship, ending=Ending.CIRCUMSTANCES, by=None, at=NOW)
    for moment in (NOW + Kept().inside - NOTICE, NOW + Kept().inside):
        run_clocks(at=moment)
    assert not AllRoundReview.unscoped.exists()
    assert not Rater.unscoped.exists()
    assert letters("ask_rater") == letters("remind_rater") == []


def test_the_result_goes_along_for_whoever_may_read_it(world: World, mentorship: Mentorship, bea: Member) -> None:
    review, raters = asked(bea, ["colleagues"] * 3)
    for rater in raters:
        answer(rater, everything(3, keep=SECRET))
    close_review(review, by=bea, at=NOW)
    for participant, may in ((world.bea, True), (world.maya, False)):
        me = member_in(mentorship, participant)
        with ZipFile(BytesIO(everything_of(me, members_of(mentorship), story=[], at=NOW))) as archive:
            assert (SECRET in archive.read("everything.txt").decode()) is may
            assert any(name.endswith(f"{review.ref}.pdf") for name in archive.namelist()) is may
