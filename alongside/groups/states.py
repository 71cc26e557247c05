"""The lives of a group, until it is a mentorship, and of what one of its people is asked."""

from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class GroupState(StrEnum):
    FORMING = "forming"
    ASKING = "asking"
    BEGUN = "begun"
    DISSOLVED = "dissolved"


G = GroupState
GROUP_LIFECYCLE = Lifecycle(
    Move("ask", frozenset({G.FORMING}), G.ASKING, "Ask them"),
    Move("begin", frozenset({G.ASKING}), G.BEGUN, "Begin"),
    Move("dissolve", frozenset({G.FORMING, G.ASKING}), G.DISSOLVED, "Give it up"),
)
IN_HAND = frozenset({G.FORMING, G.ASKING})


class AskState(StrEnum):
    OFFERED = "offered"
    YES = "yes"
    NO = "no"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


A = AskState
ASK_LIFECYCLE = Lifecycle(
    Move("say_yes", frozenset({A.OFFERED, A.LAPSED}), A.YES, "Yes, I would like to"),
    Move("say_no", frozenset({A.OFFERED, A.LAPSED, A.YES}), A.NO, "Not this time"),
    Move("lapse", frozenset({A.OFFERED}), A.LAPSED, "No answer in time"),
    Move("ask_anew", frozenset({A.OFFERED, A.LAPSED, A.YES}), A.OFFERED, "Ask again"),
    Move("withdraw", frozenset({A.OFFERED, A.YES, A.LAPSED}), A.WITHDRAWN, "No longer needed"),
)
STANDING = frozenset({A.OFFERED, A.YES, A.LAPSED})
"""Where a yes still counts."""
