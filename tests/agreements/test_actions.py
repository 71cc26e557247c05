"""Who signs what: an exact text, each for themselves, once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from alongside.agreements import actions
from alongside.agreements.models import Acceptance, Agreement, Draft, Signature
from alongside.agreements.queries import agreement_in_force, agreement_to_sign, draft_in, figures_of, has_accepted
from alongside.agreements.wording import charter_of
from alongside.audit.models import Entry
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.kernel.scope import NoScope, within
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MentorshipState
from tests.agreements.signing import UNTIL, agreed, newest, proposed, signs
from tests.paired import inside, member_in, pair
from tests.world import NOW, World

S = MentorshipState


@pytest.fixture
def mentorship(world: World) -> Iterator[Mentorship]:
    made = pair(world.maya, world.bea, stage=S.GOING_ON)
    with inside(made):
        yield made


@pytest.fixture
def bea(world: World, mentorship: Mentorship) -> Member:
    return member_in(mentorship, world.bea)


@pytest.fixture
def maya(world: World, mentorship: Mentorship) -> Member:
    return member_in(mentorship, world.maya)


def test_of_two_who_edit_at_once_the_second_is_told_and_nothing_changes(bea: Member, maya: Member) -> None:
    first = actions.save_draft(None, by=bea, version=0, until=UNTIL, words={"own": "hers"}, at=NOW)
    for draft in (None, first):
        with pytest.raises(ChangedMeanwhile):
            actions.save_draft(draft, by=maya, version=0, until=UNTIL, words={"own": "his"}, at=NOW)
    kept = draft_in(bea.mentorship)
    assert kept is not None
    assert (kept.own, kept.version) == ("hers", 1)


def test_a_text_is_proposed_only_as_it_was_seen(bea: Member, maya: Member) -> None:
    draft = actions.save_draft(None, by=bea, version=0, until=UNTIL, words={"own": "one"}, at=NOW)
    actions.save_draft(draft, by=maya, version=1, until=UNTIL, words={"own": "two"}, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.propose_agreement(draft, "one", by=bea, version=1, at=NOW)
    assert not Agreement.objects.exists()


def test_a_signature_holds_name_time_version_and_fingerprint(bea: Member) -> None:
    agreement = proposed(bea)
    signs(agreement, bea, at=NOW + timedelta(hours=1))
    signature = Signature.objects.get()
    assert (signature.name, signature.version) == ("Bea Baker", 1)
    assert (signature.fingerprint, signature.signed_at) == (agreement.fingerprint, NOW + timedelta(hours=1))


def test_nobody_signs_twice(bea: Member, maya: Member) -> None:
    agreement = proposed(bea)
    signs(agreement, bea)
    with pytest.raises(actions.SignedBefore):
        signs(agreement, bea)
    assert newest(bea.mentorship).signed == Signature.objects.count() == 1


def test_nobody_signs_for_another(world: World, bea: Member) -> None:
    agreement = proposed(bea)
    with pytest.raises(actions.NotThatName, match="Bea Baker"):
        actions.sign_agreement(agreement, by=bea, name="Maya Mentor", seen=agreement.fingerprint, at=NOW)
    stranger = member_in(pair(world.nia, world.dai, stage=S.GOING_ON), world.dai)
    with pytest.raises(actions.NotAnymore):
        actions.sign_agreement(agreement, by=stranger, name="Dai Davies", seen=agreement.fingerprint, at=NOW)
    assert not Signature.objects.exists()
    assert newest(bea.mentorship).signed == 0


def test_only_the_text_that_was_seen_is_signed(bea: Member) -> None:
    agreement = proposed(bea)
    with pytest.raises(actions.NotAnymore):
        actions.sign_agreement(agreement, by=bea, name="Bea Baker", seen="0" * 64, at=NOW)
    agreement.text = agreement.text.replace("Hiring", "Firing")
    with pytest.raises(actions.NotAnymore):
        actions.sign_agreement(agreement, by=bea, name="Bea Baker", seen=agreement.fingerprint, at=NOW)
    assert not Signature.objects.exists()


def test_a_changed_text_is_a_new_version_and_the_older_stays_in_force_until_all_sign(bea: Member, maya: Member) -> None:
    first = agreed(bea, maya)
    second = proposed(maya, own="Something else")
    assert (first.version, second.version) == (1, 2)
    in_force = agreement_in_force(bea.mentorship)
    assert in_force == first
    signs(second, bea)
    assert agreement_in_force(bea.mentorship) == first
    signs(second, maya)
    assert agreement_in_force(bea.mentorship) == second
    assert "Something else" not in first.text


def test_a_version_that_made_room_is_signed_by_nobody(bea: Member, maya: Member) -> None:
    first = proposed(bea)
    signs(first, bea)
    second = proposed(maya, own="Something else")
    with pytest.raises(actions.NotAnymore):
        signs(first, maya)
    assert agreement_to_sign(bea.mentorship) == second
    assert agreement_in_force(bea.mentorship) is None


def test_the_same_words_are_not_proposed_again(bea: Member, maya: Member) -> None:
    proposed(bea)
    with pytest.raises(actions.NothingChanged):
        proposed(maya)
    for member in (bea, maya):
        signs(newest(bea.mentorship), member)
    with pytest.raises(actions.NothingChanged):
        proposed(maya)
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("stage", [S.INTRODUCED, S.BOOKED, S.COOLING_OFF])
def test_it_is_proposed_once_they_go_on_and_not_before(world: World, stage: S) -> None:
    mentorship = pair(world.nia, world.dai, stage=stage)
    with inside(mentorship), pytest.raises(actions.NotYet):
        proposed(member_in(mentorship, world.dai))


def test_the_charter_is_accepted_once_and_again_only_where_it_changed(bea: Member) -> None:
    rules = bea.mentorship.cohort.rules
    ours = charter_of(rules)
    for _ in range(2):
        actions.accept_charter(ours, by=bea, at=NOW)
    kept = Acceptance.objects.get()
    assert (kept.version, kept.fingerprint, kept.text) == ("1", ours.fingerprint, ours.text)
    other = rules.changed({"agreement": {"charter": "We are kind."}})
    assert not has_accepted(bea, charter_of(other).fingerprint)


def test_coordinators_may_know_the_version_and_when_and_nothing_it_says(
    world: World, mentorship: Mentorship, bea: Member, maya: Member
) -> None:
    agreed(bea, maya)
    with within(world.harbour_scope):
        assert figures_of([mentorship])[mentorship.pk] == (1, NOW)
        assert not Draft.objects.exists()
        with pytest.raises(NoScope):
            assert Agreement.objects.get().text
        with pytest.raises(NoScope):
            assert Signature.objects.all()[0].name
    with within(world.elsewhere_scope):
        assert not Agreement.objects.exists()
        assert figures_of([mentorship]) == {}


def test_a_copy_of_the_database_and_the_record_of_what_happened_hold_no_word_of_it(bea: Member, maya: Member) -> None:
    agreed(bea, maya)
    with connection.cursor() as cursor:
        for table in ("draft", "agreement", "signature", "acceptance"):
            cursor.execute(f"SELECT * FROM agreements_{table}")
            rows = cursor.fetchall()
            assert rows
            values = [value for row in rows for value in row]
            assert not any(b"SECRET" in bytes(value) for value in values if isinstance(value, bytes | memoryview))
            assert "SECRET" not in str(values)
    assert "SECRET" not in str(list(Entry.unscoped.values()))
