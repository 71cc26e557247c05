"""A question of a questionnaire as a field of a form."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.questionnaires import items
from alongside.questionnaires.answering import DoesNotFit, fitted
from alongside.questionnaires.definition import Answer, Question

NO_CHOICE = [("", _("Choose one"))]
FEW = 9
"""Up to how many options stand under each other; of more, one is chosen from a list that opens."""


class Label(str):
    """The words of an option, with what helps to choose it, and whether it goes with no other."""

    help = ""
    alone = False

    @classmethod
    def of(cls, option: items.Option) -> "Label":
        label = cls(option.label)
        label.help, label.alone = option.help, option.alone
        return label


class QuestionField(forms.Field):
    """One question. What was answered is checked by the questionnaire, not by the form."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(label=question.text, help_text=question.item.help, required=False, **kwargs)

    def clean(self, value: Any) -> Answer | None:
        try:
            return fitted(self.question, value)
        except DoesNotFit as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class Places(forms.MultiWidget):
    """One list to choose from for each place of a ranking; what is left empty between counts as closed up."""

    use_fieldset = True

    def __init__(self, options: list[tuple[str, Any]], places: int) -> None:
        super().__init__([forms.Select(choices=[*NO_CHOICE, *options]) for _place in range(places)])

    def decompress(self, value: Any) -> list[Any]:
        chosen = list(value or [])
        return chosen + [None] * (len(self.widgets) - len(chosen))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [each for each in super().value_from_datadict(data, files, name) if each]


class RankedField(QuestionField):
    """A ranking: nothing stands in it twice."""

    def clean(self, value: Any) -> Answer | None:
        for each in value or []:
            if value.count(each) > 1:
                words = _("“%(option)s” has two places. Give it one.") % {"option": self.question.label(each)}
                raise forms.ValidationError(words)
        return super().clean(value)


class HandedInField(forms.FileField):
    """A file for a question; whoever keeps the answers keeps the file."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(label=question.text, help_text=question.item.help, required=False, widget=forms.FileInput)

    def clean(self, value: Any, initial: Any = None) -> Any:
        """Return the file that was handed in now; None for none, also where there was one before."""
        file, most = super().clean(value, None), self.question.item.megabytes  # type: ignore[attr-defined]  # a file
        if file and file.size > most * 1_000_000:
            raise forms.ValidationError(
                _("This file is larger than %(most)s MB. Hand in a smaller one.") % {"most": most}
            )
        return file


def field_of(question: Question) -> forms.Field:
    """Return the field for a question of any kind."""
    return _FIELDS[question.kind](question)


def _simply(widget: Callable[[], forms.Widget]) -> Callable[[Question], forms.Field]:
    return lambda question: QuestionField(question, widget=widget())


def _text(question: Question) -> forms.Field:
    return QuestionField(question, widget=forms.TextInput(attrs={"maxlength": question.item.at_most}))  # type: ignore[attr-defined]


def _long_text(question: Question) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 4, "maxlength": question.item.at_most})  # type: ignore[attr-defined]
    return QuestionField(question, widget=widget)


def _one(question: Question) -> forms.Field:
    choices = _options(question)
    if len(choices) > FEW:
        return QuestionField(question, widget=forms.Select(choices=[*NO_CHOICE, *choices]))
    return QuestionField(question, widget=forms.RadioSelect(choices=choices))


def _many(question: Question) -> forms.Field:
    return QuestionField(question, widget=forms.CheckboxSelectMultiple(choices=_options(question)))


def _ranked(question: Question) -> forms.Field:
    item = question.item
    assert isinstance(item, items.Ranked)  # noqa: S101  # the table below says so
    return RankedField(question, widget=Places(_options(question), item.at_most or len(item.options)))


def _scale(question: Question) -> forms.Field:
    choices = [(step.value, step.label) for step in question.steps]
    return QuestionField(question, widget=forms.RadioSelect(choices=choices))


def _options(question: Question) -> list[tuple[str, Any]]:
    return [(option.id, Label.of(option)) for option in question.item.options]  # type: ignore[attr-defined]  # kinds that choose


_FIELDS: Mapping[str, Callable[[Question], forms.Field]] = {
    "text": _text,
    "long_text": _long_text,
    "number": _simply(lambda: forms.TextInput(attrs={"inputmode": "decimal"})),
    "date": _simply(lambda: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})),
    "one": _one,
    "many": _many,
    "ranked": _ranked,
    "scale": _scale,
    "place": _simply(lambda: forms.TextInput(attrs={"autocomplete": "address-level2"})),
    "file": HandedInField,
    "consent": _simply(forms.CheckboxInput),
}
