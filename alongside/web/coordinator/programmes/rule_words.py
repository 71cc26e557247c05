"""What the rules of a programme are called, for a page that names one."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.agreements.wording import in_outline
from alongside.blueprints.differences import ORDER
from alongside.blueprints.rules import Rules
from alongside.blueprints.sections import BOTH
from alongside.reports.newer_blueprint import Change
from alongside.web.coordinator.email_words import EMAILS

KINDS = {
    "anyone": gettext_lazy("For anybody"),
    "business": gettext_lazy("For business"),
    "politics": gettext_lazy("For politics"),
    "work": gettext_lazy("At work"),
    "volunteers": gettext_lazy("With volunteers"),
}
SECTIONS = {
    "applications": gettext_lazy("Applying"),
    "gates": gettext_lazy("Steps before somebody is matched"),
    "shape": gettext_lazy("Who works with whom"),
    "matching": gettext_lazy("Matching"),
    "choice": gettext_lazy("How people choose"),
    "start": gettext_lazy("How a mentorship begins"),
    "meetings": gettext_lazy("Meetings"),
    "length": gettext_lazy("Length"),
    "agreement": gettext_lazy("What is signed"),
    "objectives": gettext_lazy("Objectives"),
    "exercises": gettext_lazy("Exercises"),
    "surveys": gettext_lazy("Surveys"),
    "seen": gettext_lazy("Who sees what"),
    "pulse": gettext_lazy("How it is going"),
    "kept": gettext_lazy("How long is kept"),
    "letters": gettext_lazy("Letters"),
    "words": gettext_lazy("Words"),
    "language": gettext_lazy("Language"),
    "look": gettext_lazy("Colour and logo"),
    "placing": gettext_lazy("Volunteers for other programmes"),
}
NAMES = {
    ("shape", "kinds"): gettext_lazy("Kinds of mentors, of whom every mentee has one each"),
    ("shape", "of"): gettext_lazy("In pairs, groups or as peers"),
    ("shape", "members"): gettext_lazy("How many are together at the most"),
    ("shape", "mentors"): gettext_lazy("How many mentors a group has"),
    ("choice", "shape"): gettext_lazy("How a mentee chooses"),
    ("choice", "mentors_offered"): gettext_lazy("How many mentors to offer"),
    ("choice", "days_to_answer"): gettext_lazy("Days to answer"),
    ("choice", "reminders"): gettext_lazy("Reminders before that"),
    ("start", "cooling_off_days"): gettext_lazy("Working days to sleep on it"),
    ("meetings", "expected"): gettext_lazy("How many meetings"),
    ("meetings", "minutes"): gettext_lazy("Minutes of a meeting"),
    ("meetings", "minutes_to"): gettext_lazy("Minutes of a meeting at the most"),
    ("meetings", "rhythm_days"): gettext_lazy("Days from one meeting to the next"),
    ("length", "months"): gettext_lazy("Months planned for"),
    ("agreement", "text"): gettext_lazy("The agreement"),
    ("agreement", "charter"): gettext_lazy("The charter"),
    ("objectives", "scaled"): gettext_lazy("How far objectives were reached, in five steps"),
    ("placing", "standard"): gettext_lazy("What whoever is trained knows"),
    ("placing", "cpd_hours"): gettext_lazy("Hours of CPD"),
    ("placing", "months_valid"): gettext_lazy("Months until it is to be refreshed"),
    ("placing", "days_to_answer"): gettext_lazy("Days to answer a call"),
    ("placing", "reminders"): gettext_lazy("Reminders before that"),
    ("placing", "waiting_days"): gettext_lazy("Days until somebody never asked stands in the queue"),
    ("exercises",): gettext_lazy("What is suggested, and when"),
    ("seen", "before_yes"): gettext_lazy("What is shown of people before both say yes"),
    ("seen", "meetings"): gettext_lazy("What coordinators see of meetings"),
    ("seen", "funder"): gettext_lazy("Who pays, and is shown who met how often"),
    ("pulse", "rhythm_days"): gettext_lazy("Days from one question how it goes to the next"),
    ("kept", "inside_days"): gettext_lazy("Days after the end, until what they wrote is deleted"),
    ("kept", "meetings_months"): gettext_lazy("Months after the end, until it is kept no longer when they met"),
    ("kept", "answers_months"): gettext_lazy("Months until nobody knows whose an answer was"),
}
LONGEST = 200


def told(change: Change) -> dict[str, Any]:
    """Return a change in words: what it is about, what holds now, and what the newer version says."""
    path = change.difference.path
    return {
        "section": SECTIONS.get(path[0], path[0]),
        "name": _named(path),
        "now": in_words(change.now),
        "new": in_words(change.difference.after),
        "own": change.own,
    }


def in_words(value: Any) -> str:
    """Return what a rule says, short enough to be read beside another."""
    if value is None or value in ("", [], {}):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(in_words(each) for each in value)
    if isinstance(value, Mapping):
        named = value.get("title") or value.get("questionnaire")
        return str(named) if named else ", ".join(f"{key}: {in_words(inner)}" for key, inner in value.items())
    words = str(value)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def texts(rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield what people read or sign, each under what it is called."""
    for gate in rules.gates:
        if gate.about:
            yield gate.title, gate.about
    yield from ((kind.title, kind.about) for kind in rules.shape.kinds if kind.about)
    if rules.placing:
        yield str(NAMES["placing", "standard"]), rules.placing.standard
    yield from _guides(rules)
    for kind, text in rules.letters.items():
        yield _("Added to a letter: %(letter)s") % {"letter": EMAILS[kind]}, text
    for key, text in (("text", in_outline(rules.agreement.text, rules)), ("charter", rules.agreement.charter)):
        if text:
            yield str(NAMES["agreement", key]), text


def _guides(rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield what only coordinators read, each step once."""
    applying = [step for side in BOTH if (each := rules.applications.of(side)) for step in each.steps]
    guides = {step.guide: step.title for step in [*applying, *rules.gates] if step.guide}
    yield from ((_("%(step)s, for you") % {"step": title}, guide) for guide, title in guides.items())


def _named(path: tuple[str, ...]) -> str:
    if path in NAMES:
        return str(NAMES[path])
    if path[-1] == ORDER:
        return _("The order")
    if path[:2] == ("shape", "kinds"):
        return " · ".join([str(NAMES["shape", "kinds"]), *path[2:]])
    parts = [part.replace("_", " ").replace("-", " ") for part in path[1:]]
    return " · ".join(parts) or str(SECTIONS.get(path[0], path[0]))
