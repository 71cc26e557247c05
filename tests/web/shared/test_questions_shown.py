"""Every word of every questionnaire, ours and those of the blueprints, is where it is for, and nothing is left out."""

import re
from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string

from alongside.blueprints.library import shipped as blueprints
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.library import shipped
from alongside.questionnaires.translating import translatable
from alongside.web.shared.questionnaires.forms import AnswerForm
from alongside.web.shared.questionnaires.results import results_of
from tests.shown import faults_in, left_out, read

LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
"""A link as it is written; its words are seen."""
ALL = {each.id: each for each in shipped().values()} | {
    each.id: each for blueprint in blueprints().values() for each in blueprint.questionnaires.values()
}


@pytest.fixture(params=sorted(ALL))
def definition(request: pytest.FixtureRequest) -> Definition:
    return ALL[request.param]


def pages_of(definition: Definition) -> Iterator[str]:
    """Each page as it is filled in: what follows up on an answer stands there too, hidden until it is given."""
    for items in definition.pages:
        form = AnswerForm(None, definition=definition, answers={}, items=items, version=0)
        yield render_to_string("components/questionnaire.html", {"form": form, "blocks": list(form.blocks())})


def asked(definition: Definition) -> Iterator[str]:
    """The words of what is asked: items, their rows and options, and the steps of scales that an item uses."""
    for place, text in translatable(definition.model_dump(mode="json", by_alias=True)):
        if place.startswith(("items.", "scales.")):
            yield text


def test_what_is_asked_stands_on_its_pages(definition: Definition) -> None:
    words = "\n".join(read(page)[0] for page in pages_of(definition))
    missing = [part for text in asked(definition) for part in left_out(LINK.sub(r"\1", text), words)]
    assert not missing
    assert not faults_in(words, [])


def test_what_answers_come_to_says_every_band(definition: Definition) -> None:
    bands = [band for role in definition.roles for band in role.bands]
    steps = range(max((len(question.steps) for question in definition.questions), default=0))
    words = ""
    for step in steps if bands else ():
        for turned in (False, True):
            answers = {
                question.id: question.steps[:: -1 if turned and question.scored and question.scored.reverse else 1][
                    min(step, len(question.steps) - 1)
                ].value
                for question in definition.questions
                if question.steps
            }
            words += read(render_to_string("components/results.html", {"results": results_of(definition, answers)}))[0]
    missing = [part for band in bands for text in (band.title, band.feedback) for part in left_out(text, words)]
    assert not missing
