"""Own the matching of mentees and mentors: the best pairs for a whole cohort, the reasons, and the proof.

Plain immutable values in and out; nothing here reads a clock, a file of ours, a database or a setting of
Django. Does not own who is asked, in which order, or what people answer: that is `alongside.matching`.
"""

from alongside.engine.assignment import Assignment, solve_assignment
from alongside.engine.changes import Difference, Move, WhatIf, WhyNot
from alongside.engine.explanation import Contribution, Explanation
from alongside.engine.market import Market, UnknownPersonError
from alongside.engine.people import Person, Position, Topic
from alongside.engine.problem import Problem, ProblemError
from alongside.engine.quotas import Quota
from alongside.engine.results import Certificate, FreePlaces, Pair, Result, Solution, Unmatched
from alongside.engine.rules_file import RulesFileError, read_pairs, read_quotas, read_rules, write_quotas, write_rules
from alongside.engine.serialisation import SerialisationError, from_dict, to_dict
from alongside.engine.settings import Objective, Rules, Settings, SettingsError, Weights
from alongside.engine.verification import VerificationError, verify


def solve(problem: Problem) -> Result:
    """Find the best pairs for a problem and prove them; `Market` answers more than this one question."""
    return Market.of(problem).solve()


__all__ = [
    "Assignment",
    "Certificate",
    "Contribution",
    "Difference",
    "Explanation",
    "FreePlaces",
    "Market",
    "Move",
    "Objective",
    "Pair",
    "Person",
    "Position",
    "Problem",
    "ProblemError",
    "Quota",
    "Result",
    "Rules",
    "RulesFileError",
    "SerialisationError",
    "Settings",
    "SettingsError",
    "Solution",
    "Topic",
    "UnknownPersonError",
    "Unmatched",
    "VerificationError",
    "Weights",
    "WhatIf",
    "WhyNot",
    "from_dict",
    "read_pairs",
    "read_quotas",
    "read_rules",
    "solve",
    "solve_assignment",
    "to_dict",
    "verify",
    "write_quotas",
    "write_rules",
]
