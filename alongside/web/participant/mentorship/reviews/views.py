from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.all_round import ask_at_another_address, ask_raters, close_review, unreached_raters
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.plans.actions import set_objective
from alongside.reports.all_round_result import all_round_pdf, outcome_of
from alongside.reviews import actions
from alongside.reviews.models import AllRoundReview
from alongside.reviews.queries import offered_to, results_shown_to, reviews_of
from alongside.web.participant.mentorship.here import Here, in_mentorship
from alongside.web.participant.mentorship.reviews.forms import AddressForm, RaterForm
from alongside.web.participant.mentorship.reviews.keeping import Kept, of_oneself
from alongside.web.participant.mentorship.reviews.pages import asking, own_rater
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest, get_or_404
from alongside.web.shared.downloads import handed_over
from alongside.web.shared.forms import sent
from alongside.web.shared.questionnaires import filling
from alongside.web.shared.questionnaires.lines import picture_of

CURRENT = "mentorship_reviews"


@in_mentorship
def reviews(request: PersonRequest, here: Here) -> HttpResponse:
    """Show the reviews of a mentee, or what was shared of them; let a mentee begin one."""
    offered = offered_to(here.me)
    if request.method == "POST":
        chosen = next((each for each in offered if each.id == request.POST.get("questionnaire")), None)
        if chosen is None:
            raise Http404
        try:
            begun = actions.open_review(chosen, by=here.me, at=clock.now())
        except actions.NotNow as refusal:
            messages.warning(request, str(refusal))
            return redirect("mentorship_reviews", here.mentorship.ref)
        return redirect("all_round_review", here.mentorship.ref, begun.ref)
    own = list(reviews_of([here.me]))
    shared = list(results_shown_to(here.me).exclude(mentee=here.me))
    is_open = any(each.closed_at is None for each in own)
    context = page(here, current=CURRENT, own=own, shared=shared, offered=[] if is_open else offered)
    return render(request, "reviews/reviews.html", context)


@in_mentorship
def review(request: PersonRequest, here: Here, review_ref: str) -> HttpResponse:
    """Show a review: to the mentee how it stands and what came of it, to others only what was shared."""
    found = results_shown_to(here.me).filter(ref=review_ref).first()
    return _result(request, here, found) if found else _open(request, here, _own(here, review_ref))


@in_mentorship
def myself(request: PersonRequest, here: Here, review_ref: str) -> HttpResponse:
    """Lead the mentee to where to go on answering about themselves."""
    return _answering(request, here, review_ref, filling.begin)


@in_mentorship
def myself_page(request: PersonRequest, here: Here, review_ref: str, place: int) -> HttpResponse:
    """Let the mentee answer one page about themselves."""
    shown = page(here, current=CURRENT)

    def fill(kept: Kept) -> HttpResponse:
        return filling.fill_page(request, kept, place, template="reviews/myself.html", context=shown)

    return _answering(request, here, review_ref, fill)


@in_mentorship
def myself_check(request: PersonRequest, here: Here, review_ref: str) -> HttpResponse:
    """Let the mentee read their answers once more and say that they are done."""
    shown = page(here, current=CURRENT)

    def fill(kept: Kept) -> HttpResponse:
        return filling.check(request, kept, template="reviews/myself_check.html", context=shown)

    return _answering(request, here, review_ref, fill)


@in_mentorship
def close(request: PersonRequest, here: Here, review_ref: str) -> HttpResponse:
    """Let the mentee close a review before its time."""
    found = _own(here, review_ref)
    if request.method == "POST":
        try:
            close_review(found, by=here.me, at=clock.now())
        except ChangedMeanwhile:
            messages.warning(request, _("It had closed a moment before."))
        return redirect("all_round_review", here.mentorship.ref, found.ref)
    if found.closed_at:
        return redirect("all_round_review", here.mentorship.ref, found.ref)
    return render(request, "reviews/close.html", page(here, current=CURRENT, review=found, **asking(found)))


@in_mentorship
def share(request: PersonRequest, here: Here, review_ref: str) -> HttpResponse:
    """Let the mentee show what came of it to the others, or take that back."""
    found = _own(here, review_ref)
    if request.method == "POST" and found.closed_at:
        actions.share_result(found, shared=request.POST.get("shared") == "yes", by=here.me, at=clock.now())
    return redirect("all_round_review", here.mentorship.ref, found.ref)


