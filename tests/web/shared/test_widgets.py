"""Choices written by Python are the same as those that Django writes."""

from typing import Any

import pytest
from django import forms
from django.test import SimpleTestCase

from alongside.web.shared.widgets import QuickChecks, QuickSelect

CHOICES = [("", "It does not matter"), ("a", "Tom & <b>Ana</b>"), ('"b"', "B"), (3, "Three")]
GROUPS = [("First", [("a", "A")]), ("Second", [("b", "B")])]
ATTRIBUTES = {"aria-describedby": 'one" two', "autofocus": True, "disabled": False}
same = SimpleTestCase().assertHTMLEqual


@pytest.mark.parametrize("value", ["", "a", '"b"', "3", "<", None])
@pytest.mark.parametrize("choices", [CHOICES, GROUPS])
def test_a_list_is_the_same(value: str | None, choices: list[Any]) -> None:
    ours, django = (kind(attrs=ATTRIBUTES, choices=choices) for kind in (QuickSelect, forms.Select))
    same(ours.render("sector", value, {"id": "id_sector"}), django.render("sector", value, {"id": "id_sector"}))


@pytest.mark.parametrize("chosen", [[], ["a"], ["a", "3"], ['"b"', "<"]])
def test_boxes_are_the_same_one_by_one_and_together(chosen: list[str]) -> None:
    def form(widget: type[forms.Widget]) -> forms.Form:
        field = forms.MultipleChoiceField(choices=CHOICES, widget=widget(ATTRIBUTES), help_text="Help")
        return type("F", (forms.Form,), {"topics": field})({"topics": chosen})

    ours, django = form(QuickChecks)["topics"], form(forms.CheckboxSelectMultiple)["topics"]
    same(str(ours), str(django))
    for mine, theirs in zip(ours, django, strict=True):
        same(mine.tag(), theirs.tag())
        assert (mine.id_for_label, mine.choice_label) == (theirs.id_for_label, theirs.choice_label)
