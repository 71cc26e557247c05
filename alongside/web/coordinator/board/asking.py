"""Questions about the board: why, why not, what if. Only a swap writes."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import engine
from alongside.kernel import clock
from alongside.matching.board import change_board, swap
from alongside.matching.queries import versions_run_by
from alongside.matching.today import compare
from alongside.programmes.models import Participant
from alongside.web.coordinator.board import candidates, pieces, words
from alongside.web.coordinator.board.standing import Standing, of_people_here
from alongside.web.coordinator.board.views import EVERYBODY_IN_A_LIST, go_to_pair, say
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.lists import page_links
from alongside.web.shared.words import plain_words

NO_WISH_BREAKS = {"cleared", "capacity", "avoids", "themselves"}
MOVES_SHOWN = 100


@coordinator
@of_people_here
def board_reasons(request: PersonRequest, ref: str) -> HttpResponse:
    """Show every reason for a pair, alone or inside the board."""
    standing = Standing(request.person, ref)
    market = standing.today.market
    mentee, mentor = standing.mentee(request.GET.get("mentee", "")), standing.mentor(request.GET.get("mentor", ""))
    fit = market.explain(mentee.ref, mentor.ref)
    context: dict[str, object] = {"reasons": words.reasons(fit)}
    if request.headers.get("HX-Request"):
        return render(request, "components/reason_bars.html", {**context, "caption": ""})
    context |= {**standing.here, "mentee": mentee, "mentor": mentor, "score": words.score(fit.score)}
    return render(request, "board/reasons.html", context)


@coordinator
def board_why_not(request: PersonRequest, ref: str) -> HttpResponse:
    """Say why two people are not paired, or ask which two are meant."""
    standing = Standing(request.person, ref)
    mentee = _meant(request, "mentee", standing.pool.mentees)
    mentor = _meant(request, "mentor", standing.pool.mentors)
    context = {
        **standing.here,
        "pool": standing.pool,
        "mentee": mentee,
        "mentor": mentor,
        "in_a_list": len(standing.pool.mentees) <= EVERYBODY_IN_A_LIST,
    }
    if mentee and mentor:
        context |= _answer(standing, mentee, mentor)
    return render(request, "board/why_not.html", context)


def _answer(standing: Standing, mentee: Participant, mentor: Participant) -> dict[str, object]:
    found = standing.today.why_not(mentee.ref, mentor.ref)
    fit = standing.today.market.explain(mentee.ref, mentor.ref)
    holders = [standing.name(pair.mentee) for pair in standing.today.solution.pairs if pair.mentor == mentor.ref]
    possible = found.kind == "displaces"
    pair = (mentee.ref, mentor.ref)
    refused = found.rule == "forbidden" and pair in standing.pool.said_no and pair not in standing.pool.together
    return {
        "answer": {
            "mentee": mentee.person.name,
            "mentor": mentor.person.name,
            "rule": "" if possible else found.kind,
            "sentence": _holders(mentor, holders, standing)
            if possible
            else words.said_no()
            if refused
            else words.together()
            if pair in standing.pool.together
            else found.sentence,
            "cost": _cost(found) if possible else "",
            "reasons": words.reasons(fit),
            "post_url": "",
        },
        "score": words.score(fit.score),
        "moves": pieces.moved(standing, found.moves[:MOVES_SHOWN]),
        "do": {"value": "require", "label": _("Offer them to each other again")}
        if refused
        else _what_can_be_done(found)
        if pair not in standing.pool.together
        else None,
        "post_url": pieces.address("board_change", standing, mentee=mentee.ref, mentor=mentor.ref),
    }


def _what_can_be_done(found: engine.WhyNot) -> dict[str, str] | None:
    if found.kind == "displaces":
        return {"value": "require", "label": _("Pair them anyway")}
    if found.rule == "forbidden":
        return {"value": "allow", "label": _("Allow this pair again")}
    if found.kind == "rule" and found.rule not in NO_WISH_BREAKS:
        return {"value": "require", "label": _("Pair them in spite of this rule")}
    return None


def _holders(mentor: Participant, holders: list[str], standing: Standing) -> str:
    if len(holders) < standing.pool.free_places[mentor.ref]:
        return _("%(mentor)s has a free place.") % {"mentor": mentor.person.name}
    return _("%(mentor)s’s places are held by %(names)s.") % {
        "mentor": mentor.person.name,
        "names": ", ".join(holders),
    }


def _cost(found: engine.WhyNot) -> str:
    said = words.cost((found.placed_change, -found.cost))
    return _("If you pair them, %(cost)s.") % {"cost": said}


def _meant(request: PersonRequest, name: str, people: Sequence[Participant]) -> Participant | None:
    """Return who is meant by a ref, a name or a part of one that fits nobody else."""
    said = request.GET.get(name, "").strip()
    if not said:
        return None
    wanted = said.casefold()
    exact = [one for one in people if one.ref == said or one.person.name.casefold() == wanted]
    found = exact or [one for one in people if wanted in one.person.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        messages.warning(request, _("Several people are called “%(name)s”: write more of it.") % {"name": said})
    else:
        messages.warning(request, _("Nobody here is called “%(name)s”.") % {"name": said})
    return None


@coordinator
@of_people_here
def board_pick(request: PersonRequest, ref: str) -> HttpResponse:
    """Show every mentor a mentee could have, with the fit and what it would cost the whole."""
    standing = Standing(request.person, ref)
    market = standing.today.market
    mentee = standing.mentee(request.GET.get("mentee", ""))
    page = candidates.page(market, standing.pool, mentee, request.GET.get("page", "1"))
    context = {
        **standing.here,
        "mentee": mentee,
        "rows": candidates.for_the_board(standing, mentee, page),
        "post_url": pieces.address("board_change", standing, mentee=mentee.ref),
        **page_links(request, page),
    }
    return render(request, "board/pick.html", context)


@coordinator
@of_people_here
def board_swap(request: PersonRequest, ref: str) -> HttpResponse:
    """Let two mentees change mentors: show the best exchanges, or make one."""
    standing = Standing(request.person, ref)
    before = standing.version
    mentee = standing.mentee(request.GET.get("mentee", ""))
    mentor = standing.mentor(request.GET.get("mentor", ""))
    if request.method != "POST":
        rows = candidates.exchanges(standing, mentee, mentor)
        context = {**standing.here, "mentee": mentee, "mentor": mentor, "rows": rows}
        return render(request, "board/swap.html", context)
    other_mentee, _colon, other_mentor = request.POST.get("other", "").partition(":")
    first, second = (mentee.ref, mentor.ref), (standing.mentee(other_mentee).ref, standing.mentor(other_mentor).ref)
    with plain_words(request):
        said = _("%(one)s and %(other)s change mentors") % {
            "one": mentee.person.name,
            "other": standing.name(other_mentee),
        }
        version = change_board(
            standing.board,
            standing.pool,
            lambda wanted: swap(wanted, first, second),
            words=said,
            by=request.person,
            at=clock.now(),
        )
        say(request, standing, before, version, said)
    return go_to_pair(standing, mentee.ref, {})


@coordinator
def board_compare(request: PersonRequest, ref: str) -> HttpResponse:
    """Compare two versions: the figures of both, and who moved."""
    standing = Standing(request.person, ref)
    rows = versions_run_by(request.person).filter(matching=standing.board)
    numbers = [request.GET.get(name, "") for name in ("a", "b")]
    if not all(number.isdecimal() and len(number) < 9 for number in numbers):
        return redirect(reverse("board", args=[ref]) + "#versions")
    one, other = (get_or_404(rows, number=int(number)) for number in numbers)
    effect = compare(one, other)
    context = {
        **standing.here,
        "one": one,
        "other": other,
        "names": [pieces.version_name(version) for version in (one, other)],
        "lines": pieces.effect(effect)[:3],
        "moved": len({move.mentee for move in effect.moves}),
        "moves": pieces.moved(standing, effect.moves[:MOVES_SHOWN]),
        "all_moves": len(effect.moves),
        "versions": [(version.number, pieces.version_name(version)) for version in rows[:100]],
        "current": standing.version,
    }
    return render(request, "board/compare.html", context)
