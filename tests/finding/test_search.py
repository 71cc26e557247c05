"""Which offers are found for a need, in which order, why, and what else there is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.finding.need import Need, Spot
from alongside.finding.offers import Around, Cost, Offer, Standing
from alongside.finding.search import Found, Index
from alongside.finding.vocabulary import choices
from alongside.finding.weights import WEAK
from alongside.finding.whereabouts import spot_named
from alongside.places import find


def spot(name: str) -> Spot:
    found = spot_named(name)
    assert found is not None
    return found


def around(name: str, km: float = 25.0) -> Around:
    place = find(name)
    assert place is not None
    return Around(name, place.latitude, place.longitude, km)


def offer(ref: str, **more: object) -> Offer:
    return replace(Offer(ref, "Org", f"Offer {ref}", topics=("finance",)), **more)


def refs(found: Found) -> list[str]:
    return [result.offer.ref for result in found.results]


FINANCE = Need(topics=("finance",))


def best(need: Need, *offers: Offer) -> list[str]:
    """Return the refs in the order found, whichever way round they were given."""
    there, back = refs(Index(offers).find(need)), refs(Index(offers[::-1]).find(need))
    assert there == back
    return there


@pytest.mark.parametrize(
    ("need", "better", "worse"),
    [
        (FINANCE, {}, {"topics": ("law",)}),
        (FINANCE, {}, {"topics": ()}),
        (FINANCE, {"topics": ()}, {"topics": ("law",)}),
        (Need(topics=("law", "finance")), {"topics": ("law",)}, {}),
        (Need(topics=("finance",), sectors=("food",)), {"sectors": ("food",)}, {}),
        (Need(topics=("finance",), sectors=("food",)), {}, {"sectors": ("land",)}),
        (Need(topics=("finance",), stage="start-up"), {"stages": ("start-up",)}, {"stages": ("growing",)}),
        (Need(audiences=("women",)), {"audiences": ("women",)}, {}),
        (Need(audiences=("women",)), {}, {"audiences": ("veterans",)}),
        (FINANCE, {}, {"audiences": ("women",)}),
        (Need(languages=("cy",)), {"languages": ("en", "cy")}, {"languages": ("en",)}),
        (Need(languages=("bsl",)), {"languages": ("bfi",)}, {}),
        (Need(words=("zorbyx",)), {"name": "Zorbyx mentors"}, {}),
        (Need(online=True), {"online": True}, {}),
        (FINANCE, {"standing": Standing.ASSESSED}, {"standing": Standing.CONDITIONAL}),
        (FINANCE, {"standing": Standing.CONDITIONAL}, {}),
        (FINANCE, {}, {"open": False}),
        (FINANCE, {"free_places": 3}, {"free_places": 0}),
        (FINANCE, {"days_to_answer": 2.0}, {"days_to_answer": 30.0}),
        (FINANCE, {}, {"cost": Cost.PAID}),
        (Need(place=spot("Leeds")), {"around": (around("Leeds"),)}, {"around": (around("Bradford"),)}),
        (Need(place=spot("Leeds")), {"around": (around("Leeds"),)}, {"in_person": False, "online": True}),
        (Need(place=spot("Leeds")), {"regions": ("Yorkshire and The Humber",)}, {"regions": ("Wales",)}),
        (Need(place=spot("Leeds")), {"in_person": False, "online": True}, {"around": (around("Truro"),)}),
        (Need(place=spot("Wales")), {"around": (around("Cardiff"),)}, {"around": (around("Truro"),)}),
    ],
)
def test_what_fits_better_stands_first(need: Need, better: dict[str, object], worse: dict[str, object]) -> None:
    # By name the worse one would be first.
    assert best(need, offer("b", **better), offer("a", **{"name": "A", **worse})) == ["b", "a"]


def test_a_rare_topic_tells_more_than_a_common_one() -> None:
    common = [offer(f"c{number}") for number in range(30)]
    need = Need(topics=("finance", "export"))
    offers = [*common, offer("x", topics=("export",))]
    by_ref = {result.offer.ref: result.fit for result in Index(offers).find(need, limit=50).results}
    swapped = {r.offer.ref: r.fit for r in Index([offer("c0"), offers[-1]]).find(need).results}
    assert by_ref["x"] / by_ref["c0"] > swapped["x"] / swapped["c0"]


def test_what_costs_stands_after_all_that_does_not_and_says_so() -> None:
    dear = offer("dear", cost=Cost.PAID, standing=Standing.ASSESSED)
    found = Index([dear, offer("other", topics=("law",))]).find(Need(topics=("finance",), cost=Cost.FREE))
    assert refs(found) == ["other", "dear"]
    assert "paid" in {lack.kind for lack in found.results[1].lacks}


def test_far_offers_stay_unless_somebody_meets_in_person_only() -> None:
    far, online = offer("far", around=(around("Truro"),)), offer("online", in_person=False, online=True)
    near = offer("near", around=(around("Leeds"),))
    leeds = Need(place=spot("Leeds"))
    assert best(leeds, far, online, near) == ["near", "online", "far"]
    assert best(replace(leeds, online=False), far, online, near) == ["near"]


def test_somebody_who_meets_in_person_only_still_sees_what_is_a_journey_away() -> None:
    york = offer("york", around=(around("York", 5.0),))
    assert best(Need(place=spot("Leeds"), online=False), york) == ["york"]


def test_equal_offers_stand_by_name_then_ref() -> None:
    one, two, three = offer("2", name="B"), offer("1", name="B"), offer("3", name="a")
    assert best(FINANCE, one, two, three) == ["3", "1", "2"]


def test_pages_follow_each_other_without_gap() -> None:
    index = Index([offer(f"{number:02}") for number in range(25)])
    whole = refs(index.find(FINANCE, limit=25))
    pages = [refs(index.find(FINANCE, limit=10, skip=skip)) for skip in (0, 10, 20, 30)]
    assert [ref for page in pages for ref in page] == whole
    assert index.find(FINANCE, limit=10, skip=20).total == 25


def test_a_result_says_how_far_why_and_what_is_missing() -> None:
    two_places = offer("a", topics=("finance", "law"), around=(around("Truro"), around("Bradford")), free_places=2)
    need = Need(topics=("finance", "export"), sectors=("food",), place=spot("Leeds"))
    [result] = Index([replace(two_places, sectors=("land",))]).find(need).results
    reasons, lacks = {r.kind: r for r in result.reasons}, {r.kind: r for r in result.lacks}
    assert reasons["topics"].ids == ("finance",)
    assert reasons["near"].place == "Bradford"
    assert result.km is not None
    assert result.km == reasons["near"].km
    assert 10 < result.km < 16
    assert reasons["free_places"].number == 2
    assert lacks["other topics"].ids == ("export",)
    assert lacks["other sectors"].ids == ("land",)
    assert "not assessed" in lacks


def test_from_a_whole_region_no_distance_is_made_up() -> None:
    found = Index([offer("a", around=(around("Cardiff"),))]).find(Need(place=spot("Wales")))
    assert found.results[0].km is None
    assert {reason.kind for reason in found.results[0].reasons} >= {"region"}


def test_where_nothing_is_near_the_nearest_and_the_best_online_are_named() -> None:
    offers = [
        offer("truro", around=(around("Truro"),)),
        offer("leicester", around=(around("Leicester"),)),
        offer("law", topics=("law",), around=(around("Leeds"),)),
        offer("online", in_person=False, online=True),
    ]
    found = Index(offers).find(Need(topics=("finance",), place=spot("Leeds")))
    assert found.nothing_near
    assert found.nearest is not None
    assert found.online is not None
    assert (found.nearest.offer.ref, found.online.offer.ref) == ("leicester", "online")


def test_where_something_good_is_near_nothing_else_is_offered() -> None:
    found = Index([offer("a", around=(around("Leeds"),))]).find(Need(topics=("finance",), place=spot("Leeds")))
    assert (found.nothing_near, found.best_fit_is_weak, found.nearest, found.online) == (False, False, None, None)


def test_a_weak_best_fit_is_said() -> None:
    found = Index([offer("a", topics=("law",))]).find(FINANCE)
    assert found.best_fit_is_weak
    assert found.results[0].fit < WEAK


def test_without_offers_there_is_an_honest_nothing() -> None:
    found = Index([]).find(
        Need(topics=("finance",), place=spot("Leeds"), words=("x",), languages=("cy",), online=False)
    )
    assert found == Found((), 0, best_fit_is_weak=True, nothing_near=True)


def test_where_nothing_was_said_everything_is_shown_the_assessed_first() -> None:
    assert best(Need(), offer("a"), offer("b", standing=Standing.ASSESSED)) == ["b", "a"]


def drawn(seed: int) -> Offer:
    draw = random.Random(seed)

    def some(kind: str) -> tuple[str, ...]:
        ids = [each for each, _ in choices(kind)]  # type: ignore[arg-type]
        return tuple(draw.sample(ids, draw.choice([0, 0, 1, 3])))

    return Offer(
        f"r{seed}",
        "Org",
        draw.choice(["Zorbyx", "Alliance", "Mentors"]),
        "",
        some("topics"),
        some("sectors"),
        some("stages"),
        some("audiences"),
        some("languages"),
        draw.random() < 0.7,
        draw.random() < 0.5,
        draw.choice(list(Cost)),
        draw.choice([(), ("Wales",), ("London", "Scotland")]),
        draw.choice([(), (around("Leeds"),), (around("Cardiff"),)]),
        draw.choice(list(Standing)),
        draw.random() < 0.8,
        draw.choice([None, 0, 4]),
        draw.choice([None, 2.0, 40.0]),
    )


NEEDS = st.builds(
    Need,
    topics=st.sampled_from([(), ("finance",), ("law", "export"), ("no-such",)]),
    sectors=st.sampled_from([(), ("food",)]),
    stage=st.sampled_from(["", "growing"]),
    audiences=st.sampled_from([(), ("women",), ("veterans", "young")]),
    languages=st.sampled_from([(), ("cy",), ("en",), ("xx",)]),
    place=st.sampled_from([None, spot("Leeds"), spot("Wales"), spot("Lerwick")]),
    online=st.sampled_from([None, True, False]),
    cost=st.sampled_from([None, *Cost]),
    words=st.sampled_from([(), ("zorbyx",)]),
)


@given(NEEDS, st.lists(st.integers(0, 500), max_size=25, unique=True))
@settings(max_examples=80, deadline=None)
def test_every_offer_that_is_not_ruled_out_is_found_once_with_a_fit_that_falls(need: Need, seeds: list[int]) -> None:
    offers = [drawn(seed) for seed in seeds]
    found = Index(offers).find(need, limit=100)
    assert len(refs(found)) == len(set(refs(found))) == found.total
    assert need.online is False or found.total == len(offers)
    assert all(0.0 <= result.fit <= 1.0 for result in found.results)
    groups = [(need.cost == Cost.FREE and r.offer.cost == Cost.PAID, -round(r.fit, 6)) for r in found.results]
    assert groups == sorted(groups)


@given(NEEDS, st.integers(0, 500))
@settings(max_examples=60, deadline=None)
def test_more_of_anything_good_never_lowers_a_fit(need: Need, seed: int) -> None:
    plain = replace(drawn(seed), ref="plain", standing=Standing.VISIBLE, open=False, online=False, in_person=True)
    plain = replace(plain, free_places=0, days_to_answer=None)
    others = [drawn(number) for number in range(600, 610)]
    betters = (
        {"standing": Standing.ASSESSED},
        {"open": True},
        {"online": True},
        {"free_places": 3, "open": True},
        {"days_to_answer": 1.0},
        {"audiences": (*plain.audiences, *need.audiences)} if plain.audiences else {},
    )

    def fit(one: Offer) -> float:
        results = Index([one, *others]).find(need, limit=100).results
        return next((result.fit for result in results if result.offer.ref == "plain"), 0.0)

    before = fit(plain)
    assert [more for more in betters if fit(replace(plain, **more)) < before - 1e-9] == []  # type: ignore[arg-type]
