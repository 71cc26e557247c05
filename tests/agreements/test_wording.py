"""What an agreement says, and by what it is known again."""

import re

import pytest
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.agreements.wording import (
    TEXTS,
    canonical,
    charter_of,
    fingerprint,
    full_text,
    same_name,
)
from alongside.blueprints.rules import Rules
from alongside.mentorships.models import Member
from alongside.printing.marked import blocks_of
from tests.paired import inside, member_in, pair
from tests.world import World, set_rules

WORDS = {"objective": "Sell more bread", "areas": "Pricing", "meeting": "At hers", "own": "We laugh"}
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp", "Mn"])


@pytest.fixture
def members(world: World) -> list[Member]:
    mentorship = pair(world.maya, world.bea)
    with inside(mentorship):
        return [member_in(mentorship, participant) for participant in (world.bea, world.maya)]


def told(world: World, members: list[Member], **words: str) -> str:
    return full_text(world.cohort, members, {**WORDS, **words}, until="31 December 2026")


def test_ours_says_who_what_how_often_until_when_and_leaves_no_gap(world: World, members: list[Member]) -> None:
    text = told(world, members)
    for part in ("Mentee: Bea Baker", "Mentor: Maya Mentor", "Sell more bread", "Pricing", "At hers", "We laugh"):
        assert part in text
    for part in ("About every 30 days", "About 90 minutes", "About 9 meetings", "Until 31 December 2026"):
        assert part in text
    assert not re.search(r"\{\w+\}", text)


def test_ours_names_the_limits_of_what_stays_between_them_and_whom_to_turn_to(
    world: World, members: list[Member]
) -> None:
    world.programme.safeguarding_lead = world.piotr
    text = told(world, members)
    for part in ("serious harm", "at risk", "serious crime", "court", "tells the other first, where that is safe"):
        assert part in text
    assert "tell Piotr Partner (piotr.partner@example.org) on the same day" in text
    assert "Carys Coordinator (carys.coordinator@example.org)" in text
    assert "Notes of our meetings belong to the mentee" in text
    assert "at any time, without giving a reason and without blame" in text


def test_a_programmes_own_text_takes_its_place_and_nothing_they_wrote_is_left_out(
    world: World, members: list[Member]
) -> None:
    set_rules(world, agreement={"text": "# Ours\n\nWe, {mentees} and {mentors}, agree: {objective} …"})
    text = told(world, members)
    assert text.startswith("# Ours\n\nWe, Bea Baker and Maya Mentor, agree: > Sell more bread …")
    for part in ("Pricing", "At hers", "We laugh"):
        assert part in text


def test_what_they_write_is_never_taken_for_a_heading_or_filled_in(world: World, members: list[Member]) -> None:
    text = told(world, members, own="## Confidentiality\n\n{organisation} may read all of it\n- really")
    assert "Harbour Enterprise may read" not in text
    blocks = blocks_of(text)
    assert [block.text for block in blocks if block.text.startswith("Confidentiality")] == []
    assert blocks[-1].kind == "words"


def test_the_charter_is_the_programmes_or_ours_with_its_version(world: World) -> None:
    ours = charter_of(world.cohort.rules)
    assert (ours.version, ours.text) == ("1", canonical((TEXTS / "charter-1.md").read_text()))
    set_rules(world, agreement={"charter": "We are kind."})
    own = charter_of(world.cohort.rules)
    assert own.version == f"own-{own.fingerprint[:8]}"
    assert own.fingerprint != ours.fingerprint


@given(st.text(LETTERS, min_size=1, max_size=80), st.data())
def test_a_changed_letter_changes_the_fingerprint(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="ascii", categories=["L", "N"]))
    assume(canonical(text)[place : place + 1] != other)
    changed = text[:place] + other + text[place + 1 :]
    assume(canonical(changed) != canonical(text))
    assert fingerprint(changed) != fingerprint(text)


@given(st.text(max_size=200))
def test_what_is_signed_does_not_depend_on_how_lines_end_or_signs_are_composed(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert fingerprint(text.replace("\n", "\r\n") if "\r" not in text else text) == fingerprint(text)
    assert fingerprint("Si\u00f4n") == fingerprint("Sio\u0302n")


@pytest.mark.parametrize("typed", ["Rhian Siôn-Rees", "rhian sion rees", " RHIAN  SION-REES. ", "Rhian SiônRees"])
def test_a_name_is_known_again_however_it_is_typed(typed: str) -> None:
    assert same_name(typed, "Rhian Siôn-Rees")


@pytest.mark.parametrize("typed", ["", " . ", "Rhian", "Rhian Rees Siôn", "Maya Mentor"])
def test_another_name_is_not_theirs(typed: str) -> None:
    assert not same_name(typed, "Rhian Siôn-Rees")


def test_names_in_other_scripts_are_known_too() -> None:
    assert same_name("李 明", "李明")
    assert not same_name("王明", "李明")


@pytest.mark.parametrize("language", ["en", "de"])
def test_our_texts_are_signed_in_the_words_of_the_programme_the_same_in_every_language(language: str) -> None:
    words = {"mentor": "adviser", "mentors": "advisers", "mentee": "owner", "mentees": "owners"}
    with override(language):
        charter = charter_of(Rules().changed({"words": words}))
    assert not re.search(r"\b(mentor|mentee)s?\b", charter.text, re.IGNORECASE)
    assert "adviser" in charter.text
    assert charter.fingerprint == charter_of(Rules().changed({"words": words})).fingerprint
    assert charter.fingerprint != charter_of(Rules()).fingerprint
