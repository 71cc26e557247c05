"""From the board to people: offers for the whole cohort, the offers that are out, and a pair made by hand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.journeys import tasks
from alongside.journeys.offer_mentors import hand_market, plan_offers
from alongside.journeys.offer_mentors import pair_by_hand as offer_by_hand
from alongside.journeys.pool import pool_of
from alongside.journeys.send_offers import offer_the_cohort
from alongside.journeys.take_back_offer import take_back_offer
from alongside.kernel import clock
from alongside.matching.actions import give_more_time
from alongside.matching.board import OutOfDate
from alongside.matching.models import Offer
from alongside.matching.problem import Pool
from alongside.matching.queries import offers_in_hand, offers_run_by, sendings_run_by
from alongside.matching.sendings import stop_sending
from alongside.matching.states import OfferState, SendingState
from alongside.mentorships.queries import provided_counts
from alongside.programmes.models import Participant
from alongside.programmes.queries import cohorts_run_by, participants_run_by
from alongside.programmes.states import ParticipantState, Side
from alongside.web.coordinator.board import candidates, offers_shown, words
from alongside.web.coordinator.board.addresses import by_hand_url
from alongside.web.coordinator.board.standing import Standing, here
from alongside.web.coordinator.programmes.tabs import cohort_tabs
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.lists import address_with, page_links
from alongside.web.shared.words import plain_words

A_PAGE = 50


@coordinator
def board_offer(request: PersonRequest, ref: str) -> HttpResponse:
    """Say exactly what offering the board would do; do it."""
    standing = Standing(request.person, ref)
    if request.method == "POST":
        return _offer_now(request, standing)
    try:
        plan = plan_offers(standing.version, standing.pool)
    except OutOfDate as refusal:
        messages.warning(request, str(refusal))
        return redirect("board", ref)
    context = {**standing.here, **offers_shown.plan(standing, plan)}
    return render(request, "board/offer_board.html", context)


def _offer_now(request: PersonRequest, standing: Standing) -> HttpResponse:
    next_page = reverse("board", args=[standing.ref])
    with plain_words(request):
        with transaction.atomic():  # begun and given to a worker, or neither
            offered = offer_the_cohort(standing.version, standing.pool, by=request.person, at=clock.now())
            if offered.sending and offered.is_new:
                tasks.send_offers.enqueue(offered.sending.pk)
        if offered.sending:
            next_page = reverse("sending", args=[offered.sending.ref])
        else:
            made = offered.made
            said = ngettext("One mentee has been asked by email.", "%(n)d mentees have been asked by email.", made)
            messages.success(request, said % {"n": made})
            next_page = reverse("offers", args=[standing.cohort.ref])
    return redirect(next_page)


@coordinator
def sending(request: PersonRequest, ref: str) -> HttpResponse:
    """Show how far the offers of a large board are."""
    found = get_or_404(sendings_run_by(request.person), ref=ref)
    running = found.state == SendingState.RUNNING
    context = {**here(found.matching.cohort, found.matching.kind), "sending": found, "running": running}
    response = render(request, "board/sending.html", context)
    if running:
        response["Refresh"] = "3"  # without JavaScript the page asks again by itself
    return response


@coordinator
def sending_progress(request: PersonRequest, ref: str) -> HttpResponse:
    """Show only how far it is; the page asks again until it is done, then loads afresh."""
    found = get_or_404(sendings_run_by(request.person), ref=ref)
    if found.state == SendingState.RUNNING:
        return render(request, "board/sending_progress.html", {"sending": found})
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_POST
@coordinator
def sending_stop(request: PersonRequest, ref: str) -> HttpResponse:
    """Send no more; whoever has an offer keeps it."""
    found = get_or_404(sendings_run_by(request.person), ref=ref)
    with plain_words(request):
        stop_sending(found, by=request.person, at=clock.now())
    return redirect("sending", ref)


@coordinator
def offers(request: PersonRequest, ref: str) -> HttpResponse:
    """List the offers of a cohort, by state."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    if cohort.rules.shape.of != "pair":
        return redirect("groups", ref)
    rows = offers_run_by(request.person).filter(cohort=cohort)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state in counts else rows
    page = Paginator(_newest_first(shown), A_PAGE).get_page(request.GET.get("page"))
    at = clock.now()
    return render(
        request,
        "board/offers.html",
        {
            "cohort": cohort,
            "tabs": cohort_tabs(request, cohort),
            "states": _state_tabs(request, counts, state),
            "offers": [offers_shown.row(offer, at=at) for offer in page],
            **page_links(request, page),
        },
    )


