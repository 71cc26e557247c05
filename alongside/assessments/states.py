from enum import StrEnum

from django.db import models

from alongside.kernel.lifecycle import Lifecycle, Move


class AssessmentState(StrEnum):
    SELF_ASSESSING = "self_assessing"
    SENT = "sent"
    WITH_ASSESSORS = "with_assessors"
    MODERATION = "moderation"
    DECIDED = "decided"
    APPEALED = "appealed"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


S = AssessmentState
BEING_JUDGED = frozenset({S.SENT, S.WITH_ASSESSORS, S.MODERATION, S.APPEALED})
"""While somebody judges by it, evidence is added and never taken away."""
IN_HAND = frozenset({S.SELF_ASSESSING, S.SENT, S.WITH_ASSESSORS, S.MODERATION})
"""An organisation has one of a standard in hand at a time."""
RUNNING = frozenset({*IN_HAND, S.DECIDED, S.APPEALED})

LIFE: Lifecycle[AssessmentState] = Lifecycle(
    Move("send", frozenset({S.SELF_ASSESSING}), S.SENT, "Send it to the network"),
    Move("send_back", frozenset({S.SENT}), S.SELF_ASSESSING, "Ask for more before anybody scores it"),
    Move("hand_over", frozenset({S.SENT}), S.WITH_ASSESSORS, "Give it to two assessors"),
    Move("all_scored", frozenset({S.WITH_ASSESSORS}), S.MODERATION, "Both have handed in"),
    Move("decide", frozenset({S.MODERATION, S.APPEALED}), S.DECIDED, "Decide"),
    Move("appeal", frozenset({S.DECIDED}), S.APPEALED, "Appeal"),
    Move("lapse", frozenset({S.DECIDED}), S.LAPSED, "It no longer holds"),
    Move("replace", frozenset({S.DECIDED}), S.REPLACED, "A later one holds instead"),
    Move("withdraw", IN_HAND, S.WITHDRAWN, "Withdraw it"),
)


class AssessorState(StrEnum):
    ASKED = "asked"
    SCORING = "scoring"
    HANDED_IN = "handed_in"
    IN_CONFLICT = "in_conflict"
    RELEASED = "released"


A = AssessorState
AT_WORK = frozenset({A.ASKED, A.SCORING, A.HANDED_IN})
ASSESSORS = 2

ASSESSOR_LIFE: Lifecycle[AssessorState] = Lifecycle(
    Move("declare_none", frozenset({A.ASKED}), A.SCORING, "I have no conflict of interest"),
    Move("declare_conflict", frozenset({A.ASKED, A.SCORING}), A.IN_CONFLICT, "I have a conflict of interest"),
    Move("hand_in", frozenset({A.SCORING}), A.HANDED_IN, "Hand in my scores"),
    Move("release", frozenset({A.ASKED, A.SCORING}), A.RELEASED, "Ask somebody else"),
)


class Outcome(models.TextChoices):
    """What an assessment came to."""

    ASSESSED = "assessed", "Assessed"
    CONDITIONAL = "conditional", "Assessed, with conditions"
    VISIBLE = "visible", "Visible, not assessed"


class Due(StrEnum):
    """What falls due in the life of an assessment."""

    FINISH = "finish"
    APPOINT = "appoint"
    SCORE_SOON = "score_soon"
    SCORE = "score"
    MODERATE = "moderate"
    ANSWER_APPEAL = "answer_appeal"
    CONDITIONS_SOON = "conditions_soon"
    DECLARE_SOON = "declare_soon"
    DECLARE = "declare"
    NOT_DECLARED = "not_declared"
    AGAIN_SOON = "again_soon"
    RUNS_OUT = "runs_out"
