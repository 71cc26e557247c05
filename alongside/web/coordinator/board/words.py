"""What the board calls things."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside import engine
from alongside.engine.values.scores import apportion
from alongside.engine.values.settings import ALIKE, Rules
from alongside.matching.models import Calculation, Version
from alongside.matching.problem import Pool
from alongside.matching.states import OfferState, RequestState, Stage
from alongside.matching.today import WEAK
from alongside.web.coordinator.programmes.words import OBJECTIVES

CRITERIA = {
    "needs": (gettext_lazy("Needs and expertise"), gettext_lazy("The mentor can help with what the mentee asks for.")),
    "text": (gettext_lazy("Own words"), gettext_lazy("They write about the same things.")),
    "sector": (gettext_lazy("Sector"), gettext_lazy("The mentor knows the trade.")),
    "place": (gettext_lazy("Place"), gettext_lazy("They live near each other.")),
    "seniority": (gettext_lazy("Experience"), gettext_lazy("The mentor is a level or two ahead.")),
    "availability": (gettext_lazy("Times to meet"), gettext_lazy("They are free at the same times.")),
    "preferences": (gettext_lazy("Their own wishes"), gettext_lazy("One of them named the other.")),
}
BANDS = [
    (7_000, gettext_lazy("very good"), "well"),
    (5_500, gettext_lazy("good"), ""),
    (WEAK, gettext_lazy("fair"), ""),
    (0, gettext_lazy("weak"), "weak"),
]
OFFERS = {
    OfferState.OPEN: (gettext_lazy("choosing"), ""),
    OfferState.CHOSEN: (gettext_lazy("mentor asked"), ""),
    OfferState.PLACED: (gettext_lazy("introduced"), "well"),
    OfferState.LAPSED: (gettext_lazy("no answer in time"), "care"),
    OfferState.DECLINED: (gettext_lazy("would like others"), "care"),
    OfferState.EXHAUSTED: (gettext_lazy("no mentor left"), "care"),
    OfferState.CLOSED: (gettext_lazy("taken back"), ""),
}
BEST = {
    engine.Objective.PLACE_FIRST: gettext_lazy(
        "Proven: no other arrangement under these rules places more people, or as many who fit better."
    ),
    engine.Objective.QUALITY: gettext_lazy("Proven: in no other arrangement under these rules do people fit better."),
    engine.Objective.FLOOR_FIRST: gettext_lazy(
        "Proven: no other arrangement under these rules places more people, or as many with a better worst match, or "
        "with one as good who fit better."
    ),
    engine.Objective.LEXIMIN: gettext_lazy(
        "Proven: no other arrangement under these rules places more people or makes more pairs. The worst match is as "
        "good as it can be, and so is each after it."
    ),
}
BEST_BY_HAND = {
    engine.Objective.PLACE_FIRST: gettext_lazy(
        "Proven: no other arrangement that keeps what you decided by hand places more people, or as many who fit "
        "better."
    ),
    engine.Objective.QUALITY: gettext_lazy(
        "Proven: in no other arrangement that keeps what you decided by hand do people fit better."
    ),
    engine.Objective.FLOOR_FIRST: gettext_lazy(
        "Proven: no other arrangement that keeps what you decided by hand places more people, or as many with a better "
        "worst match, or with one as good who fit better."
    ),
    engine.Objective.LEXIMIN: gettext_lazy(
        "Proven: no other arrangement that keeps what you decided by hand places more people or makes more pairs. The "
        "worst match is as good as it can be, and so is each after it."
    ),
}
REQUESTS = {
    RequestState.OFFERED: (gettext_lazy("offered"), ""),
    RequestState.IN_LINE: (gettext_lazy("waits its turn"), ""),
    RequestState.ASKED: (gettext_lazy("asked now"), "care"),
    RequestState.ACCEPTED: (gettext_lazy("said yes"), "well"),
    RequestState.DECLINED: (gettext_lazy("said not this time"), ""),
    RequestState.LAPSED: (gettext_lazy("no answer in time"), ""),
    RequestState.PASSED_OVER: (gettext_lazy("not needed"), ""),
}
STAGES = {
    Stage.WAITING: gettext_lazy("Waiting for its turn"),
    Stage.PEOPLE: gettext_lazy("Reading what everybody said"),
    Stage.PAIRS: gettext_lazy("Looking at every pair"),
    Stage.PAIRING: gettext_lazy("Finding the best pairs"),
    Stage.AGAIN: gettext_lazy("Looking for pairs that would be better"),
}


UNASKED = {"mode": gettext_lazy("How to meet"), "experience": gettext_lazy("Experience asked for")}
"""Criteria whose weight is set in the programme's rules and not on the board."""


def criterion(name: str) -> str:
    """Return what a criterion is called; that of an attribute is called what the programme calls the attribute."""
    if name.startswith(ALIKE):
        return _("The same %(attribute)s") % {"attribute": name.removeprefix(ALIKE)}
    return str(CRITERIA[name][0] if name in CRITERIA else UNASKED[name])