@in_mentorship
def objective(request: PersonRequest, here: Here, review_ref: str) -> HttpResponse:
    """Make one role of a review an objective of the plan, in words to begin with."""
    found = _own(here, review_ref)
    role = next((each for each in found.definition.roles if each.id == request.POST.get("role")), None)
    if request.method != "POST" or role is None:
        return redirect("all_round_review", here.mentorship.ref, found.ref)
    set_objective(
        by=here.me,
        what=_("%(role)s: do more of what helps") % {"role": role.title},
        how_known=_("Those around me see it more often when I ask them again."),
        at=clock.now(),
    )
    messages.success(request, _("It is on your plan. Say there in your own words what you want to do, and by when."))
    return redirect("mentorship_plan", here.mentorship.ref)


@in_mentorship
def on_paper(request: PersonRequest, here: Here, review_ref: str) -> HttpResponse:
    """Hand what came of a review over as a PDF."""
    found: AllRoundReview = get_or_404(results_shown_to(here.me), ref=review_ref)
    return handed_over(all_round_pdf(found, at=clock.now()), name="review.pdf", kind="application/pdf")


def _own(here: Here, review_ref: str) -> AllRoundReview:
    found: AllRoundReview = get_or_404(reviews_of([here.me]), ref=review_ref)
    found.mentee = here.me
    return found


def _answering(
    request: PersonRequest, here: Here, review_ref: str, fill: Callable[[Kept], HttpResponse]
) -> HttpResponse:
    """Let the mentee's own answers be filled in; lead back to the review where nothing is left to answer."""
    found = _own(here, review_ref)
    rater = own_rater(found)
    try:
        if rater and not found.closed_at and not rater.done_at:
            rater.review = found
            return fill(of_oneself(rater))
    except actions.NotNow as refusal:  # it closed, or was sent in another window, meanwhile
        messages.warning(request, str(refusal))
    return redirect("all_round_review", here.mentorship.ref, found.ref)


def _result(request: PersonRequest, here: Here, found: AllRoundReview) -> HttpResponse:
    outcome = outcome_of(found)
    rows = [(row.role.title, row.role.about, row.figures) for row in outcome.roles]
    picture = picture_of(rows, [voice.title for voice in outcome.voices])
    shown = {"outcome": outcome, "picture": picture, "mine": found.mentee_id == here.me.pk}
    return render(request, "reviews/result.html", page(here, current=CURRENT, review=found, **shown))


def _open(request: PersonRequest, here: Here, found: AllRoundReview) -> HttpResponse:
    wants = request.POST.get("do", "name")
    naming = request.method == "POST" and wants == "name"
    form = RaterForm(request.POST if naming else None, definition=found.definition)
    try:
        if sent(request) is not None and _done(request, here, found, form, wants):
            return redirect("all_round_review", here.mentorship.ref, found.ref)
    except actions.NotNow as refusal:
        form.add_error(None, str(refusal)) if naming else messages.warning(request, str(refusal))
    shown = {"form": form, "unreached": unreached_raters(found, found.raters.all()), **asking(found)}
    return render(request, "reviews/asking.html", page(here, current=CURRENT, review=found, **shown))


def _ask_again(request: PersonRequest, here: Here, found: AllRoundReview) -> None:
    """Ask somebody whom no email reached at the address that was written now.

    :raises NotNow: if it is no address, or cannot be done.
    """
    form = AddressForm(request.POST)
    rater = next((each for each in found.raters.all() if each.ref == request.POST.get("rater")), None)
    if rater is None:
        raise Http404
    if not form.is_valid():
        raise actions.NotNow(_("Write an email address, such as name@example.org."))
    rater.review = found
    ask_at_another_address(rater, email=form.cleaned_data["email"], by=here.me, at=clock.now())
    messages.success(request, _("They are asked by email now."))


def _done(request: PersonRequest, here: Here, found: AllRoundReview, form: RaterForm, wants: str) -> bool:
    """Do what was asked for; say whether there is nothing to correct.

    :raises NotNow: if it cannot be done.
    """
    now = clock.now()
    if wants == "ask":
        number = ask_raters(found, by=here.me, at=now)
        if number:
            words = ngettext("%(n)s person is asked by email now.", "%(n)s people are asked by email now.", number)
            messages.success(request, words % {"n": number})
    elif wants == "again":
        _ask_again(request, here, found)
    elif wants == "take_off":
        actions.take_off(found, request.POST.get("rater", ""), by=here.me, at=now)
    elif form.is_valid():
        actions.name_rater(found, by=here.me, at=now, **form.cleaned_data)
    else:
        return False
    return True
