"""A questionnaire of ours says the words of the programme that asks it; what an organisation wrote stays as it is."""

import pytest
from django.utils.translation import override

from alongside.kernel.vocabulary import Speech, spoken
from alongside.questionnaires.library import newest
from alongside.questionnaires.speaking import for_reader
from tests.questionnaires.everything import EVERYTHING

BUDDIES = Speech({"mentor": "buddy", "mentors": "buddies", "mentee": "new member", "mentees": "new members"})


def words_of(definition) -> str:
    said = [definition.title, definition.about, *(item.text + item.help for item in definition.items)]
    return "\n".join([*said, *(step.label for question in definition.questions for step in question.steps)])


@pytest.mark.parametrize("definition", newest(), ids=lambda each: each.id)
def test_only_words_differ(definition) -> None:
    with spoken(BUDDIES):
        said = for_reader(definition)
    assert "mentee" not in words_of(said).lower()
    assert [each.id for each in said.questions] == [each.id for each in definition.questions]
    assert (said.shown, said.audience, said.version) == (definition.shown, definition.audience, definition.version)


def test_a_programme_without_words_of_its_own_says_ours() -> None:
    (ours,) = (each for each in newest() if each.id == "expectations")
    assert for_reader(ours) is ours
    with spoken(Speech()):
        assert for_reader(ours) is ours
    with spoken(BUDDIES):
        assert for_reader(ours).title == "What we expect of a buddy"
    assert for_reader(ours).title == "What we expect of a mentor"


def test_what_people_do_keeps_its_word() -> None:
    (ours,) = (each for each in newest() if each.id == "mentor-application")
    with spoken(BUDDIES):
        said = for_reader(ours)
    assert said.title == "Become a buddy"
    assert "How many people could you mentor at the same time?" in words_of(said)


def test_what_an_organisation_wrote_stays_as_it_was_written() -> None:
    own = EVERYTHING.model_copy(update={"title": "For every mentor"})
    with spoken(BUDDIES), override("en"):
        assert for_reader(own).title == "For every mentor"
