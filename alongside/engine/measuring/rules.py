"""The hard rules: who may be paired at all. Each has a name, forms that judge pairs, and a sentence for people.

What a person has not said restricts nothing, except where a rule is about having said it: the same
organisation, the attributes that must be shared, and what somebody requires of the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from alongside.engine.measuring import forms
from alongside.engine.measuring.cohort import Cohort, Labels, once
from alongside.engine.measuring.criteria import distances
from alongside.engine.measuring.forms import Agreement, Distances, Kinds, Pairs, Times
from alongside.engine.values.people import Person
from alongside.engine.values.requirements import lacking, required_of, values_required
from alongside.engine.values.settings import Rules
from alongside.engine.words import normalised


@dataclass(frozen=True, slots=True)
class HardRule:
    """Name a rule, measure a cohort for it, and say in words why it forbids a pair.

    A rule may need several forms; a pair is allowed where all of them allow it.
    A required pair overrides a rule unless it is `safety`: then nothing does.
    """

    name: str
    measure: Callable[[Cohort, Rules], tuple[forms.Rule, ...]]
    sentence: Callable[[Person, Person, Rules], str]
    safety: bool = False


def hard_rules(rules: Rules) -> tuple[HardRule, ...]:
    """Return the rules in force, safety first, so that the first one broken is the gravest."""
    switched = (
        (True, CLEARED),
        (True, CAPACITY),
        (True, THEMSELVES),
        (True, CONFLICTS),
        (rules.avoid, AVOIDS),
        (True, REQUIRES),
        (rules.former, FORMER),
        (rules.organisation == "same", SAME_ORGANISATION),
        (rules.organisation == "different", DIFFERENT_ORGANISATION),
        (bool(rules.must_share), MUST_SHARE),
        (bool(rules.must_differ), MUST_DIFFER),
        (rules.languages, LANGUAGES),
        (rules.distance, DISTANCE),
        (rules.availability, AVAILABILITY),
        (rules.minimum_seniority_gap is not None, SENIORITY),
    )
    return tuple(rule for on, rule in switched if on)


def measured(cohort: Cohort, rules: Rules) -> dict[str, tuple[forms.Rule, ...]]:
    """Return the forms of each rule in force, by name; a pair is allowed where all of them allow it."""
    return {rule.name: rule.measure(cohort, rules) for rule in hard_rules(rules)}


def _cleared(cohort: Cohort, rules: Rules) -> tuple[Kinds]:
    return (cohort.kinds(attrgetter("cleared"), lambda one, other: float(one and other)),)


def _cleared_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    waiting = " and ".join(str(person) for person in (mentee, mentor) if not person.cleared)
    return f"Not cleared yet: {waiting}. Nobody is matched before every check of the programme is passed."


def _capacity(cohort: Cohort, rules: Rules) -> tuple[Kinds]:
    return (cohort.kinds(lambda person: person.capacity > 0, lambda one, other: float(one and other)),)


def _capacity_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    return f"{mentor} has no free place." if mentor.capacity == 0 else f"{mentee} is not to have a mentor now."


def _themselves(cohort: Cohort, rules: Rules) -> tuple[Pairs]:
    mentors = {mentor.account or mentor.id: mentor.id for mentor in cohort.mentors}
    accounts = ((mentee.id, mentee.account or mentee.id) for mentee in cohort.mentees)
    return (cohort.all_but((mentee, mentors[account]) for mentee, account in accounts if account in mentors),)


def _themselves_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    return f"{mentee} is on both sides, and nobody is their own mentor."


def _conflicts(cohort: Cohort, rules: Rules) -> tuple[Pairs]:
    return (_apart(cohort, attrgetter("conflicts")),)


def _conflicts_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    """Say that there is a conflict, and not who declared it."""
    return f"A conflict of interest is declared between {mentee} and {mentor}."


def _apart(cohort: Cohort, named: Callable[[Person], tuple[str, ...]]) -> Pairs:
    """Keep apart the pairs of whom either names the other."""
    by_mentees = {(mentee.id, other) for mentee in cohort.mentees for other in named(mentee)}
    return cohort.all_but(by_mentees | {(other, mentor.id) for mentor in cohort.mentors for other in named(mentor)})


def _avoids(cohort: Cohort, rules: Rules) -> tuple[Pairs]:
    return (_apart(cohort, attrgetter("avoids")),)


def _avoids_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    return f"One of {mentee} and {mentor} asked not to be paired with the other."


def _requires(cohort: Cohort, rules: Rules) -> tuple[Kinds | Times, ...]:
    """Judge what each side requires of the other, an attribute at a time: few values of each are ever required."""
    of_mentors, of_mentees = _required(cohort.mentees), _required(cohort.mentors)
    return (
        *(cohort.overlap(_wanted(name), _said(name, values)) for name, values in of_mentors.items()),
        *(cohort.overlap(_said(name, values), _wanted(name)) for name, values in of_mentees.items()),
    )


def _required(people: tuple[Person, ...]) -> dict[str, frozenset[str]]:
    """Return every attribute that anybody requires of the other side, with all the values required."""
    asking = [person for person in people if person.requires]
    names = sorted({name for person in asking for name, _ in person.requires})
    return {name: frozenset().union(*(values_required(person, name) for person in asking)) for name in names}


def _wanted(name: str) -> Labels:
    return lambda person: values_required(person, name)


def _said(name: str, values: frozenset[str]) -> Labels:
    """Read what somebody said of an attribute; who said nothing, or nothing that is required, said something else."""

    def said(attributes: tuple[tuple[str, str], ...]) -> frozenset[str]:
        value = normalised(dict(attributes).get(name, ""))
        return frozenset({value if value in values else ""})

    return once("attributes", said)


def _requires_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    for person, other in ((mentee, mentor), (mentor, mentee)):
        if name := lacking(person, other):
            return f"{person} needs {required_of(person, name)}, and {other} has not said so."
    return ""


def _former(cohort: Cohort, rules: Rules) -> tuple[Pairs]:
    return (_apart(cohort, attrgetter("former")),)


def _former_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    return f"{mentee} and {mentor} were paired before, and this programme makes new pairs."


def _same_organisation(cohort: Cohort, rules: Rules) -> tuple[Agreement]:
    return (cohort.agreement(attrgetter("organisation"), same=True),)


def _same_organisation_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    where = f"{mentee} is at {_place_of_work(mentee)} and {mentor} at {_place_of_work(mentor)}"
    return f"{where}, and this programme pairs people from the same organisation."


def _different_organisation(cohort: Cohort, rules: Rules) -> tuple[Agreement]:
    return (cohort.agreement(attrgetter("organisation"), same=False),)


def _different_organisation_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    return f"Both are at {mentee.organisation}, and this programme pairs people from different organisations."


def _place_of_work(person: Person) -> str:
    return person.organisation or "an organisation not named"


def _must_share(cohort: Cohort, rules: Rules) -> tuple[Agreement, ...]:
    return tuple(cohort.agreement(partial(_attribute, name), same=True) for name in rules.must_share)


def _attribute(name: str, person: Person) -> str:
    return person.attribute(name)


def _must_share_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    for name in rules.must_share:
        ours, theirs = mentee.attribute(name), mentor.attribute(name)
        if not ours or not theirs:
            silent = mentee if not ours else mentor
            return f"Both must have the same {name}, and {silent} has not said."
        if normalised(ours) != normalised(theirs):
            return f"Both must have the same {name}: {mentee} has {ours}, {mentor} has {theirs}."
    return ""


def _must_differ(cohort: Cohort, rules: Rules) -> tuple[Agreement, ...]:
    return tuple(cohort.agreement(partial(_attribute, name), same=False) for name in rules.must_differ)


def _must_differ_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    for name in rules.must_differ:
        ours, theirs = mentee.attribute(name), mentor.attribute(name)
        if normalised(ours) and normalised(ours) == normalised(theirs):
            return f"Both have the {name} {ours}, and this programme pairs people who differ in it."
    return ""


def _languages(cohort: Cohort, rules: Rules) -> tuple[Kinds | Times]:
    return (cohort.overlap(once("languages", _casefolded)),)


def _casefolded(labels: frozenset[str]) -> frozenset[str]:
    return frozenset(map(str.casefold, labels))


def _languages_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    return f"No language in common: {_listed(mentee.languages)} and {_listed(mentor.languages)}."


def _distance(cohort: Cohort, rules: Rules) -> tuple[Distances]:
    return (distances(cohort, rules.max_km),)


def _distance_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    limit = min(_limit(mentee, rules), _limit(mentor, rules))
    return f"They live more than {limit:g} km apart, and do not both meet remotely."


def _limit(person: Person, rules: Rules) -> float:
    return rules.max_km if person.max_km is None else person.max_km


def _availability(cohort: Cohort, rules: Rules) -> tuple[Times]:
    return (cohort.free_times,)


def _availability_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    return f"No time in common: {_listed(mentee.availability)} and {_listed(mentor.availability)}."


def _seniority(cohort: Cohort, rules: Rules) -> tuple[Kinds]:
    gap = rules.minimum_seniority_gap or 0
    return (cohort.kinds(attrgetter("seniority"), lambda one, other: float(_is_above(one, other, gap))),)


def _is_above(mentee: int | None, mentor: int | None, gap: int) -> bool:
    return mentee is None or mentor is None or mentor - mentee >= gap


def _seniority_sentence(mentee: Person, mentor: Person, rules: Rules) -> str:
    gap = rules.minimum_seniority_gap
    return (
        f"{mentor} is at level {mentor.seniority} and {mentee} at {mentee.seniority}; the gap must be at least {gap}."
    )


def _listed(labels: frozenset[str]) -> str:
    return ", ".join(sorted(labels))


CLEARED = HardRule("cleared", _cleared, _cleared_sentence, safety=True)
CAPACITY = HardRule("capacity", _capacity, _capacity_sentence, safety=True)
THEMSELVES = HardRule("themselves", _themselves, _themselves_sentence, safety=True)
CONFLICTS = HardRule("conflicts", _conflicts, _conflicts_sentence, safety=True)
AVOIDS = HardRule("avoids", _avoids, _avoids_sentence, safety=True)
REQUIRES = HardRule("requires", _requires, _requires_sentence, safety=True)
FORMER = HardRule("former", _former, _former_sentence)
SAME_ORGANISATION = HardRule("same_organisation", _same_organisation, _same_organisation_sentence)
DIFFERENT_ORGANISATION = HardRule("different_organisation", _different_organisation, _different_organisation_sentence)
MUST_SHARE = HardRule("must_share", _must_share, _must_share_sentence)
MUST_DIFFER = HardRule("must_differ", _must_differ, _must_differ_sentence)
LANGUAGES = HardRule("languages", _languages, _languages_sentence)
DISTANCE = HardRule("distance", _distance, _distance_sentence)
AVAILABILITY = HardRule("availability", _availability, _availability_sentence)
SENIORITY = HardRule("seniority", _seniority, _seniority_sentence)
