"""The fourteen kinds of items in plain words, each with an example to look at."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = "str | Promise"


@dataclass(frozen=True)
class Kind:
    """One kind of item: its name in the data, what it is called, when it is right, and an example of it."""

    name: str
    title: "str | Promise"
    use: "str | Promise"
    example: dict[str, Any]


_OPTIONS = [{"id": "a", "label": _("In the morning")}, {"id": "b", "label": _("In the evening")}]

KINDS = (
    Kind("one", _("One of several"), _("They choose one answer."), {"text": _("When suits you?"), "options": _OPTIONS}),
    Kind(
        "many",
        _("As many as apply"),
        _("They tick all that apply."),
        {"text": _("When can you?"), "options": _OPTIONS},
    ),
    Kind(
        "ranked",
        _("In order"),
        _("They put answers in order, the most wanted first."),
        {"text": _("What comes first?"), "options": _OPTIONS},
    ),
    Kind(
        "scale",
        _("On a scale"),
        _("One statement, from little to much."),
        {"text": _("I sleep well"), "scale": "example"},
    ),
    Kind(
        "matrix",
        _("Several statements on one scale"),
        _("A table: a line for each statement, counted towards a role if you like."),
        {
            "text": _("In the last month"),
            "scale": "example",
            "rows": [{"id": "a", "text": _("I had time")}, {"id": "b", "text": _("I was heard")}],
        },
    ),
    Kind("text", _("A few words"), _("One line, such as a job title."), {"text": _("What do you do?")}),
    Kind("long_text", _("In their own words"), _("Several lines."), {"text": _("What brings you here?")}),
    Kind("number", _("A number"), _("Within limits, with a unit."), {"text": _("How many people work with you?")}),
    Kind("date", _("A date"), _("Within limits."), {"text": _("Since when?")}),
    Kind("place", _("A place"), _("A town or half a postcode, never an address."), {"text": _("Where are you?")}),
    Kind("file", _("A document"), _("Such as a CV."), {"text": _("Your CV")}),
    Kind(
        "consent",
        _("Something to agree to"),
        _("Kept with the words that were agreed to."),
        {"text": _("You may show this to mentors."), "purpose": "example"},
    ),
    Kind("section", _("A heading"), _("In a long questionnaire it begins a page."), {"text": _("About you")}),
    Kind(
        "explanation",
        _("Words to read"),
        _("Between the questions; **bold** and links are possible."),
        {"text": _("There are no wrong answers.")},
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
SCALE = {
    "example": [
        {"value": 1, "label": _("Hardly ever")},
        {"value": 2, "label": _("Sometimes")},
        {"value": 3, "label": _("Mostly")},
    ]
}

FILLS = {
    "about": _("what they say of themselves"),
    "availability": _("when they have time"),
    "capacity": _("how many they would mentor, or be mentored by"),
    "employer": _("where they work"),
    "job_title": _("what they do"),
    "languages": _("their languages"),
    "max_km": _("how far they would travel"),
    "name": _("their name"),
    "place": _("where they are"),
    "remote": _("whether they would meet online"),
    "sector": _("their sector"),
    "seniority": _("how senior they are"),
    "topics": _("their topics"),
}
"""What an answer may tell of somebody (``blueprints.asking.FILLS``), in words."""

AUDIENCES = {
    "each": _("everybody in a mentorship"),
    "mentors": _("mentors"),
    "mentees": _("mentees"),
    "raters": _("people around a mentee, who are asked about them"),
    "coordinators": _("coordinators"),
    "anyone": _("anybody"),
}
SHOWN = {
    "never": _("nobody but whoever answered"),
    "when_all_done": _("all in the mentorship, once all are done"),
    "if_shared": _("nobody, unless whoever answered shares it"),
    "counted": _("only as counts, from enough answers on"),
    "to_coordinators": _("the coordinators of the programme"),
}
