"""Single words that stand for an answer: a tick, a yes, a rank, how much someone wants a thing."""

from __future__ import annotations

import re


def one_of(choices: str) -> frozenset[str]:
    """Return the words in "yes|no" as a set."""
    return frozenset(choices.split("|"))


YES = one_of(
    "yes|y|x|true|t|1|✓|✔|☑|✅|checked|selected|ticked|tick|on|ok|ydw|ie|oes|yes please|oui|ja|si|sí|•|*|agree"
)
NO = one_of("no|n|false|f|0|unchecked|not selected|off|☐|✗|✘|❌|-|na|nage|non|nein|no thanks|none")
NOTHING = one_of(
    "|-|\u2013|\u2014|n/a|na|n.a.|none|nil|no|nothing|not applicable|no preference|no one|nobody|no-one|anyone|any|.|?"
)

# How strongly an option is wanted, where a grid asks for it.
STRENGTHS = {
    "very important": 1.0, "essential": 1.0, "a lot": 1.0, "high": 1.0, "high priority": 1.0,
    "strongly agree": 1.0,
    "very much": 1.0, "definitely": 1.0, "expert": 1.0, "very confident": 1.0, "urgent": 1.0,
    "must have": 1.0,
    "quite important": 0.75, "important": 0.75, "agree": 0.75, "good": 0.75, "confident": 0.75,
    "should have": 0.75,
    "somewhat important": 0.5, "medium": 0.5, "some": 0.5, "moderate": 0.5, "neutral": 0.5, "maybe": 0.5,
    "fairly important": 0.5, "nice to have": 0.5, "somewhat": 0.5, "possibly": 0.5, "medium priority": 0.5,
    "a little": 0.25, "low": 0.25, "slightly important": 0.25, "low priority": 0.25, "basic": 0.25,
    "not important": 0.0, "not at all": 0.0, "not needed": 0.0, "strongly disagree": 0.0, "disagree": 0.0,
    "none": 0.0, "not relevant": 0.0, "never": 0.0,
}  # fmt: skip

ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5,
    "5th": 5,
    "top": 1, "main": 1, "primary": 1, "secondary": 2,
}  # fmt: skip
RANK_AFTER = re.compile(
    r"\b(?:choice|preference|priority|rank(?:ing)?|need|topic|skill|option|area|goal|help)\s*(?:no\.?"
    r"|number|#)?\s*([1-9])\b",
    re.IGNORECASE,
)
RANK_BEFORE = re.compile(
    r"\b(" + "|".join(ORDINALS) + r")\s+(?:\w+\s+)?(?:choice|preference|priority|need|topic|skill|option|area|goal"
    r"|challenge|expertise)\b",
    re.IGNORECASE,
)


def yes_or_no(cell: str) -> bool | None:
    """Return the answer a cell is, or None where it is neither yes nor no."""
    word = cell.strip().rstrip(".!").casefold()
    return True if word in YES else False if word in NO else None


def says_nothing(cell: str) -> bool:
    """Tell whether a cell is blank or the like of "n/a"."""
    return cell.strip().casefold().rstrip(".") in NOTHING


def weight_of_rank(rank: int) -> float:
    """Return the weight (0 to 1) of a person's first, second, ... choice: 1, 0.8, 0.6, 0.4, then 0.2."""
    return max(0.2, round(1.2 - 0.2 * rank, 2))


def weight_of_mark(cell: str, option: str) -> float | None:
    """Return how much (0 to 1) a cell in the column of `option` says it is wanted, or None where it says
    neither.

    A number from 2 to 20 is a place in the person's ranking; "1" is both a tick and the first place, and as
    much.
    """
    word = cell.strip().rstrip(".!").casefold()
    if not word:
        return 0.0
    answer = yes_or_no(word)
    if answer is not None:
        return float(answer)
    if word in STRENGTHS:
        return STRENGTHS[word]
    if word == option.strip().casefold():
        return 1.0
    if word.isdecimal() and word.isascii() and len(word) < 3 and 2 <= int(word) <= 20:
        return weight_of_rank(int(word))
    return weight_of_rank(ORDINALS[word]) if word in ORDINALS else None


def rank_in(header: str) -> int | None:
    """Return which choice a header asks for: "2nd choice" and "Priority 2" give 2."""
    before, after = RANK_BEFORE.search(header), RANK_AFTER.search(header)
    if before:
        return ORDINALS[before[1].casefold()]
    return int(after[1]) if after else None
