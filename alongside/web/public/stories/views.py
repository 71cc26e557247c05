"""What people tell in public of their mentoring, by place, line of work and what changed."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from alongside.finding.vocabulary import choices
from alongside.kernel import clock
from alongside.places.regions import TILES
from alongside.stories.models import Story
from alongside.stories.queries import stories_shown
from alongside.stories.states import Impact
from alongside.web.shared.access import public
from alongside.web.shared.limits import unhurried
from alongside.web.shared.lists import page_links
from alongside.web.shared.stories import shown

A_PAGE = 10
ALL = ("", _("All"))


class Filter(forms.Form):
    """Which stories somebody would like to read."""

    region = forms.ChoiceField(label=_("Region"), required=False, choices=[ALL, *((each, each) for each in TILES)])
    sector = forms.ChoiceField(label=_("Line of work"), required=False)
    impact = forms.ChoiceField(label=_("What changed"), required=False, choices=[ALL, *Impact.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [ALL, *choices("sectors")]  # type: ignore[attr-defined]

    def suits(self, story: Story) -> bool:
        """Tell whether a story is one of those."""
        told = self.cleaned_data
        wanted = [
            (told.get("region"), [story.region]),
            (told.get("sector"), [story.sector]),
            (told.get("impact"), story.impacts),
        ]
        return all(not each or each in has for each, has in wanted)


@public
@unhurried
def stories(request: HttpRequest) -> HttpResponse:
    """Show what people tell, the newest first."""
    form = Filter(request.GET)
    form.is_valid()
    rows = [each for each in stories_shown(clock.now().date()) if form.suits(each)]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {**page_links(request, page), "form": form, "stories": [shown(each) for each in page]}
    return render(request, "told/stories.html", context)
