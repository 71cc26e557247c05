"""A look at oneself, for anyone: no account, and nothing of it is kept, written down or sent in an address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.kernel import clock
from alongside.mentorships.queries import mentored_memberships
from alongside.organisations.models import Organisation
from alongside.questionnaires.definition import Answers, Definition
from alongside.questionnaires.library import NoSuchQuestionnaire
from alongside.questionnaires.queries import open_to_anyone
from alongside.questionnaires.speaking import for_reader
from alongside.reports.self_check_document import self_check_pdf
from alongside.web.shared.access import get_or_404, public
from alongside.web.shared.downloads import handed_over
from alongside.web.shared.questionnaires.carrying import carried, to_carry
from alongside.web.shared.questionnaires.filling import steps_of, turned
from alongside.web.shared.questionnaires.forms import AnswerForm
from alongside.web.shared.questionnaires.results import results_of
from alongside.web.shared.questionnaires.walking import Walk


@public
@sensitive_post_parameters()
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Let anyone fill in a check that comes with us, and see what it comes to."""
    return _answer(
        request,
        _open(key),
        paper_url=reverse("self_check_paper", args=[key]),
        keep_url=reverse("keep_check", args=[key]),
        work_on_url=reverse("work_on_check", args=[key]),
    )


@public
@sensitive_post_parameters()
def check_of_organisation(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    """Let anyone fill in an organisation's own check. It stands in no search: the organisation says where it is."""
    organisation = get_or_404(Organisation.objects.all(), ref=ref)
    response = _answer(
        request,
        _open(key, organisation),
        paper_url=reverse("organisations_self_check_paper", args=[ref, key]),
        keep_url=reverse("keep_organisations_check", args=[ref, key]),
        work_on_url=reverse("work_on_organisations_check", args=[ref, key]),
        organisation=organisation,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public
@require_POST
@sensitive_post_parameters()
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """Hand over what it came to, as a PDF made of what is sent along."""
    return _on_paper(request, _open(key))


@public
@require_POST
@sensitive_post_parameters()
def paper_of_organisation(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    """Hand over what an organisation's own check came to, as a PDF."""
    return _on_paper(request, _open(key, get_or_404(Organisation.objects.all(), ref=ref)))


def _open(key: str, organisation: Organisation | None = None) -> Definition:
    try:
        return for_reader(open_to_anyone(key, organisation.pk if organisation else None))
    except NoSuchQuestionnaire as error:
        raise Http404 from error


def _answer(request: HttpRequest, definition: Definition, **context: Any) -> HttpResponse:
    """Show a page, take the next step from one that was sent, or show what it came to."""
    so_far = carried(definition, request.POST)
    place = _place(request.POST.get("go") or request.POST.get("place"), definition)
    walk = Walk(definition, so_far)
    if request.method != "POST" or "go" in request.POST:
        return _page(request, definition, so_far, place if walk.at(place) else None, context)
    form = AnswerForm(request.POST, definition=definition, answers=so_far, items=definition.pages[place - 1])
    form.full_clean()
    wish = "back" if request.POST.get("do") == "back" else ""
    turn = turned(form, walk, place, words=_("Answer “%(question)s”."), wish=wish)
    if turn.stays:
        return _page(request, definition, turn.answers, place, context, form)
    if turn.page:
        return _page(request, definition, turn.answers, turn.page.place, context)
    return _result(request, definition, turn.answers, context)


def _page(
    request: HttpRequest,
    definition: Definition,
    answers: Answers,
    place: int | None,
    context: dict[str, Any],
    form: AnswerForm | None = None,
) -> HttpResponse:
    walk = Walk(definition, answers)
    place = place or walk.pages[0].place
    items = definition.pages[place - 1]
    form = form or AnswerForm(definition=definition, answers=answers, items=items)
    page = walk.at(place)
    shown = {
        "definition": definition,
        "form": form,
        "blocks": list(form.blocks()),
        "carried": list(to_carry(answers, besides=items)),
        "place": place,
        "walk_page": page,
        "number": page.number if page else 0,
        "count": len(walk.pages),
        "steps": steps_of(walk, place),
        "has_before": walk.before(place) is not None,
        "is_last": walk.after(place) is None,
    }
    return render(request, "checks/page.html", {**context, **shown})


def _result(request: HttpRequest, definition: Definition, answers: Answers, context: dict[str, Any]) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    shown = {
        "person": person,
        "members": mentored_memberships(person) if person and definition.roles else [],
        "definition": definition,
        "results": results_of(definition, answers),
        "sections": Walk(definition, answers).sections(),
        "carried": list(to_carry(answers)),
    }
    return render(request, "checks/result.html", {**context, **shown})


def _on_paper(request: HttpRequest, definition: Definition) -> HttpResponse:
    made = self_check_pdf(definition, carried(definition, request.POST), at=clock.now())
    return handed_over(made, name=f"{definition.id}.pdf", kind="application/pdf")


def _place(words: str | None, definition: Definition) -> int:
    """Return the place of the page that was named; the first where none is."""
    places = {str(place): place for place in range(1, len(definition.pages) + 1)}
    return places.get(words or "", 1)
