"""What may stand in a text that is signed: few marks, and names in braces that are filled in for one mentorship."""

import re
from collections.abc import Iterator

from alongside.datafiles.checking import Remark
from alongside.datafiles.lines import Path

FILLED_IN = (
    "members", "mentees", "mentors", "programme", "organisation", "objective", "areas", "meeting", "meetings",
    "minutes", "rhythm", "until", "own", "contacts", "safeguarding_lead",
)  # fmt: skip
"""The names that are filled in."""
NO_MARKS = re.compile(r"\*\*|__|`|\]\(|^\s*(?:\d+\. |\* |#{3,} )", flags=re.MULTILINE)


def remarks_on(text: str, path: Path, *, names: bool) -> Iterator[Remark]:
    """Yield what would be seen as it stands in a text that is signed.

    :param names: whether names in braces are filled in: in an agreement, and not in a charter.
    """
    for name in dict.fromkeys(re.findall(r"\{(\w*)\}", text)):
        if not names or name not in FILLED_IN:
            known = f" These are: {', '.join(FILLED_IN)}." if names else ""
            yield Remark(path, f"Nothing is filled in for “{{{name}}}”. Write the words themselves.{known}")
    if found := NO_MARKS.search(text):
        words = f"“{found[0].strip()}” is no mark in what is signed: it would be seen as it stands."
        yield Remark(path, f"{words} Write headings with “# ” or “## ”, lists with “- ”, and no other marks.")
