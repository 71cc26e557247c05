from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.engine.answers.changes import moves
from alongside.journeys.match_cohort import is_large
from alongside.kernel import clock
from alongside.matching.board import (
    change_board,
    match_again,
    name_version,
    reweigh,
    show_version,
    solution_of,
    start_matching,
    undo,
)
from alongside.matching.models import Calculation, Version
from alongside.matching.queries import calculations_run_by, versions_run_by
from alongside.matching.states import CalculationState
from alongside.matching.today import Effect
from alongside.web.coordinator.board import calculating, pieces, words
from alongside.web.coordinator.board.forms import WeightsForm, wish
from alongside.web.coordinator.board.listing import ORDERS, Listing
from alongside.web.coordinator.board.standing import Standing, of_people_here
from alongside.web.coordinator.programmes.tabs import cohort_tabs
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.lists import page_links
from alongside.web.shared.words import plain_words

VERSIONS_SHOWN = 8
EVERYBODY_IN_A_LIST = 150


@coordinator
def board(request: PersonRequest, ref: str) -> HttpResponse:
    """Show the matching of a cohort, or what matching will do; where people work in groups, their groups."""
    standing = Standing(request.person, ref)
    if standing.cohort.rules.shape.of != "pair":
        return redirect("groups", ref)
    return _page(request, standing)


@require_POST
@coordinator
def board_match(request: PersonRequest, ref: str) -> HttpResponse:
    """Match the cohort, or match it again with the people of today."""
    standing, at = Standing(request.person, ref), clock.now()
    if is_large(standing.pool):
        return calculating.start(request, standing)
    with plain_words(request):
        if standing.matching and standing.matching.current:
            before = standing.version
            version = match_again(standing.matching, standing.pool, by=request.person, at=at)
            say(request, standing, before, version, version.change)
        else:
            start_matching(standing.cohort, standing.pool, by=request.person, at=at)
            messages.success(request, _("The cohort is matched. Nothing has been sent to anybody."))
    return redirect("board", ref)


@require_POST
@coordinator
@of_people_here
def board_change(request: PersonRequest, ref: str) -> HttpResponse:
    """Lock, unlock, forbid, allow or make a pair, and go back to it."""
    standing, asked = Standing(request.person, ref), {**request.GET.dict(), **request.POST.dict()}
    before = standing.version
    mentee, mentor = standing.mentee(asked.get("mentee", "")), standing.mentor(asked.get("mentor", ""))
    with plain_words(request):
        change, said = wish(asked.get("do", ""), mentee, mentor)
        version = change_board(standing.board, standing.pool, change, words=said, by=request.person, at=clock.now())
        say(request, standing, before, version, said)
    return go_to_pair(standing, mentee.ref, asked)


