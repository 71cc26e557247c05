"""Whom to ring at once, in the United Kingdom."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Number(NamedTuple):
    """A telephone number, and when to ring it."""

    number: str
    who: "str | Promise"
    when: "str | Promise"


URGENT = (
    Number("999", _("emergency services"), _("if somebody is in danger now")),
    Number("116 123", _("Samaritans"), _("if you want to talk to somebody, at any hour, free of charge")),
)
