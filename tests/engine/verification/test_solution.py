from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.engine import Market, Person, Problem, Topic, VerificationError, verify

PROBLEM = Problem(
    (
        Person("ann", topics=(Topic("Tax"),)),
        Person("bob", topics=(Topic("Pricing"),)),
        Person("cat", topics=(Topic("Hiring"),)),
    ),
    (
        Person("fay", topics=(Topic("Pricing"),)),
        Person("liz", topics=(Topic("Tax"),)),
        Person("kim", topics=(Topic("Tax"),), capacity=0),
    ),
)
RESULT = Market.of(PROBLEM).solve()
SOLUTION, CERTIFICATE = RESULT.solution, RESULT.certificate


def with_price(prices, change):
    return ((prices[0][0], prices[0][1] + change), *prices[1:])


def test_an_honest_result_is_verified():
    verify(PROBLEM, SOLUTION, CERTIFICATE)


@pytest.mark.parametrize(
    ("solution", "said"),
    [
        (replace(SOLUTION, pairs=SOLUTION.pairs + SOLUTION.pairs[:1]), "twice"),
        (replace(SOLUTION, pairs=(replace(SOLUTION.pairs[0], score=1), SOLUTION.pairs[1])), "is not 1"),
        (replace(SOLUTION, pairs=(replace(SOLUTION.pairs[0], mentor="kim"), SOLUTION.pairs[1])), "breaks a rule"),
        (replace(SOLUTION, pairs=(replace(SOLUTION.pairs[0], mentor="zoe"), SOLUTION.pairs[1])), "does not know"),
        (replace(SOLUTION, unmatched=()), "without anyone is wrong"),
        (replace(SOLUTION, pairs=SOLUTION.pairs[1:]), "wrong"),
    ],
)
def test_a_solution_that_was_tampered_with_fails(solution, said):
    with pytest.raises(VerificationError, match=said):
        verify(PROBLEM, solution, CERTIFICATE)


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        (replace(CERTIFICATE, fingerprint="0" * 64), "another problem"),
        (replace(CERTIFICATE, placed=3), "not worth what"),
        (replace(CERTIFICATE, quality=CERTIFICATE.quality + 1), "not worth what"),
        (replace(CERTIFICATE, value=CERTIFICATE.value - 1, bound=CERTIFICATE.bound - 1), "not worth what"),
        (replace(CERTIFICATE, bound=CERTIFICATE.bound + 1), "do not add up"),
        (replace(CERTIFICATE, mentee_prices=with_price(CERTIFICATE.mentee_prices, -1)), "could gain more|below"),
        (replace(CERTIFICATE, mentor_prices=with_price(CERTIFICATE.mentor_prices, 1)), "do not add up"),
        (replace(CERTIFICATE, mentor_prices=CERTIFICATE.mentor_prices[1:]), "price everyone"),
    ],
)
def test_a_certificate_that_was_tampered_with_fails(certificate, said):
    with pytest.raises(VerificationError, match=said):
        verify(PROBLEM, SOLUTION, certificate)


def test_a_bound_above_the_value_is_called_unproven():
    gains = with_price(CERTIFICATE.mentee_prices, 5)
    loose = replace(CERTIFICATE, mentee_prices=gains, bound=CERTIFICATE.bound + 5)
    with pytest.raises(VerificationError, match="unproven"):
        verify(PROBLEM, SOLUTION, loose)


def test_a_worse_arrangement_cannot_be_passed_off_as_the_best():
    pairs = {pair.mentee: pair.mentor for pair in SOLUTION.pairs}
    market = Market.of(PROBLEM)
    swapped = market.with_pairs(required=frozenset({("ann", pairs["bob"])})).solve()
    with pytest.raises(VerificationError):
        verify(PROBLEM, swapped.solution, replace(swapped.certificate, fingerprint=CERTIFICATE.fingerprint))