@coordinator
def offer(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one offer: whom the mentee chose, who was asked and what they said."""
    found = get_or_404(offers_run_by(request.person).select_related("cohort"), ref=ref)
    at = clock.now()
    context = {
        "cohort": found.cohort,
        "offer": offers_shown.row(found, at=at),
        "requests": [offers_shown.request_row(each, at=at) for each in found.requests.all()],
        "reason": found.reason,
        "can_take_back": found.state not in {OfferState.PLACED, OfferState.CLOSED},
        "can_have_more_time": found.state == OfferState.LAPSED,
    }
    return render(request, "board/offer.html", context)


@require_POST
@coordinator
def offer_take_back(request: PersonRequest, ref: str) -> HttpResponse:
    """Take an offer back: whoever was asked hears that no answer is needed."""
    found = get_or_404(offers_run_by(request.person), ref=ref)
    with plain_words(request):
        take_back_offer(found, by=request.person, at=clock.now())
        said = _("The offer to %(name)s is taken back. They are in the pool again.")
        messages.success(request, said % {"name": found.mentee.person.name})
    return redirect("offer", ref)


@require_POST
@coordinator
def offer_more_time(request: PersonRequest, ref: str) -> HttpResponse:
    """Start the clock of an offer again."""
    found = get_or_404(offers_run_by(request.person), ref=ref)
    with plain_words(request):
        give_more_time(found, by=request.person, at=clock.now())
        messages.success(request, _("%(name)s has more time.") % {"name": found.mentee.person.name})
    return redirect("offer", ref)


@coordinator
def pair_by_hand(request: PersonRequest, ref: str) -> HttpResponse:
    """Find one mentee a mentor by hand: the best first, with their places; one button offers."""
    mentees = participants_run_by(request.person).filter(side=Side.MENTEE)
    mentee = get_or_404(mentees.select_related("cohort", "organisation"), ref=ref)
    if mentee.cohort.rules.shape.of != "pair":
        return redirect("groups", mentee.cohort.ref)
    kind = _kind_by_hand(request, mentee)
    pool = pool_of(mentee.cohort, kind)
    if request.method == "POST":
        return _offer_one(request, mentee, pool)
    context = {
        **here(mentee.cohort, kind),
        "mentee": mentee,
        "post_url": by_hand_url(mentee, kind),
        "kinds": _kinds_by_hand(mentee, kind),
    }
    in_hand = offers_in_hand(mentee.cohort, kind).filter(mentee=mentee).first()
    if mentee.state != ParticipantState.READY or in_hand or not pool.participant(ref):
        left = ", ".join(gate.title for gate in mentee.gates_left)
        return render(request, "board/not_by_hand.html", {**context, "offer": in_hand, "gates_left": left})
    market = hand_market(mentee, pool)
    page = candidates.page(market, pool, mentee, request.GET.get("page", "1"))
    return render(
        request,
        "board/by_hand.html",
        {**context, "rows": candidates.by_hand(market, pool, mentee, page), **page_links(request, page),
         "not_ready": _not_ready(request, mentee.cohort_id, kind) if not page.has_next() else []},
    )  # fmt: skip


def _kind_by_hand(request: PersonRequest, mentee: Participant) -> str:
    """Return the kind of mentor that is looked for: the one asked for, or the first that the mentee lacks."""
    kinds = mentee.cohort.rules.shape.matched
    lacking = (kind for kind in kinds if provided_counts([mentee], kind).get(mentee.pk, 0) < mentee.capacity)
    kind = request.GET.get("kind") or next(lacking, kinds[0])
    if kind not in kinds:
        raise Http404
    return kind


def _kinds_by_hand(mentee: Participant, chosen: str) -> list[dict[str, object]]:
    """Return the kinds of mentors as tabs, each with whether this mentee is without; none where all are alike."""
    return [
        {
            "label": capfirst(kind.title),
            "url": by_hand_url(mentee, kind.id),
            "current": kind.id == chosen,
            "count": max(0, mentee.capacity - provided_counts([mentee], kind.id).get(mentee.pk, 0)),
        }
        for kind in mentee.cohort.rules.shape.kinds
    ]


def _offer_one(request: PersonRequest, mentee: Participant, pool: Pool) -> HttpResponse:
    mentors = participants_run_by(request.person).filter(cohort=mentee.cohort_id, side=Side.MENTOR)
    mentor = get_or_404(mentors, ref=request.POST.get("mentor", ""))
    next_page = by_hand_url(mentee, pool.kind)
    with plain_words(request):
        made = offer_by_hand(mentee, mentor, pool, by=request.person, at=clock.now())
        said = _("%(mentor)s is offered to %(mentee)s, who has been asked by email.")
        messages.success(request, said % {"mentor": mentor.person.name, "mentee": mentee.person.name})
        next_page = reverse("offer", args=[made.ref])
    return redirect(next_page)


def _not_ready(request: PersonRequest, cohort_id: int, kind: str) -> "list[dict[str, object]]":
    """List the mentors (of a kind, or of whom it is not said which) who cannot be offered, and why."""
    rows = participants_run_by(request.person).filter(cohort=cohort_id, side=Side.MENTOR)
    rows = (
        rows.filter(Q(kind=kind) & ~Q(state=ParticipantState.READY) | Q(kind=""))
        if kind
        else rows.exclude(state=ParticipantState.READY)
    )
    return [{"name": mentor.person.name, "ref": mentor.ref, "why": _why_not_ready(mentor)} for mentor in rows[:A_PAGE]]


def _why_not_ready(mentor: Participant) -> str:
    if mentor.state == ParticipantState.WITHDRAWN:
        return _("has left this cohort")
    if mentor.lacks_kind:
        return _("it is not said which kind of mentor they are")
    return _("still to do: %(gates)s") % {"gates": ", ".join(gate.title for gate in mentor.gates_left)}


def _newest_first(rows: "QuerySet[Offer]") -> "QuerySet[Offer]":
    return rows.order_by("-offered_at", "mentee__person__name", "pk")


def _state_tabs(request: PersonRequest, counts: dict[str, int], state: str) -> list[dict[str, object]]:
    everything = {
        "label": _("All"),
        "url": address_with(request, state=None, page=None),
        "current": state not in counts,
        "count": sum(counts.values()),
    }
    return [
        everything,
        *(
            {
                "label": label,
                "url": address_with(request, state=value.value, page=None),
                "current": state == value,
                "count": counts[value],
            }
            for value, (label, _kind) in words.OFFERS.items()
            if counts.get(value)
        ),
    ]
