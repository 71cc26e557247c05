"""Own the matching of mentees and mentors: the best pairs for a whole cohort, the reasons, and the proof.

Plain immutable values in and out; nothing here reads a clock, a file of ours, a database or a setting of
Django. Does not own who is asked, in which order, or what people answer: that is `alongside.matching`.
"""

from alongside.engine.answers.changes import Difference, Move, WhatIf, WhyNot
from alongside.engine.answers.explanation import Contribution, Explanation
from alongside.engine.answers.market import Market, UnknownPersonError
from alongside.engine.answers.recruiting import Recruit, whom_to_recruit, with_recruit
from alongside.engine.answers.rematch import Kept, Rematch, Repair, rematch_one
from alongside.engine.answers.shortlists import Shortlists
from alongside.engine.circles.groups import CoveredNeed, Group, GroupMatching, Team, covered_by, mentors_for_groups
from alongside.engine.circles.peers import Peers, Together, pair_peers
from alongside.engine.circles.seating import Circle, Circles, circles
from alongside.engine.evaluation.calibration import Bin, Calibration, Measure, Outcome, calibrate
from alongside.engine.evaluation.equality import Price, QuotasImpossible, cost_of_equality, equal_quotas
from alongside.engine.evaluation.fairness import FairnessReport, Gap, GroupFigures, fairness_report
from alongside.engine.evaluation.intervals import Interval
from alongside.engine.evaluation.suggestion import Suggestion, WeightInterval, suggested_weights
from alongside.engine.limits.assignment import Assignment, solve_assignment
from alongside.engine.measuring.reading import Read, Reader, ReaderError
from alongside.engine.preferences.blocking import blocking_pairs
from alongside.engine.preferences.deferred import deferred_acceptance
from alongside.engine.preferences.stable import StableMatching, match_stably
from alongside.engine.preferences.wishes import StableProblem, StableProblemError, Wishes, wishes_from
from alongside.engine.solving.integer import Goal, Proof
from alongside.engine.solving.standing import LOWEST_UP_TO
from alongside.engine.values.people import Person, Position, Topic
from alongside.engine.values.problem import Problem, ProblemError, TooLargeError
from alongside.engine.values.quotas import Quota
from alongside.engine.values.results import Certificate, FreePlaces, Pair, Result, Solution, Unmatched
from alongside.engine.values.rules_file import (
    RulesFileError,
    read_pairs,
    read_quotas,
    read_rules,
    write_quotas,
    write_rules,
)
from alongside.engine.values.serialisation import SerialisationError, from_dict, to_dict
from alongside.engine.values.settings import Objective, Rules, Settings, SettingsError, Weights
from alongside.engine.verification.solution import VerificationError, verify
from alongside.engine.watch import Stopped, Watch


def solve(problem: Problem, reader: Reader | None = None) -> Result:
    """Find the best pairs for a problem and prove them; `Market` answers more than this one question.

    :param reader: a model that reads people's texts; without one, texts are compared word by word.
    """
    return Market.of(problem, reader).solve()


__all__ = [
    "LOWEST_UP_TO",
    "Assignment",
    "Bin",
    "Calibration",
    "Certificate",
    "Circle",
    "Circles",
    "Contribution",
    "CoveredNeed",
    "Difference",
    "Explanation",
    "FairnessReport",
    "FreePlaces",
    "Gap",
    "Goal",
    "Group",
    "GroupFigures",
    "GroupMatching",
    "Interval",
    "Kept",
    "Market",
    "Measure",
    "Move",
    "Objective",
    "Outcome",
    "Pair",
    "Peers",
    "Person",
    "Position",
    "Price",
    "Problem",
    "ProblemError",
    "Proof",
    "Quota",
    "QuotasImpossible",
    "Read",
    "Reader",
    "ReaderError",
    "Recruit",
    "Rematch",
    "Repair",
    "Result",
    "Rules",
    "RulesFileError",
    "SerialisationError",
    "Settings",
    "SettingsError",
    "Shortlists",
    "Solution",
    "StableMatching",
    "StableProblem",
    "StableProblemError",
    "Stopped",
    "Suggestion",
    "Team",
    "Together",
    "TooLargeError",
    "Topic",
    "UnknownPersonError",
    "Unmatched",
    "VerificationError",
    "Watch",
    "WeightInterval",
    "Weights",
    "WhatIf",
    "WhyNot",
    "Wishes",
    "blocking_pairs",
    "calibrate",
    "circles",
    "cost_of_equality",
    "covered_by",
    "deferred_acceptance",
    "equal_quotas",
    "fairness_report",
    "from_dict",
    "match_stably",
    "mentors_for_groups",
    "pair_peers",
    "read_pairs",
    "read_quotas",
    "read_rules",
    "rematch_one",
    "solve",
    "solve_assignment",
    "suggested_weights",
    "to_dict",
    "verify",
    "whom_to_recruit",
    "wishes_from",
    "with_recruit",
    "write_quotas",
    "write_rules",
]