@require_POST
@coordinator
def board_weights(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what other weights would do, or apply them."""
    standing = Standing(request.person, ref)
    before, form = standing.version, WeightsForm(request.POST)
    with plain_words(request):
        weights = form.weights(standing.today.wanted.settings.weights)
        if request.POST.get("do") != "apply":
            effect = None if is_large(standing.pool) else standing.today.try_weights(weights)
            return _page(request, standing, tried=pieces.sliders(weights), effect=effect)
        if is_large(standing.pool):
            return calculating.start(request, standing, weights)
        version = change_board(
            standing.board,
            standing.pool,
            lambda wanted: reweigh(wanted, weights),
            words=_("Other weights"),
            by=request.person,
            at=clock.now(),
        )
        say(request, standing, before, version, version.change)
    return redirect(reverse("board", args=[ref]) + "#weights")


@require_POST
@coordinator
def board_undo(request: PersonRequest, ref: str) -> HttpResponse:
    """Take the last change back."""
    standing = Standing(request.person, ref)
    with plain_words(request):
        undone = standing.version
        undo(standing.board, seen=request.GET.get("seen", ""), by=request.person, at=clock.now())
        again = reverse("board_version", args=[ref, undone.number])
        messages.success(request, _("Taken back: %(change)s.") % {"change": undone.change}, extra_tags=again)
    return redirect("board", ref)


@require_POST
@coordinator
def board_version(request: PersonRequest, ref: str, number: int) -> HttpResponse:
    """Put a kept version on the board again."""
    standing = Standing(request.person, ref)
    before, version = standing.version, _version(standing, number)
    with plain_words(request):
        show_version(standing.board, version, by=request.person, at=clock.now())
        again = reverse("board_version", args=[ref, before.number])
        said = _("On the board again: %(name)s.") % {"name": pieces.version_name(version)}
        messages.success(request, said, extra_tags=again)
    return redirect("board", ref)


@require_POST
@coordinator
def board_name(request: PersonRequest, ref: str, number: int) -> HttpResponse:
    """Give a version a name to find it by."""
    standing = Standing(request.person, ref)
    name_version(_version(standing, number), request.POST.get("name", "").strip()[:120])
    return redirect(reverse("board", args=[ref]) + "#versions")


def _page(
    request: PersonRequest,
    standing: Standing,
    *,
    tried: list[pieces.Piece] | None = None,
    effect: Effect | None = None,
) -> HttpResponse:
    cohort = standing.cohort
    context = {
        **standing.here,
        "tabs": cohort_tabs(request, cohort),
        "kinds": pieces.kinds(standing),
        "calculation": _at_work(standing),
    }
    if standing.matching is None or standing.matching.current is None:
        return render(request, "board/not_yet.html", {**context, **_not_yet(standing)})
    weights = {
        "weights": tried or pieces.sliders(standing.today.wanted.settings.weights),
        "weights_url": reverse("board_weights", args=[standing.ref]),
        "effect": pieces.effect(effect, mean=_("Mean fit, so measured")) if effect else None,
        "note": _("With this many people the effect is worked out when you apply it. You can undo it.")
        if tried and not effect
        else "",
    }
    if request.headers.get("HX-Request"):
        return render(request, "components/board_weights.html", weights)
    query = request.GET.dict()
    listing = Listing(standing, query)
    everybody = {name: query.get(name) == "all" for name in ("left", "mentors")}
    version = standing.version
    return render(
        request,
        "board/board.html",
        {
            **context,
            **weights,
            **page_links(request, listing.page),
            "version": version,
            "version_name": pieces.version_name(version),
            "glance": pieces.glance(standing),
            "listing": listing,
            "orders": [(value, label) for value, (label, _key) in ORDERS.items()],
            "pairs": pieces.pairs(standing, listing),
            "left": pieces.left_over(standing, everybody=everybody["left"]),
            "loads": pieces.loads(standing, everybody=everybody["mentors"]),
            "more": {
                "left": not everybody["left"] and len(version.unmatched) > pieces.FEW,
                "mentors": not everybody["mentors"] and len(standing.pool.mentors) > pieces.FEW,
            },
            "forbidden": _forbidden(standing),
            "rules": words.rules(standing.today.wanted.settings),
            "stale": pieces.stale(standing),
            "versions": pieces.versions(standing, _versions(standing)[:VERSIONS_SHOWN]),
            "undo_url": pieces.address("board_undo", standing, seen=version.ref) if version.parent_id else "",
            "pool": standing.pool,
            "in_a_list": len(standing.pool.mentees) <= EVERYBODY_IN_A_LIST,
        },
    )


def _at_work(standing: Standing) -> Calculation | None:
    """Return the calculation that a worker has now."""
    rows = calculations_run_by(standing.person).filter(matching__cohort=standing.cohort, matching__kind=standing.kind)
    return rows.filter(state=CalculationState.RUNNING).first()


def _not_yet(standing: Standing) -> dict[str, object]:
    pool = standing.pool
    return {
        "mentees": len(pool.mentees),
        "mentors": len(pool.mentors),
        "places": sum(pool.free_places.values()),
    }


def _forbidden(standing: Standing) -> list[dict[str, str]]:
    return [
        {
            "mentee": standing.name(mentee),
            "mentor": standing.name(mentor),
            "url": pieces.address("board_change", standing, mentee=mentee, mentor=mentor),
        }
        for mentee, mentor in standing.version.forbidden
        if standing.pool.participant(mentee) and standing.pool.participant(mentor)
    ]


def _versions(standing: Standing) -> "list[Version]":
    rows = versions_run_by(standing.person).filter(matching=standing.board)
    return list(rows.defer("settings", "required", "forbidden", "fingerprint")[:VERSIONS_SHOWN])


def _version(standing: Standing, number: int) -> Version:
    rows = versions_run_by(standing.person).filter(matching=standing.board)
    return get_or_404(rows, number=number)


def say(request: PersonRequest, standing: Standing, before: Version, after: Version, said: str) -> None:
    """Say what was done and how many moved, with a way back."""
    moved = len({move.mentee for move in moves(solution_of(before).pairs, solution_of(after).pairs)})
    others = ngettext("One mentee moved.", "%(n)d mentees moved.", moved) % {"n": moved}
    url = pieces.address("board_undo", standing, seen=after.ref)
    messages.success(request, f"{said}. {others if moved else _('Nobody moved.')}", extra_tags=url)


def go_to_pair(standing: Standing, mentee: str, asked: dict[str, str]) -> HttpResponse:
    """Go back to where the mentee stands on the board now, in the order and search that were chosen."""
    listing = Listing(standing, asked)
    page, anchor = listing.page_with(mentee)
    query = listing.address(page=page if page > 1 else "")
    return redirect(f"{reverse('board', args=[standing.ref])}{'?' if query else ''}{query}#{anchor}")
