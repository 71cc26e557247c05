from django import forms
from django.http import HttpRequest, QueryDict


class DayInput(forms.DateInput):
    """A day to choose. Browsers show the one that is set only where it is written as in ISO 8601, in any language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, be it nothing at all, and None where the page was only fetched."""
    return request.POST if request.method == "POST" else None
