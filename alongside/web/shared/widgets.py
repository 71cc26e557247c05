"""Choices written by Python.

Django writes each option of a list by templates of its own; of a page with fifty of them that is most of the work.
What comes out here is the same.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class QuickSelect(forms.Select):
    """A list to choose one thing from; one with groups is written by Django."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        widget = context["widget"]
        if any(name for name, _options, _place in widget["optgroups"]):
            return super()._render(template_name, context, renderer)  # type: ignore[misc,no-any-return]
        options = [option for _name, options, _place in widget["optgroups"] for option in options]
        return format_html(
            '<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), _options_of(options)
        )


class QuickChecks(forms.CheckboxSelectMultiple):
    """Boxes to choose several things from, which the template of the field writes one by one."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        if template_name != self.option_template_name:
            return super()._render(template_name, context, renderer)  # type: ignore[misc,no-any-return]
        box = context["widget"]
        return format_html(
            '<input type="checkbox" name="{}" value="{}"{}>', box["name"], box["value"], _attributes(box["attrs"])
        )


def _options_of(options: Iterable[Mapping[str, Any]]) -> SafeString:
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((option["value"], _attributes(option["attrs"]), option["label"]) for option in options),
    )


def _attributes(attributes: Mapping[str, Any]) -> SafeString:
    """Write the attributes of a tag; True stands alone, False and None are left out."""
    said = {name: value for name, value in attributes.items() if value is not False and value is not None}
    return format_html_join(
        "",
        " {}{}",
        ((name, "" if value is True else format_html('="{}"', value)) for name, value in said.items()),
    )
