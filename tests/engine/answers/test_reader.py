"""A model that reads texts, from the people to the proof: what it says counts, is told, and is verified."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.engine import (
    Market,
    Objective,
    Person,
    Problem,
    Quota,
    Reader,
    Rules,
    Topic,
    VerificationError,
    Weights,
    from_dict,
    solve,
    to_dict,
    verify,
)
from alongside.engine.answers.recruiting import whom_to_recruit, with_recruit
from alongside.engine.scanning import plain, scan
from benchmarks.populations import cohort
from tests.engine.strategies import arrangements, problems, worth

few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

MEANINGS = {
    "cash": (9, 1, 0),
    "flow": (8, 2, 1),
    "finance": (9, 2, 0),
    "bookkeeping": (8, 1, 1),
    "bread": (0, 9, -3),
    "baking": (1, 8, -3),
    "loaves": (0, 9, -4),
    "export": (-5, 0, 9),
    "abroad": (-6, 1, 9),
}


def read(texts):
    """Add up what is known of each word: the smallest model of language there is."""
    known = [[MEANINGS.get(word, (0, 0, 0)) for word in text.lower().replace(",", "").split()] for text in texts]
    return np.array([np.sum(words, axis=0) for words in known])


READER = Reader("nine words 1.0", read)
ALL_TEXT = Weights(0, 1, 0, 0, 0, 0, 0)

PROBLEM = Problem(
    (
        Person("ann", "Ann", text="cash flow"),
        Person("bob", "Bob", text="baking loaves"),
        Person("cat", "Cat", text="abroad"),
        Person("dan", "Dan"),
    ),
    (
        Person("fay", "Fay", text="finance, bookkeeping"),
        Person("liz", "Liz", text="bread"),
        Person("mia", "Mia", text="export", capacity=2),
    ),
    weights=ALL_TEXT,
)


def made(result):
    return {(pair.mentee, pair.mentor) for pair in result.solution.pairs}


def test_texts_that_share_no_word_are_alike_where_a_model_says_so():
    by_words, by_meaning = Market.of(PROBLEM), Market.of(PROBLEM, READER)
    pairs = [("ann", "fay"), ("bob", "liz"), ("cat", "mia")]
    assert [by_words.score(*pair) for pair in pairs] == [0, 0, 0]
    assert [by_meaning.score(*pair) for pair in pairs] == [10_000] * 3
    assert by_meaning.score("ann", "liz") < 3_000
    assert by_meaning.score("dan", "liz") == 5_000
    result = solve(PROBLEM, READER)
    assert made(result) == {*pairs, ("dan", "mia")}
    assert result.certificate.proven
    assert result.certificate.model == "nine words 1.0"
    verify(PROBLEM, result.solution, result.certificate, READER)


def test_the_reasons_name_the_model_and_not_words():
    market = Market.of(replace(PROBLEM, weights=Weights()), READER)
    (told,) = [part for part in market.explain("ann", "fay").contributions if part.criterion == "text"]
    assert told.points == told.out_of == 1_000
    assert told.sentence == "What they wrote is closely alike in meaning, as the model “nine words 1.0” reads it"


def test_the_verifier_wants_what_read_the_texts():
    result = solve(PROBLEM, READER)
    stored = from_dict(type(result.certificate), to_dict(result.certificate))
    verify(PROBLEM, result.solution, stored, READER)
    refusals = {
        None: "by the model “nine words 1.0”, and no model is given: give the verifier what read them",
        Reader("other", read): "by the model “nine words 1.0”, and the model “other” is given",
        Reader(READER.name, lambda texts: -read(texts)): "or the model “nine words 1.0” reads otherwise than it did",
    }
    for reader, said in refusals.items():
        with pytest.raises(VerificationError, match=said):
            verify(PROBLEM, result.solution, stored, reader)
    plainly = solve(PROBLEM)
    with pytest.raises(VerificationError, match="by no model, but compared word by word, and the model “nine"):
        verify(PROBLEM, plainly.solution, plainly.certificate, READER)
    passed_off = replace(plainly.certificate, model=READER.name)
    with pytest.raises(VerificationError, match="another problem"):
        verify(PROBLEM, plainly.solution, passed_off, READER)


def test_without_a_model_a_problem_has_the_fingerprint_it_always_had():
    assert Market.of(PROBLEM, None).fingerprint == Market.of(PROBLEM).fingerprint
    assert Market.of(PROBLEM, READER).fingerprint != Market.of(PROBLEM).fingerprint
    assert solve(PROBLEM).certificate.model == ""


@pytest.mark.parametrize("objective", list(Objective))
def test_whatever_the_whole_is_best_at_the_texts_are_read_by_the_model(objective):
    limited = replace(PROBLEM, quotas=(Quota("few", "mentor", frozenset({"mia"}), most=1),))
    for problem in (replace(PROBLEM, objective=objective), replace(limited, objective=objective)):
        market = Market.of(problem, READER)
        result = market.solve()
        assert result.certificate.model == READER.name
        verify(problem, result.solution, result.certificate, READER)
        what_if = market.what_if(result, rules=Rules(least_score=6_000))
        assert what_if.result.certificate.model == READER.name
        assert {pair.score for pair in what_if.result.solution.pairs} == {10_000}


def test_whom_to_recruit_is_told_by_what_the_model_read():
    crowd = tuple(replace(mentee, topics=(Topic("Tax"),)) for mentee in PROBLEM.mentees)
    market = Market.of(replace(PROBLEM, mentees=crowd, mentors=PROBLEM.mentors[:2], weights=Weights()), READER)
    result = market.solve()
    first, *_ = whom_to_recruit(market, result)
    after = with_recruit(market, first)
    assert after.cohort.reader is READER
    assert after.solve().certificate.placed == result.certificate.placed + 1


TEXTS = ["", "…", "cash flow", "finance", "bread, baking", "export loaves", "abroad"]


@few
@given(problems(most=3), st.data(), st.randoms())
def test_the_best_arrangement_is_found_and_verified_in_any_order_of_people(problem, data, shuffle):
    def writing(people):
        return tuple(replace(person, text=data.draw(st.sampled_from(TEXTS))) for person in people)

    problem = replace(
        problem, mentees=writing(problem.mentees), mentors=writing(problem.mentors), weights=Weights(1, 20)
    )
    market = Market.of(problem, READER)
    result = market.solve()
    verify(problem, result.solution, result.certificate, READER)
    if problem.objective is Objective.PLACE_FIRST:
        quality = [
            sum(market.score(*pair) for pair in pairs)
            for pairs in arrangements(problem)
            if worth(problem, pairs)[:3] == worth(problem, sorted(made(result)))[:3]
        ]
        assert result.certificate.quality == max(quality)
    sides = list(problem.mentees), list(problem.mentors)
    for side in sides:
        shuffle.shuffle(side)
    turned = replace(problem, mentees=tuple(sides[0]), mentors=tuple(sides[1]))
    assert solve(turned, READER) == result


def spelled(texts):
    """Read letters as numbers: means nothing, and is another vector for every text."""
    letters = [[text.count(letter) - 2 for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
    return np.array(letters, dtype=np.float64)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31))
def test_the_compiled_sums_are_those_of_the_plain_loops_and_of_the_forms(seed):
    market = Market.of(replace(cohort(20, 30, seed=seed), weights=Weights(text=90)), Reader("letters", spelled))
    rows = np.arange(20)
    found, plainly = scan.scores(market.plan, rows), np.zeros((20, 30), np.int32)
    plain.scores(market.plan, rows, plainly)
    assert (found == plainly).all()
    some = found[::3, ::3] & (2**20 - 1)
    columns = [person.id for person in market.cohort.mentors][::3]
    expected = [[market.explain(one.id, other).score for other in columns] for one in market.cohort.mentees[::3]]
    assert (some == np.array(expected)).all()


def test_without_compiling_the_result_is_the_same_bit_for_bit():
    script = (
        "from dataclasses import replace\n"
        "from benchmarks.populations import cohort\n"
        "from tests.engine.answers.test_reader import spelled\n"
        "from alongside.engine import Reader, Weights, solve, to_dict\n"
        "import hashlib, json\n"
        "problem = replace(cohort(60, 40), weights=Weights(text=60))\n"
        "found = to_dict(solve(problem, Reader('letters', spelled)))\n"
        "print(hashlib.sha256(json.dumps(found).encode()).hexdigest())"
    )
    answers = {run(script, compiled) for compiled in "01"}
    assert len(answers) == 1


def run(script, compiled):
    environment = {**os.environ, "ALONGSIDE_COMPILED": compiled}
    answer = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, env=environment)
    return answer.stdout