def score(value: int) -> dict[str, Any]:
    """Return a score of 0 to 10,000 as ``components/score.html`` takes it; the number stays within its band."""
    _least, words, kind = next(band for band in BANDS if value >= band[0])
    return {"number": value // 100, "words": words, "kind": kind}


def reasons(fit: engine.Explanation) -> list[dict[str, Any]]:
    """Return an explanation as ``components/reason_bars.html`` takes it: points of 100, in tenths that add up."""
    tenths = apportion([part.points / 10 for part in fit.contributions], fit.score // 10)
    return [
        {
            "criterion": criterion(part.criterion),
            "points": tenth / 10,
            "out_of": part.out_of // 100 if part.out_of % 100 == 0 else round(part.out_of / 100, 1),
            "sentence": part.sentence,
            "weak": part.points * 2 < part.out_of,
        }
        for part, tenth in zip(fit.contributions, tenths, strict=True)
    ]


def main_reason(fit: engine.Explanation) -> str:
    """Return the sentence of what gives most to a pair."""
    return max(fit.contributions, key=lambda part: part.points).sentence


def main_reasons(fit: engine.Explanation, number: int = 2) -> str:
    """Return the sentences of what gives most to a pair."""
    best = sorted(fit.contributions, key=lambda part: -part.points)[:number]
    return " · ".join(part.sentence for part in best if part.points)


def rule(market: engine.Market, pool: Pool, mentee: str, mentor: str) -> str:
    """Say which rule stands between two people; nothing where none does."""
    broken = market.broken_rule(mentee, mentor)
    return said_no() if broken and (mentee, mentor) in pool.said_no else broken


def together() -> str:
    """Say why no hand pairs two who are in one mentorship."""
    return _("They are in a mentorship together already, or one of them has left it.")


def said_no() -> str:
    """Say that two people were offered to each other before; who said no stands with that offer."""
    return _("They were offered to each other before, and one of them said not this time.")


def points(value: float) -> str:
    """Write points of fit, 0 to 100, with their sign where they are a change."""
    return f"{value:.1f}"


def cost(effect_or_answer: tuple[int, int]) -> str:
    """Say what a change in (people placed, quality) means for the whole."""
    placed, quality = effect_or_answer
    if placed < 0:
        fewer = ngettext("%(n)d person fewer would have a mentor", "%(n)d people fewer would have a mentor", -placed)
        return fewer % {"n": -placed}
    if placed > 0:
        more = ngettext("%(n)d person more would have a mentor", "%(n)d people more would have a mentor", placed)
        return more % {"n": placed}
    if quality < 0:
        return _("the whole loses %(points)s points of fit") % {"points": points(-quality / 100)}
    if quality > 0:
        return _("the whole gains %(points)s points of fit") % {"points": points(quality / 100)}
    return _("the whole stays as good as it is")


def rules(settings: engine.Settings) -> list[str]:
    """List the rules in force, in words, and what the whole is best at."""
    return [words for on, words in _rules(settings.rules) if on] + [str(OBJECTIVES[settings.objective])]


def _rules(found: Rules) -> Iterable[tuple[bool, str]]:
    return [
        (found.organisation == "different", _("Never two from the same workplace.")),
        (found.organisation == "same", _("Only two from the same workplace.")),
        (found.languages, _("A language in common.")),
        (found.availability, _("A time of the week in common.")),
        (found.distance, _("Within %(km)g km, unless meeting online suits both.") % {"km": found.max_km}),
        (bool(found.must_share), _("The same: %(names)s.") % {"names": ", ".join(found.must_share)}),
        (bool(found.must_differ), _("Not the same: %(names)s.") % {"names": ", ".join(found.must_differ)}),
        (
            found.minimum_seniority_gap is not None,
            _("The mentor at least %(n)s levels ahead.") % {"n": found.minimum_seniority_gap},
        ),
        (found.least_score > 0, _("No pair that fits below %(least)g of 100.") % {"least": found.least_score / 100}),
        (found.avoid, _("Nobody with somebody they asked not to be paired with.")),
        (found.former, _("Nobody with somebody they were paired with before.")),
    ]


def proof(version: Version) -> str:
    """Say in one sentence what is proven of a version, or how much better another could be at most."""
    if not version.proven:
        most = number_format(percent_missing(version.value, version.bound), 2)
        return _("The best found when it was stopped; at most %(most)s %% better is possible.") % {"most": most}
    objective = engine.Objective(version.settings.get("objective", engine.Objective.PLACE_FIRST))
    return str((BEST_BY_HAND if version.required or version.forbidden else BEST)[objective])


def percent_missing(value: int, bound: int) -> float:
    """Return by how many per cent of its worth an arrangement could be better at most, never rounded down."""
    return -(-10_000 * (bound - value) // max(1, value)) / 100


def recruit(found: engine.Recruit) -> str:
    """Say whom to look for."""
    said = {
        (False, False): _("A mentor for %(skill)s"),
        (True, False): _("A mentor for %(skill)s who knows %(sector)s"),
        (False, True): _("A mentor for %(skill)s near %(place)s"),
        (True, True): _("A mentor for %(skill)s who knows %(sector)s, near %(place)s"),
    }[bool(found.sector), bool(found.place)]
    return said % {"skill": found.skill, "sector": found.sector, "place": found.place}


def recruit_adds(found: engine.Recruit) -> str:
    """Say what one more mentor would add to the whole."""
    if found.people:
        return _("One more person would have a mentor.")
    return _("The pairs would fit better by %(points)s points together, where a perfect pair has 100.") % {
        "points": points(found.points / 100)
    }


def stage(found: Calculation) -> tuple[str, int | None]:
    """Say what a calculation is at, and which share of that is done, in per cent; None where nobody can tell."""
    at = Stage(found.stage)
    said = str(STAGES[at])
    if at not in {Stage.PAIRS, Stage.AGAIN}:
        return said, None
    return _("%(stage)s: %(share)d %%") % {"stage": said, "share": found.share}, found.share
