from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.groups.answer_links import group_ask_of
from alongside.groups.models import Ask
from alongside.journeys.ask_group import CannotSayYes, say_no, say_yes
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.web.participant.by_link import naming
from alongside.web.participant.groups.forms import AnswerForm
from alongside.web.participant.groups.pages import together_page
from alongside.web.shared.forms import sent

by_ask_link = naming(group_ask_of, lambda ask: ask.participant)


@by_ask_link
def together(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Let somebody say yes or no to a group, or see how it stands."""
    form = AnswerForm(sent(request))
    if form.is_valid():
        return _decided(request, ask, form)
    return render(request, "together/together.html", {"form": form, **together_page(ask)})


def _decided(request: HttpRequest, ask: Ask, form: AnswerForm) -> HttpResponse:
    """Do what was decided and show how it stands, also where another window, or somebody else, was first."""
    try:
        if form.cleaned_data["answer"] == "yes":
            say_yes(ask, at=clock.now())
        else:
            say_no(ask, reason=form.cleaned_data["reason"], at=clock.now())
    except (MoveNotAllowed, ChangedMeanwhile):
        messages.warning(request, _("This was answered before, perhaps in another window. Nothing was changed now."))
    except CannotSayYes as refusal:
        messages.warning(request, str(refusal))
    return redirect(request.path)
