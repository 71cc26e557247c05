"""Which mentors are wanted most, and why."""

from alongside.engine import Recruit
from alongside.kernel import scope
from alongside.matching.models import Calculation, Matching, Version
from alongside.organisations.models import Network
from alongside.reports.wanted import wanted
from tests.counted import freeze
from tests.world import NOW, World

WALES, LEEDS = ("Wales", "food", "finance"), ("Yorkshire and The Humber", "shops", "people")
BOTH = {WALES: 40, ("Wales", "food", "people"): 30, LEEDS: 80, ("Yorkshire and The Humber", "shops", "finance"): 20}

PLACES = {(region, "food", topic): 10 for region in ("Wales", "London") for topic in ("finance", "people")}


def matched(world: World, *recruits: Recruit) -> None:
    """A matching that a worker made, with what one more mentor would add."""
    owned = {"organisation": world.harbour, "programme": world.programme}
    with scope.within(world.harbour_scope):
        matching = Matching.objects.create(**owned, cohort=world.cohort)
        version = Version.objects.create(
            **owned, matching=matching, number=1, change="", made_at=NOW, settings={}, placed=0, quality=0, value=0,
            bound=0, fingerprint="",
        )  # fmt: skip
        Matching.objects.filter(pk=matching.pk).update(current=version)
        kept = [{field: getattr(each, field) for field in each.__slots__} for each in recruits]
        Calculation.objects.create(
            **owned, matching=matching, version=version, state="done", recruits=kept, started_at=NOW
        )


def test_the_widest_gap_comes_first_with_words(world: World) -> None:
    freeze(world.network, waiting=BOTH, free_places=PLACES)
    found = wanted(world.network)
    assert [(each.topic, each.region, each.gap) for each in found[:2]] == [
        ("people", "Yorkshire and The Humber", 80),
        ("finance", "Wales", 30),
    ]
    assert found[0].words == "Hiring and leading people, Yorkshire and The Humber: 80 places are missing."


def test_region_and_topics_narrow_it(world: World) -> None:
    freeze(world.network, waiting=BOTH)
    assert {each.region for each in wanted(world.network, region="Wales")} == {"Wales"}
    assert {each.topic for each in wanted(world.network, topics=["finance"])} == {"finance"}


def test_the_prices_of_a_matching_come_before_the_gap(world: World) -> None:
    freeze(world.network, waiting=BOTH)
    matched(world, Recruit("Cash flow", "", "Leeds", 1, 0))
    first = wanted(world.network)[0]
    assert (first.topic, first.region, first.placed) == ("finance", "Yorkshire and The Humber", 1)
    assert "one more mentor would give somebody in a matching a mentor" in first.words


def test_a_price_for_what_few_ask_for_is_not_told(world: World) -> None:
    freeze(world.network, waiting={**BOTH, ("London", "care", "export"): 1})
    matched(world, Recruit("Exporting", "", "London", 1, 0))
    assert not any(each.topic == "export" for each in wanted(world.network))


def test_a_network_without_figures_wants_nothing_yet_and_another_is_not_read(world: World) -> None:
    freeze(world.network, waiting=BOTH)
    matched(world, Recruit("Cash flow", "", "Leeds", 1, 0))
    assert wanted(Network.objects.create(name="Elsewhere Network")) == []
