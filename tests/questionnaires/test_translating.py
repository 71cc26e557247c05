import pytest

from alongside.datafiles.checking import FaultsFound
from alongside.questionnaires.reading import parse
from alongside.questionnaires.translating import translatable, translated
from tests.questionnaires.everything import ANSWERS, EVERYTHING, TEXT

WELSH = EVERYTHING.in_language("cy")


def test_words_are_those_of_the_language_and_the_rest_stays() -> None:
    assert WELSH.title == "Popeth y gellir ei ofyn"
    assert WELSH.by_id["job"].text == "Beth ydych chi’n ei wneud?"
    assert WELSH.by_id["story"].text == "What brings you here?"
    assert WELSH.by_id["days.rush"].text == "Roeddwn ar frys"
    assert WELSH.by_id["needs"].label(["money", "time"]) == "Arian, Time"
    assert WELSH.by_id["sleep"].label(1) == "Prin byth"
    assert WELSH.roles[0].bands[0].title == "Aflonydd"


def test_an_answer_means_the_same_in_every_language() -> None:
    from alongside.questionnaires.answering import cleaned
    from alongside.questionnaires.scoring import role_scores

    assert cleaned(WELSH, ANSWERS) == cleaned(EVERYTHING, ANSWERS)
    assert role_scores(WELSH, ANSWERS) == role_scores(EVERYTHING, ANSWERS)


def test_a_language_there_is_none_of_changes_nothing() -> None:
    assert EVERYTHING.in_language("gd") is EVERYTHING
    assert EVERYTHING.in_language("en") is EVERYTHING
    assert EVERYTHING.in_language("") is EVERYTHING


def test_it_is_translated_once_and_for_the_variants_of_a_language_too() -> None:
    assert EVERYTHING.in_language("cy") is WELSH
    assert EVERYTHING.in_language("cy-gb") is WELSH
    assert EVERYTHING.in_language("en-gb") is EVERYTHING


def test_every_word_that_is_shown_can_be_translated() -> None:
    table = EVERYTHING.model_dump(mode="json", by_alias=True)
    places = dict(translatable(table))
    for expected in ("about", "items.why.text", "items.party.options.yes.label", "scales.often.3", "items.people.unit"):
        assert expected in places
    for place in places:
        assert translated(table, {place: "Ж"}) != table


def test_a_translation_of_nothing_is_refused_with_its_line() -> None:
    with pytest.raises(FaultsFound, match=r"line \d+: There is nothing “items.jab.text” here to be translated"):
        parse(TEXT.replace('"items.job.text"', '"items.jab.text"'))
