from collections.abc import Mapping
from typing import Any

from django import forms

from alongside.questionnaires.definition import Definition, Item, Kind

LONGEST = 4000


class FillingForm(forms.Form):
    """The questions of a definition; nothing is required while it is only saved."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, definition: Definition, answers: Mapping[str, Any], version: int) -> None:
        given = {name_of(item): answers.get(item.id) for item in definition.questions}
        super().__init__(data, initial={**given, "version": version})
        self.definition = definition
        for item in definition.questions:
            self.fields[name_of(item)] = _field(item)

    @property
    def given(self) -> dict[str, int | str]:
        """What was answered, by the ids of the items."""
        values = self.cleaned_data
        return self.definition.cleaned({item.id: values.get(name_of(item)) for item in self.definition.questions})

    def leave_open(self, missing: list[str], words: str) -> None:
        """Say of each question that is still open that it is."""
        for item in self.definition.questions:
            if item.id in missing:
                self.add_error(name_of(item), words)


def name_of(item: Item) -> str:
    """Return the name of an item's field in a form."""
    return f"item-{item.id}"


def _field(item: Item) -> forms.Field:
    if item.kind == Kind.TEXT:
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=item.text, help_text=item.help, required=False, max_length=LONGEST, widget=area)
    return forms.TypedChoiceField(
        label=item.text,
        help_text=item.help,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(choice.value, choice.label) for choice in item.scale],
        widget=forms.RadioSelect,
    )
