"""Looking back: what was achieved is the mentee's, thanks go out once, and a wish stays private until both have it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from alongside.audit.models import Entry
from alongside.endings import actions
from alongside.endings.models import Achievement, StayingInTouch, Thanks
from alongside.endings.queries import (
    achievements_read_by,
    achievements_shared,
    in_touch_with,
    looked_back,
    thanks_in,
    wish_of,
)
from alongside.endings.states import Sees
from alongside.journeys.say_thanks import say_thanks
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.kernel.scope import NoScope, within
from alongside.mentorships.actions import plan_ending
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MentorshipState
from tests.asked import last_email_to
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World


@pytest.fixture
def mentorship(world: World) -> Iterator[Mentorship]:
    made = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    plan_ending(made, on=NOW.date(), by=world.bea.person, at=NOW)
    with inside(made):
        yield made


@pytest.fixture
def bea(world: World, mentorship: Mentorship) -> Member:
    return member_in(mentorship, world.bea)


@pytest.fixture
def maya(world: World, mentorship: Mentorship) -> Member:
    return member_in(mentorship, world.maya)


def kept(by: Member, sees: Sees, text: str = SECRET, of: Achievement | None = None) -> Achievement:
    return actions.keep_achievement(of, by=by, version=of.version if of else 0, text=text, sees=sees, at=NOW)


@pytest.mark.parametrize(
    ("sees", "mentor_reads", "coordinator_reads"), [("me", 0, 0), ("all", 1, 0), ("coordinator", 1, 1)]
)
def test_who_reads_what_was_achieved_is_the_mentees_choice(
    world: World, bea: Member, maya: Member, sees: str, mentor_reads: int, coordinator_reads: int
) -> None:
    kept(bea, Sees(sees))
    assert len(achievements_read_by(bea)) == 1
    assert len(achievements_read_by(maya)) == mentor_reads
    with within(world.harbour_scope):
        shared = list(achievements_shared([bea.mentorship]))
        assert [each.shared_text for each in shared] == [SECRET] * coordinator_reads
        assert {each.shared_text for each in Achievement.objects.all()} == {SECRET if coordinator_reads else ""}
        with pytest.raises(NoScope):
            assert Achievement.objects.get().text
    with within(world.elsewhere_scope):
        assert not achievements_shared([bea.mentorship])


def test_what_is_shared_is_exactly_what_was_kept_and_is_taken_back_whenever_she_likes(bea: Member) -> None:
    first = kept(bea, Sees.COORDINATOR)
    second = kept(bea, Sees.COORDINATOR, "Other words", of=first)
    assert second.shared_text == "Other words"
    for _ in range(2):
        actions.take_back_achievement(Achievement.objects.get(), by=bea, at=NOW)
    now = Achievement.objects.get()
    assert (now.shared_text, now.shared_at, now.sees, now.text) == ("", None, Sees.ALL, "Other words")
    assert kept(bea, Sees.ME, of=now).shared_text == ""


def test_a_mentor_says_nothing_of_what_was_achieved_nor_takes_it_back(bea: Member, maya: Member) -> None:
    with pytest.raises(actions.NotTheirs):
        kept(maya, Sees.ME)
    hers = kept(bea, Sees.COORDINATOR)
    with pytest.raises(actions.NotTheirs):
        actions.take_back_achievement(hers, by=maya, at=NOW)


def test_an_edit_in_an_older_window_is_refused(bea: Member) -> None:
    first = kept(bea, Sees.ME, "one")
    for of in (None, first):
        with pytest.raises(ChangedMeanwhile):
            actions.keep_achievement(of, by=bea, version=0, text="two", sees=Sees.ALL, at=NOW)
    assert Achievement.objects.get().text == "one"


def test_thanks_go_out_at_once_in_private_and_once(world: World, bea: Member, maya: Member) -> None:
    say_thanks(by=maya, text=SECRET, at=NOW)
    email = last_email_to(world.bea)
    assert (email.kind, email.private, email.text) == ("pass_on_thanks", True, "")
    assert SECRET in email.body.text
    assert SECRET not in email.subject
    with pytest.raises(actions.SaidBefore):
        say_thanks(by=maya, text="again", at=NOW)
    assert [each.text for each in thanks_in(bea.mentorship)] == [SECRET]


def test_they_stay_in_touch_only_where_both_wish_it(bea: Member, maya: Member) -> None:
    assert wish_of(bea) is None
    actions.wish_to_stay_in_touch(True, by=bea, at=NOW)
    assert in_touch_with(bea) == in_touch_with(maya) == set()
    actions.wish_to_stay_in_touch(False, by=maya, at=NOW)
    assert in_touch_with(bea) == in_touch_with(maya) == set()
    actions.wish_to_stay_in_touch(True, by=maya, at=NOW)
    assert (in_touch_with(bea), in_touch_with(maya)) == ({maya.pk}, {bea.pk})
    assert "wished" not in str(list(Entry.unscoped.filter(verb="wish_to_stay_in_touch").values("details")))


def test_who_has_looked_back_has_thanked_and_as_a_mentee_said_what_was_achieved(bea: Member, maya: Member) -> None:
    for member in (bea, maya):
        actions.say_thanks(by=member, text="thanks", at=NOW)
    assert looked_back([bea, maya]) == {maya.pk}
    kept(bea, Sees.ME)
    assert looked_back([bea, maya]) == {bea.pk, maya.pk}


def test_before_an_ending_is_planned_nobody_looks_back(world: World) -> None:
    early = pair(world.nia, world.dai, stage=MentorshipState.ACTIVE)
    with inside(early):
        dai = member_in(early, world.dai)
        for do in (
            lambda: kept(dai, Sees.ME),
            lambda: actions.say_thanks(by=dai, text="x", at=NOW),
            lambda: actions.wish_to_stay_in_touch(True, by=dai, at=NOW),
        ):
            with pytest.raises(actions.NotYet):
                do()


def test_nobody_else_finds_any_of_it_and_a_copy_of_the_database_holds_no_word(
    world: World, bea: Member, maya: Member
) -> None:
    kept(bea, Sees.ALL)
    actions.say_thanks(by=maya, text=SECRET, at=NOW)
    actions.wish_to_stay_in_touch(True, by=bea, at=NOW)
    with within(world.harbour_scope):
        assert not Thanks.objects.exists()
        assert not StayingInTouch.objects.exists()
    with connection.cursor() as cursor:
        for table in ("achievement", "thanks", "stayingintouch"):
            cursor.execute(f"SELECT * FROM endings_{table}")
            values = [value for row in cursor.fetchall() for value in row]
            assert values
            assert not any(b"SECRET" in bytes(value) for value in values if isinstance(value, bytes | memoryview))
            assert "SECRET" not in str(values)
    assert "SECRET" not in str(list(Entry.unscoped.values()))
