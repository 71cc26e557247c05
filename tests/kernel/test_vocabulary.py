import pytest
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, override
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.vocabulary import OURS, Speech, said_in, speaking, spoken

WORDS = {"mentor": "buddy", "mentors": "buddies", "mentee": "new councillor", "mentees": "new councillors"}
LAZY = gettext_lazy("Your mentor")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("A mentor and a mentee meet.", "A buddy and a new councillor meet."),
        ("Mentors and mentees", "Buddies and new councillors"),
        ("The mentor’s notes", "The buddy’s notes"),
        ("The mentorship of a mentor", "The mentorship of a buddy"),
        ("%(mentor)s is a mentor, {mentee} is not", "%(mentor)s is a buddy, {mentee} is not"),
        ("Mentoring is for commentators", "Mentoring is for commentators"),
    ],
)
def test_our_words_are_said_in_theirs_and_nothing_else_is(ours: str, theirs: str) -> None:
    with spoken(Speech(WORDS)):
        assert gettext(ours) == theirs
    assert gettext(ours) == ours


def test_a_or_an_is_as_it_fits() -> None:
    assert said_in("A mentor, a mentee", (("mentee", "apprentice"), ("mentor", "elder"))) == "An elder, an apprentice"
    assert said_in("an mentor", (("mentor", "guide"),)) == "a guide"


def test_what_is_put_into_our_words_stays_as_it_is() -> None:
    with spoken(Speech(WORDS)):
        assert gettext("%(name)s is your mentor") % {"name": "Maya Mentor"} == "Maya Mentor is your buddy"
        assert ngettext("%(n)s mentor", "%(n)s mentors", 2) % {"n": 2} == "2 buddies"
        assert str(LAZY) == "Your buddy"
    assert str(LAZY) == "Your mentor"


def test_it_holds_within_a_language_and_ends_with_the_block() -> None:
    with override("en-gb"):
        with spoken(Speech(WORDS)):
            assert get_language() == "en-gb"
            assert gettext("mentor") == "buddy"
        assert gettext("mentor") == "mentor"


def test_no_words_change_nothing() -> None:
    with spoken(Speech({"mentor": ""})):
        assert gettext("mentor") == "mentor"


def test_a_programme_speaks_its_language_and_what_is_in_force_can_be_spoken_again() -> None:
    with override("en-gb"):
        with spoken(Speech({"mentor": "Lotse"}, "de")):
            assert get_language() == "de"
            assert gettext("Monday") == "Montag"
            again = speaking()
            with override("en-gb"), spoken(again):
                assert gettext("Monday") == "Montag"
        assert get_language() == "en-gb"
        assert speaking() == Speech()


@given(st.text(max_size=80), st.sampled_from(OURS))
def test_only_whole_words_of_ours_are_ever_changed(text: str, word: str) -> None:
    changed = said_in(text, ((word, "guide"),))
    if word not in text.lower():
        assert changed == text
