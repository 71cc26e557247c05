"""What is written inside a mentorship is read by its members alone: not by a query, not from a copy of the database."""

import pytest
from django.db import connection

from alongside.commands.cli import main
from alongside.kernel import sealing
from alongside.kernel.ids import new_ref
from alongside.kernel.scope import NoScope, Scope, everywhere, within
from alongside.mentorships.models import Member, Mentorship, OfMentorship, sealed_words
from tests.paired import SECRET, inside, pair
from tests.world import World


class Remark(OfMentorship):
    """A thing of a mentorship, for these tests; it has no table."""

    text = sealed_words("text")
    marks = sealed_words("marks", default=())

    class Meta(OfMentorship.Meta):
        app_label = "mentorships"
        managed = False


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


@pytest.fixture
def remark(mentorship: Mentorship) -> Remark:
    with inside(mentorship):
        return Remark(mentorship=mentorship, ref=new_ref(), text=SECRET, marks=[1, 2])


def test_words_are_sealed_as_they_are_written_and_open_for_members(mentorship: Mentorship, remark: Remark) -> None:
    assert SECRET.encode() not in remark.sealed
    with inside(mentorship):
        assert (remark.text, remark.marks) == (SECRET, [1, 2])
        remark.text = "Something else"
        assert (remark.text, remark.marks) == ("Something else", [1, 2])


def test_a_coordinator_another_pair_and_work_for_all_do_not_open_them(
    world: World, mentorship: Mentorship, remark: Remark
) -> None:
    other = pair(world.nia, world.dai)
    for scope in (world.harbour_scope, Scope.of(programmes=[mentorship.programme_id], mentorships=[other.pk])):
        with within(scope), pytest.raises(NoScope):
            assert remark.text
    with everywhere("a worker"), pytest.raises(NoScope):
        assert remark.text


def test_having_read_them_once_opens_nothing_later(mentorship: Mentorship, remark: Remark) -> None:
    with inside(mentorship):
        assert remark.text == SECRET
    with pytest.raises(NoScope):
        assert remark.text


def test_words_moved_to_another_row_or_another_mentorship_stay_shut(
    world: World, mentorship: Mentorship, remark: Remark
) -> None:
    other = pair(world.nia, world.dai)
    moved, taken = Remark(mentorship=mentorship, ref=new_ref()), Remark(mentorship=other, ref=remark.ref)
    moved.sealed = taken.sealed = remark.sealed
    for row in (moved, taken):
        with inside(row.mentorship), pytest.raises(sealing.CannotOpen):
            assert row.text


def test_the_key_of_a_mentorship_lies_sealed_in_the_database(mentorship: Mentorship) -> None:
    with inside(mentorship):
        key = mentorship.key
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped_key FROM mentorships_mentorship")
        (stored,) = cursor.fetchone()
    assert key not in bytes(stored)


def test_keys_are_changed_without_losing_a_word(mentorship: Mentorship, remark: Remark, settings, capsys) -> None:
    old, new = settings.CONTENT_KEYS, sealing.written(sealing.new_key())
    settings.CONTENT_KEYS = f"{new},{old}"
    assert main(["reseal"]) == 0
    assert "Sealed anew: 1." in capsys.readouterr().out
    settings.CONTENT_KEYS = new
    remark.mentorship = Mentorship.objects.get(pk=mentorship.pk)
    with inside(mentorship):
        assert remark.text == SECRET
    assert main(["reseal"]) == 0
    assert "Sealed anew: 0." in capsys.readouterr().out


def test_a_missing_key_is_said_plainly_and_nothing_is_half_done(mentorship: Mentorship, settings, capsys) -> None:
    before = bytes(Mentorship.objects.get(pk=mentorship.pk).wrapped_key)
    settings.CONTENT_KEYS = sealing.written(sealing.new_key())
    assert main(["reseal"]) == 1
    assert "Put the missing key back" in capsys.readouterr().err
    assert bytes(Mentorship.objects.get(pk=mentorship.pk).wrapped_key) == before


def test_who_left_a_group_is_no_member_any_more(world: World) -> None:
    group = pair(world.maya, world.marcus, world.bea)
    Member.objects.filter(mentorship=group, participant=world.marcus).update(left_at=group.introduced_at)
    from alongside.mentorships.queries import membership, mentorships_of

    assert membership(world.marcus.person.ref, group.ref) is None
    assert not mentorships_of(world.marcus.person).exists()
    assert membership(world.maya.person.ref, group.ref) is not None
