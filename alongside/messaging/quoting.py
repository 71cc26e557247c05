"""What somebody wrote in an answer, without what they answered and without their signature.

mail-parser-reply finds where quotes and signatures begin. Two of its guesses lose words that people meant, so they are
held back here: an answer written between the quoted lines is kept whole, and a farewell ("Thanks, ...") is only taken
for a signature where nothing but a few short lines follow.
"""

import re

from mailparser_reply.parser import EmailMessage

LONGEST = 40_000
LONGEST_LINE = 500
"""Characters; patterns of the library take the square of a line's length, so longer ones are held out of its sight. Of
many empty lines in a row they take the cube."""
MOST_SIGNED_LINES, MOST_SIGNED = 6, 300
EMPTY_LINES = re.compile(r"\n{3,}")
DELIMITED = re.compile(r"(?:--|__|sent from|get outlook|[-_]{20,})", re.IGNORECASE)
HELD = "\ue000{}\ue001"


def own_words(text: str) -> str:
    """Return what was written in an email, of its text."""
    stripped = "\n".join(line.strip() for line in text[:LONGEST].splitlines())
    lines = EMPTY_LINES.sub("\n\n", stripped).split("\n")
    held = {HELD.format(i): line for i, line in enumerate(lines) if len(line) > LONGEST_LINE}
    marks = {line: mark for mark, line in held.items()}
    words = _cut("\n".join(marks.get(line, line) for line in lines))
    for mark, line in held.items():
        words = words.replace(mark, line)
    return words.strip()


def _cut(text: str) -> str:
    read = EmailMessage(text=text, languages=["en"], keep_hyphen_lists=True).read()  # type: ignore[no-untyped-call]
    answer = read.replies[0]
    words = answer.content
    if answer.headers and words.startswith(answer.headers):
        words = words[len(answer.headers) :]
    whole = _without_signature(read.text, read.replies[-1].signatures)
    if _written_between(whole):
        return whole
    return _without_signature(_unquoted(words), answer.signatures)


def _written_between(text: str) -> bool:
    """Say whether somebody wrote below or between lines that they quoted."""
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = [i for i, line in enumerate(lines) if line.startswith(">")]
    return bool(quoted) and any(not line.startswith(">") for line in lines[quoted[0] :])


def _unquoted(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(">"))


def _without_signature(text: str, signature: str | None) -> str:
    signature = (signature or "").strip()
    if not signature or not text.rstrip().endswith(signature):
        return text
    short = len(signature) <= MOST_SIGNED and len(signature.split("\n")) <= MOST_SIGNED_LINES
    farewell = len(signature.split("\n")[0].split()) <= 3
    if DELIMITED.match(signature) or (short and farewell):
        return text.rstrip()[: -len(signature)]
    return text
