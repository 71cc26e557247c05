"""A questionnaire with an item of every kind, and answers that fit it."""

from pathlib import Path

from alongside.questionnaires.reading import parse

TEXT = (Path(__file__).parent / "everything.toml").read_text(encoding="utf-8")
EVERYTHING = parse(TEXT, "everything.toml")
ANSWERS = {
    "job": "Baker",
    "story": "My oven is too small.",
    "people": 4,
    "since": "2019-03-01",
    "party": "yes",
    "which": "Bread",
    "since-when": 2,
    "needs": ["money", "time"],
    "first": ["calm", "growth"],
    "sleep": 2,
    "days.rush": 3,
    "days.rest": 1,
    "town": "Swansea",
    "cv": "f1",
    "agree": True,
}
