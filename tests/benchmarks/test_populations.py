"""The people we measure with: the same for a seed, and spread as real programmes are."""

from collections import Counter

import numpy as np
import pytest

from alongside.engine import Problem, Rules, solve
from alongside.engine.measuring.vocabulary import meaning
from alongside.engine.words import weighed
from benchmarks.populations import EXTREMES, NoMarginals, cohort, country
from benchmarks.populations.marginals import Marginals, first_number, read_marginals
from benchmarks.populations.nationwide import SECTORS
from benchmarks.populations.towns import homes

PEOPLE, TOLERANCE = 3_000, 0.03


@pytest.fixture(scope="module")
def marginals() -> Marginals:
    """The counts of real programmes, where they are."""
    try:
        return read_marginals()
    except NoMarginals as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def drawn(marginals: Marginals) -> Problem:
    return country(PEOPLE, PEOPLE)


def shares(counted: Counter[str]) -> dict[str, float]:
    return {label: count / counted.total() for label, count in counted.items()}


def test_a_country_is_the_same_for_the_same_seed(marginals: Marginals) -> None:
    assert country(200, 100, seed=1) == country(200, 100, seed=1)
    assert country(200, 100, seed=1) != country(200, 100, seed=2)


def test_a_country_may_have_nobody_on_a_side(marginals: Marginals) -> None:
    assert country(0, 3).mentees == ()
    assert country(3, 0).mentors == ()


def test_sectors_and_ranks_are_as_frequent_as_in_the_data(drawn: Problem, marginals: Marginals) -> None:
    for people, side in ((drawn.mentees, marginals.mentees), (drawn.mentors, marginals.mentors)):
        expected: Counter[str] = Counter()
        for label, weight in zip(side.industries.labels, side.industries.weights, strict=True):
            expected[SECTORS.get(label, label)] += weight
        assert shares(Counter(person.sector for person in people)) == pytest.approx(expected, abs=TOLERANCE)
        ranks = dict(zip(side.ranks.labels, side.ranks.weights, strict=True))
        assert shares(Counter(person.attribute("rank") for person in people)) == pytest.approx(ranks, abs=TOLERANCE)


def test_first_topics_are_of_functions_as_frequent_as_in_the_data(drawn: Problem, marginals: Marginals) -> None:
    functions = marginals.mentees.functions
    families: Counter[str] = Counter()
    for label, weight in zip(functions.labels, functions.weights, strict=True):
        families[meaning(label).family or label] += weight
    found = Counter(meaning(p.topics[0].label).family or p.topics[0].label for p in drawn.mentees)
    assert shares(found) == pytest.approx(families, abs=TOLERANCE)


def test_mentors_are_senior_and_mentees_are_not_as_in_the_data(drawn: Problem, marginals: Marginals) -> None:
    for people, side in ((drawn.mentees, marginals.mentees), (drawn.mentors, marginals.mentors)):
        by_years = zip(side.years.labels, side.years.weights, strict=True)
        long = sum(weight for label, weight in by_years if first_number(label) >= 15)
        assert np.mean([(p.seniority or 0) >= 5 for p in people]) == pytest.approx(long, abs=TOLERANCE)


def test_texts_are_as_long_and_as_alike_as_prose(drawn: Problem, marginals: Marginals) -> None:
    for people, side in ((drawn.mentees, marginals.mentees), (drawn.mentors, marginals.mentors)):
        lengths = [len(person.text) for person in people]
        assert np.median(lengths) == pytest.approx(side.text.median, rel=0.1)
        assert np.percentile(lengths, 95) == pytest.approx(side.text.p95, rel=0.15)
        assert max(lengths) <= side.text.longest
    ours, theirs = ([person.text for person in side[:400]] for side in (drawn.mentees, drawn.mentors))
    mine, other = weighed(ours, theirs, bits=12)
    assert 0.05 < np.median((mine @ other.T).toarray() / 2**24) < 0.15


def test_people_live_in_towns_as_the_country_does(drawn: Problem) -> None:
    points, population = homes()
    londoners = sum(w for name, w in zip(population.labels, population.weights, strict=True) if name == "London")
    homes_of_all = [person.position for person in (*drawn.mentees, *drawn.mentors)]
    assert set(homes_of_all) <= set(points)
    assert np.mean([home is not None and home.label == "London" for home in homes_of_all]) == pytest.approx(
        londoners, abs=TOLERANCE
    )


def test_equal_values_are_shared_so_that_a_country_fits_into_memory(drawn: Problem) -> None:
    for people in (drawn.mentees, drawn.mentors):
        assert len({id(topic) for person in people for topic in person.topics}) < 600
        assert len({id(person.position) for person in people}) == len({person.position for person in people})
        assert len({id(person.availability) for person in people}) == len({person.availability for person in people})


def test_who_looks_for_the_counts_in_vain_is_told_where_they_belong(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("ALONGSIDE_SHARED_DATA", str(tmp_path))
    with pytest.raises(NoMarginals, match="real_programme_marginals inside the folder that ALONGSIDE_SHARED_DATA"):
        country(1, 1)


# Extremes.


@pytest.mark.parametrize("name", EXTREMES)
def test_extreme_cohorts_are_matched_and_proven(name: str) -> None:
    assert solve(EXTREMES[name](20, 10)).certificate.proven


def test_extreme_cohorts_are_what_their_names_say() -> None:
    scores = {pair.score for pair in solve(EXTREMES["all ties"](20, 10)).solution.pairs}
    assert len(scores) == 1
    assert solve(EXTREMES["nobody compatible"](20, 10)).certificate.placed == 0
    for name, places in (("10 % of the places", 2), ("1,000 % of the places", 200), ("balanced", 20)):
        assert sum(mentor.capacity for mentor in EXTREMES[name](20, 10).mentors) == places


def test_the_beloved_mentor_is_everyones_best_by_far() -> None:
    problem = EXTREMES["one beloved mentor"](20, 10)
    beloved = problem.mentors[0]
    for mentee in problem.mentees:
        alone = Problem((mentee,), problem.mentors, rules=Rules(distance=False, availability=False))
        (best,) = solve(alone).solution.pairs
        others = solve(Problem((mentee,), problem.mentors[1:], rules=alone.rules)).solution.pairs
        assert best.mentor == beloved.id
        assert best.score > others[0].score + 2_000


def test_islands_do_not_mix() -> None:
    problem = EXTREMES["two islands"](20, 10)
    languages = {person.id: person.languages for person in (*problem.mentees, *problem.mentors)}
    for pair in solve(problem).solution.pairs:
        assert languages[pair.mentee] == languages[pair.mentor]


def test_a_cohort_is_the_same_for_the_same_seed() -> None:
    assert cohort(5, 5) == cohort(5, 5)
