from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.answer_request import CannotBegin, accept_request, decline_request
from alongside.journeys.choose_mentors import choose_mentors, choose_nobody
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.matching.models import Offer, Request
from alongside.matching.states import OfferState, RequestState
from alongside.web.participant.answers.documents import handed_to_reader
from alongside.web.participant.answers.forms import AnswerForm, NobodyForm, RankForm
from alongside.web.participant.answers.links import by_offer_link, by_request_link
from alongside.web.participant.answers.pages import answer_page, choice_page, offer_with_people, outcome_page
from alongside.web.shared.forms import sent

ANSWERABLE = frozenset({OfferState.OPEN, OfferState.LAPSED})


@by_offer_link
def choose(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Let a mentee choose among the mentors of an offer, or see how it stands."""
    offer = offer_with_people(offer)
    if request.method == "POST" and request.POST.get("answer") == "nobody":
        return _choose_nobody(request, offer)
    form = RankForm(sent(request), requests=list(offer.requests.all()))
    if form.is_valid():
        return _decided(request, lambda: choose_mentors(offer, form.wishes, at=clock.now()))
    return _choice(request, offer, form)


@by_request_link
def answer(request: HttpRequest, asked: Request) -> HttpResponse:
    """Let a mentor say yes or no to a mentee, or see how it stands."""
    form = AnswerForm(sent(request))
    if form.is_valid():
        if form.cleaned_data["answer"] == "yes":
            return _decided(request, lambda: accept_request(asked, at=clock.now()))
        return _decided(request, lambda: decline_request(asked, reason=form.reason_words, at=clock.now()))
    return render(request, "participant/answer.html", {"asked": asked, "form": form, **answer_page(asked)})


@by_offer_link
def choose_document(request: HttpRequest, offer: Offer, ref: str) -> HttpResponse:
    """Hand a mentee a document of a mentor whom they may choose now."""
    if offer.state not in ANSWERABLE:
        raise Http404
    requests = offer_with_people(offer).requests.all()
    return handed_to_reader([each.mentor for each in requests if each.state == RequestState.OFFERED], ref)


@by_request_link
def answer_document(request: HttpRequest, asked: Request, ref: str) -> HttpResponse:
    """Hand a mentor a document of the mentee who asks for them now."""
    if asked.state != RequestState.ASKED:
        raise Http404
    return handed_to_reader([asked.offer.mentee], ref)


def _choose_nobody(request: HttpRequest, offer: Offer) -> HttpResponse:
    form = NobodyForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return _decided(request, lambda: choose_nobody(offer, reason=reason, at=clock.now()))
    return _choice(request, offer, RankForm(requests=list(offer.requests.all())), form)


def _choice(request: HttpRequest, offer: Offer, form: RankForm, nobody: NobodyForm | None = None) -> HttpResponse:
    if offer.state not in ANSWERABLE:
        return render(request, "participant/chosen.html", {"offer": offer, **outcome_page(offer)})
    page = choice_page(offer, form)
    return render(request, "participant/choose.html", {"offer": offer, "nobody": nobody or NobodyForm(), **page})


def _decided(request: HttpRequest, decide: Callable[[], object]) -> HttpResponse:
    """Do what was decided and show how it stands, also where another window, or somebody else, was first."""
    try:
        decide()
    except (MoveNotAllowed, ChangedMeanwhile):
        messages.warning(request, _("This was answered before, perhaps in another window. Nothing was changed now."))
    except CannotBegin as refusal:
        messages.warning(request, str(refusal))
    return redirect(request.path)
