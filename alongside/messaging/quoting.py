"""What somebody wrote in an answer, without what they answered and without their signature.

mail-parser-reply finds where quotes and signatures begin, in the languages mail programs write them in. Some of its
guesses lose words that people meant, so they are held back here: an answer written between the quoted lines is kept
whole, a farewell ("Thanks, ...") is only taken for a signature where nothing but a few short lines follow, and in other
languages than English only where it is more than one word ("Tak" begins "Takings"); the head of a quoted email
("Von: ...") begins with who wrote it. Where our own line stands (:data:`MARKER`), it is known without any guessing.
"""

import re
from functools import cache

from mailparser_reply.constants import GENERIC_MAIL_SEPARATOR, MAIL_LANGUAGES
from mailparser_reply.parser import EmailMessage

MARKER = "Write your answer above this line"
"""Stands on top of every email of ours that can be answered."""
MARKED = re.compile(rf"^[^\w\n]*{MARKER}[^\w\n]*$", re.IGNORECASE | re.MULTILINE)
LEFT_OVER = re.compile(r"\n[^\n]*(?:\n[^\n]+)?[@<][^\n]*:\s*\Z")
"""What a mail program writes above a quote in a language nobody here knows, with an address in it and a colon."""

LONGEST = 40_000
LONGEST_LINE = 500
"""Characters; patterns of the library take the square of a line's length, so longer ones are held out of its sight. Of
many empty lines in a row they take the cube."""
MOST_SIGNED_LINES, MOST_SIGNED = 6, 300
EMPTY_LINES = re.compile(r"\n{3,}")
OTHERS = {name: words for name, words in MAIL_LANGUAGES.items() if name not in {"en", "ja", "david"}}
SENT_FROM = "|".join(words["sent_from"] for words in MAIL_LANGUAGES.values() if words.get("sent_from"))
DELIMITED = re.compile(rf"(?:--|__|{SENT_FROM}|[-_]{{20,}})", re.IGNORECASE)
WRITERS = r"(?:Von|Od|Fra|De|Da|Van|Från|보낸\s?사람|发件人)"
TWO_WORDS = re.compile(r"^[^(]*\w \w[^(]*$")
AT_LEAST_TWO = ("{1,}", "{2,}")
WROTE = r"^((?:> ?)*(?:El\s[^\n]+\sescribió:|Op\s[^\n]+\sschreef\s[^\n]+:))$"
"""What the library misses: Spanish with one space, Dutch with the name at the end."""
HELD = "\ue000{}\ue001"


def own_words(text: str) -> str:
    """Return what was written in an email, of its text."""
    return MARKED.sub("", _own_words(_above_our_line(text[:LONGEST]))).strip()


def _above_our_line(text: str) -> str:
    """Return what stands above our line; all of it where there is none, or where somebody wrote between the quotes."""
    marked = MARKED.search(text)
    if marked is None or _written_between(text):
        return text
    return LEFT_OVER.sub("\n", text[: marked.start()])


def _own_words(text: str) -> str:
    stripped = "\n".join(line.strip() for line in text.splitlines())
    lines = EMPTY_LINES.sub("\n\n", stripped).split("\n")
    held = {HELD.format(i): line for i, line in enumerate(lines) if len(line) > LONGEST_LINE}
    marks = {line: mark for mark, line in held.items()}
    words = _cut("\n".join(marks.get(line, line) for line in lines))
    for mark, line in held.items():
        words = words.replace(mark, line)
    return words.strip()


def _cut(text: str) -> str:
    headers, signatures = _patterns()
    email = EmailMessage(
        text=text, languages=["en"], keep_hyphen_lists=True, _header_regex=headers, _signature_regex=signatures
    )
    read = email.read()  # type: ignore[no-untyped-call]
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


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return where quotes and where signatures begin, as the library writes it for English, and for other languages."""
    english = EmailMessage(text="", languages=["en"], keep_hyphen_lists=True)
    wrote = [words["wrote_header"] for words in MAIL_LANGUAGES.values() if "wrote_header" in words]
    heads = [rf"(?=[\s>* ]*{WRITERS} ?:)" + words["from_header"].replace(*AT_LEAST_TWO) for words in OTHERS.values()]
    head = MAIL_LANGUAGES["en"]["from_header"]
    headers = "|".join([*wrote, WROTE, head, *heads, f"({GENERIC_MAIL_SEPARATOR})"])
    farewells = [word for words in OTHERS.values() for word in words.get("signatures", []) if TWO_WORDS.search(word)]
    sent = rf"\s*^(?:{SENT_FROM}) ?[\w.<>:/ ]*$"
    signatures = rf"{english.SIGNATURE_REGEX.pattern}|(?:{sent}|(?<!\A)^(?:{'|'.join(farewells)}))(?:.|\s)*"
    flags = re.MULTILINE | re.IGNORECASE
    return re.compile(headers, flags), re.compile(signatures, flags)
