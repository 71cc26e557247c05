"""Shorthand for tests of surveys: a programme that asks some, and somebody who answers."""

from datetime import datetime, timedelta
from typing import Any

from alongside.journeys.run_clocks import run_clocks
from alongside.surveys import actions
from alongside.surveys.models import Response
from tests.world import NOW, World, set_rules

ASKED = NOW + timedelta(days=1, hours=1)
"""When those who went on together at NOW are asked what is asked at the start."""
AT_START = {"questionnaire": "where-i-stand", "when": "start"}
HALFWAY = {"questionnaire": "half-way", "when": "halfway"}
AT_THE_END = {"questionnaire": "how-it-was", "when": "ending"}


def let_ask(world: World, *surveys: dict[str, str]) -> None:
    """Let the programme ask these surveys."""
    set_rules(world, surveys=list(surveys))


def asked_at(at: datetime) -> list[Response]:
    """Let the clocks run, and return who has been asked until then, the latest last."""
    run_clocks(at=at)
    return list(Response.objects.select_related("member__participant__person", "member__mentorship").order_by("pk"))


def chosen(response: Response, value: int = 3) -> dict[str, Any]:
    """An answer to every question that must be answered."""
    return {question.id: value for question in response.definition.questions if question.kind == "scale"}


def answer(response: Response, value: int = 3, *, at: datetime, **words: str) -> None:
    """Answer everything and send it."""
    actions.save_answers(response, {**chosen(response, value), **words}, version=response.version, at=at)
    actions.send_answers(response, version=response.version, at=at)
