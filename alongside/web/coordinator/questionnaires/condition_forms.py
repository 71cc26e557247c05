"""When an item is shown, as fields: answers to tick, and limits for numbers, dates and scales."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.questionnaires.answering import DoesNotFit, fitted
from alongside.questionnaires.conditions import LIMITED, questions_in
from alongside.questionnaires.definition import Answer, Question
from alongside.questionnaires.drafting import answers_before
from alongside.web.coordinator.questionnaires.conditions_in_words import condition_in_words, limit_as_typed, question_of

Table = dict[str, Any]
ENDS = ("at_least", "at_most")
LABELS = {"at_least": gettext_lazy("At least"), "at_most": gettext_lazy("At most")}
DAYS = {"at_least": gettext_lazy("This day or later"), "at_most": gettext_lazy("This day or earlier")}


class LimitField(forms.Field):
    """One limit of an earlier answer: nothing, or an answer that could be given there."""

    def __init__(self, question: Question, end: str, **kwargs: Any) -> None:
        self.question = question
        label = (DAYS if question.kind == "date" else LABELS)[end]
        super().__init__(label=label, required=False, widget=_widget(question), **kwargs)

    def clean(self, value: Any) -> Answer | None:
        try:
            if self.question.kind == "date" and value:
                _check_day(str(value))
            return fitted(self.question, value)
        except DoesNotFit as refusal:
            words = _("For “%(question)s”: %(why)s") % {"question": _short(self.question.text), "why": refusal}
            raise forms.ValidationError(words) from refusal


class Limits(NamedTuple):
    """The two fields of one question."""

    words: str
    unit: str
    at_least: forms.BoundField
    at_most: forms.BoundField


class Conditions:
    """What a page can say of when an item is shown, and what it leaves as it is.

    Of each earlier question it can change one condition: answers to tick, limits, or both.

    :param above: the item above which a question must stand; at the end where empty.
    """

    def __init__(self, draft: Mapping[str, Any], item: Mapping[str, Any], *, above: str) -> None:
        self.draft, self.before = draft, list(item.get("shown_if", []))
        before = answers_before(draft, above)
        self.ticks = {json.dumps([name, value]): (text, label) for name, text, value, label in before}
        asked = questions_in(draft, above=above)
        self.limited = {name: each for name, each in asked.items() if each.kind in LIMITED}
        self.changed: dict[str, Table] = {}
        for condition in self.before:
            if self._can_show(condition):
                self.changed.setdefault(condition["item"], condition)
        self.left = [each for each in self.before if self.changed.get(str(each.get("item"))) is not each]

    def fields(self) -> dict[str, forms.Field]:
        """Return the fields, in the order in which they stand."""
        found: dict[str, forms.Field] = {}
        if self.ticks:
            found["shown_if"] = self._to_tick()
        for name, question in self.limited.items():
            known = self.changed.get(name, {})
            for end in ENDS:
                found[f"{end}-{name}"] = LimitField(question, end, initial=limit_as_typed(known.get(end)))
        if self.left:
            found["taken_out"] = self._to_take_out()
        return found

    def wrong(self, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield each field whose limits no answer can keep, with what would be right."""
        for name, question in self.limited.items():
            least, most = (given.get(f"{end}-{name}") for end in ENDS)
            about = {"question": _short(question.text)}
            if least is not None and most is not None and least > most:
                words = _("For “%(question)s” the first is more than the second. Swap them, or leave one empty.")
                yield f"at_least-{name}", words % about
            elif question.kind == "scale" and not self._meet(given, name, least, most):
                words = _("For “%(question)s” nothing that is ticked is within this. Tick less, or leave this empty.")
                yield f"at_least-{name}", words % about

    def table(self, given: Mapping[str, Any]) -> list[Table]:
        """Return when it is shown: what the page cannot change stays as it was, unless it was taken out."""
        wanted, out = self._wanted(given), {int(each) for each in given.get("taken_out", [])}
        made: list[Table] = []
        for condition in self.before:
            if any(condition is each for each in self.left):
                number = next(n for n, each in enumerate(self.left) if each is condition)
                made += [] if number in out else [condition]
            elif condition["item"] in wanted:
                made.append(wanted.pop(condition["item"]))
        return [*made, *wanted.values()]

    def limits(self, form: forms.Form) -> list[Limits]:
        """Return the fields of limits in pairs, each with the words of its question."""
        return [
            Limits(each.text, getattr(each.item, "unit", ""), *(form[f"{end}-{name}"] for end in ENDS))
            for name, each in self.limited.items()
        ]

    def _to_tick(self) -> forms.Field:
        words = [(key, f"{_short(text)} → {label or _('has an answer')}") for key, (text, label) in self.ticks.items()]
        return forms.MultipleChoiceField(
            label=_("Show it only if one of these was answered"),
            help_text=_("Nothing ticked: always. Of several questions, each must fit."),
            choices=words,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=[tick for condition in self.changed.values() for tick in ticks_of(condition)],
        )

    def _to_take_out(self) -> forms.Field:
        asked = questions_in(self.draft)
        words = [(str(n), condition_in_words(each, question_of(each, asked))) for n, each in enumerate(self.left)]
        return forms.MultipleChoiceField(
            label=_("Tick what is to be taken out"),
            help_text=_("This cannot be changed here. What is not ticked stays as it is."),
            choices=words,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def _can_show(self, condition: Mapping[str, Any]) -> bool:
        question = self.limited.get(str(condition.get("item")))
        limits = [condition[end] for end in ENDS if condition.get(end) is not None]
        if limits and (question is None or not all(_fits(question, each) for each in limits)):
            return False
        return set(ticks_of(condition)) <= set(self.ticks)

    def _meet(self, given: Mapping[str, Any], name: str, least: Any, most: Any) -> bool:
        values = _ticked(given).get(name, [])
        within = [each for each in values if (least is None or each >= least) and (most is None or each <= most)]
        return bool(within) or not values

    def _wanted(self, given: Mapping[str, Any]) -> dict[str, Table]:
        wanted: dict[str, Table] = {name: {"item": name, "is_in": each} for name, each in _ticked(given).items()}
        for name in self.limited:
            limits = {end: value for end in ENDS if (value := given.get(f"{end}-{name}")) is not None}
            if limits:
                wanted[name] = {"item": name, "is_in": [], **wanted.get(name, {}), **limits}
        return wanted


def ticks_of(condition: Mapping[str, Any]) -> list[str]:
    """Return what is ticked for a condition; "has an answer" where it says nothing else."""
    limited = any(condition.get(end) is not None for end in ENDS)
    values = condition.get("is_in") or ([] if limited else [""])
    return [json.dumps([condition.get("item"), value]) for value in values]


def _ticked(given: Mapping[str, Any]) -> dict[str, list[Any]]:
    chosen: dict[str, list[Any]] = {}
    for each in given.get("shown_if", []):
        name, value = json.loads(each)
        chosen.setdefault(name, []).extend([] if value == "" else [value])
    return chosen


def _fits(question: Question, limit: Any) -> bool:
    try:
        return fitted(question, limit_as_typed(limit)) is not None
    except DoesNotFit:
        return False


def _check_day(words: str) -> None:
    try:
        date.fromisoformat(words.strip())
    except ValueError as error:
        raise DoesNotFit(_("Write a date that exists, such as 2027-03-31.")) from error


def _widget(question: Question) -> forms.Widget:
    if question.kind == "scale":
        return forms.Select(choices=[("", _("Any")), *((step.value, step.label) for step in question.steps)])
    if question.kind == "date":
        return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.TextInput(attrs={"inputmode": "decimal"})


def _short(words: str) -> str:
    return Truncator(words).chars(50)
