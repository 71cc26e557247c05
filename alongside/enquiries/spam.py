"""What makes an enquiry doubtful. Nothing is refused for it: a steward looks, and lets it through or not.

Plain functions over what was written; how often the same was written is asked of the table.
"""

import hashlib
import re

from alongside.enquiries.states import Doubt

LINK = re.compile(
    r"https?://|www\.|\[url|<a\s|\b[\w-]+\.(?:ru|cn|top|xyz|click|info|biz|shop|online|site)/", re.IGNORECASE
)
MOST_LINKS = 2
"""A website of one's own, and a page on it, are what people write."""
SAME_WORDS = 5
"""To how many others the same words went in a week, before somebody looks."""
SHORT = 40
"""Letters under which words are alike by chance: "I need a mentor, please"."""


def fingerprint_of(words: str) -> str:
    """Return what two texts of the same letters and figures share; "" for those that are alike by chance."""
    plain = re.sub(r"\W+", "", words.casefold())
    return hashlib.sha256(plain.encode()).hexdigest()[:16] if len(plain) >= SHORT else ""


def doubt_in(*, name: str, words: str, trap: str, same: int) -> Doubt:
    """Return what is doubtful, the gravest first.

    :param trap: what stood in the field that nobody sees.
    :param same: to how many others the same words went in the last days.
    """
    if trap:
        return Doubt.TRAP
    if LINK.search(name) or len(LINK.findall(words)) > MOST_LINKS:
        return Doubt.LINKS
    return Doubt.SAME_WORDS if same >= SAME_WORDS else Doubt.NONE
