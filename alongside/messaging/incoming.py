"""An email as it comes in, read with the standard library: who sent it, what they wrote, what is with it.

Whatever bytes come, either this reads them or says that it cannot.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import PurePath

import nh3

from alongside.messaging.quoting import own_words

UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)
"""What the email package raises on broken headers and bodies; unicode and base64 errors are ValueErrors."""
MOST_PARTS = 200
LONGEST_TEXT = 500_000
LONGEST_FILE_NAME = 150
BLOCKS = {"p", "div", "br", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"}
SPACE = re.compile(r"\s+")
ANY_TAG = re.compile(r"<[^<>]*>")
MOST_TAGS = 5_000
"""Cleaning takes the square of how deep tags are nested; a page of more tags than these is no letter."""

AUTOMATIC_SENDERS = ("mailer-daemon@", "postmaster@", "no-reply@", "noreply@")
SIGNS_OF_MACHINES = ("X-Autoreply", "X-Autorespond", "List-Id")
UNSAFE_CHARSETS = {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"}
"""Encodings of Python that are none of letters, or take the square of the length."""


class NotAnEmail(ValueError):
    """Say that some bytes cannot be read as an email."""

    def __init__(self) -> None:
        super().__init__("This email cannot be read. Send it as plain text, or answer on the page of your mentorship.")


@dataclass(frozen=True)
class Incoming:
    """An email that was read. ``name`` is its Message-ID; where it has none, a digest of all of it."""

    name: str
    sender: str
    text: str
    files: list[tuple[str, bytes]] = field(default_factory=list)
    calendar_reply: str = ""
    is_automatic: bool = False


def read_email(raw: bytes) -> Incoming:
    """Read an email.

    :raises NotAnEmail: if it cannot be read.
    """
    try:
        return _read(message_from_bytes(raw, policy=policy.default), raw)
    except UNREADABLE as error:
        raise NotAnEmail from error


def _read(message: EmailMessage, raw: bytes) -> Incoming:
    parts = list(_parts(message))
    return Incoming(
        name=_header(message, "Message-ID") or sha256(raw).hexdigest(),
        sender=_sender(message),
        text=own_words(_text(parts)),
        files=[(_file_name(part), _content(part)) for part in parts if _is_file(part)],
        calendar_reply=next((_decoded(part) for part in parts if _answers_an_invitation(part)), ""),
        is_automatic=_is_automatic(message),
    )


def _parts(message: EmailMessage) -> Iterator[Message]:
    """Yield what an email is made of, without what other emails within it are made of."""
    waiting: list[Message] = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(part.get_payload()))  # type: ignore[arg-type]
        elif not part.is_multipart():
            yield part


def _sender(message: EmailMessage) -> str:
    """Return the one address an email is from, in small letters; "" where it names none, or several."""
    addresses = [address for _, address in getaddresses([_header(message, "From")]) if "@" in address]
    return clean(addresses[0]).strip().lower() if len(addresses) == 1 else ""


def _is_automatic(message: EmailMessage) -> bool:
    """Say whether a machine wrote it (RFC 3834, and what was usual before): such an email is never answered."""
    submitted = _header(message, "Auto-Submitted").lower()
    precedence = _header(message, "Precedence").lower()
    return (
        submitted not in {"", "no"}
        or precedence in {"bulk", "junk", "list", "auto_reply"}
        or any(sign in message for sign in SIGNS_OF_MACHINES)
        or _header(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
        or _sender(message).startswith(AUTOMATIC_SENDERS)
    )


def _text(parts: list[Message]) -> str:
    """Return what is written in an email: as plain text, or made of its HTML."""
    plain = [part for part in parts if part.get_content_type() == "text/plain" and not _is_file(part)]
    if any(_decoded(part).strip() for part in plain):
        return "\n".join(_decoded(part) for part in plain)
    html = [part for part in parts if part.get_content_type() == "text/html" and not _is_file(part)]
    return "\n".join(text_of(_decoded(part)) for part in html)


def text_of(html: str) -> str:
    """Return the words of a page, a line for each of its blocks, quotes set off by "> "."""
    if html.count("<") > MOST_TAGS:
        return unescape(ANY_TAG.sub("\n", html))
    walker = _Words()
    walker.feed(nh3.clean(html, tags=BLOCKS | {"blockquote"}, attributes={}))
    walker.close()
    return walker.text()


class _Words(HTMLParser):
    """Collect words from HTML that was cleaned before."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.lines, self.words = 0, [""], ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in BLOCKS | {"blockquote"}:
            self._end_line(always=tag == "br")
        self.depth += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS | {"blockquote"}:
            self._end_line(always=tag == "p")
        self.depth -= tag == "blockquote"

    def handle_data(self, data: str) -> None:
        self.words += SPACE.sub(" ", data)

    def text(self) -> str:
        self._end_line()
        return "\n".join(self.lines).strip("\n")

    def _end_line(self, *, always: bool = False) -> None:
        words = self.words.strip()
        if words or always:
            self.lines.append("> " * min(max(self.depth, 0), 5) + words)
        self.words = ""


def _is_file(part: Message) -> bool:
    """Say whether a part was attached: pictures in a signature have a Content-ID, by which its HTML shows them."""
    if part.get_content_type() in {"text/calendar", "message/delivery-status"}:
        return False
    if part.get_content_disposition() == "attachment":
        return True
    return bool(part.get_filename()) and "Content-ID" not in part


def _answers_an_invitation(part: Message) -> bool:
    method = part.get_param("method", "")
    return part.get_content_type() == "text/calendar" and str(method).upper() in {"REPLY", "COUNTER"}


def _file_name(part: Message) -> str:
    name = clean(part.get_filename() or "").replace("\n", " ")
    return PurePath(name.replace("\\", "/")).name[-LONGEST_FILE_NAME:] or "file"


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: Message) -> str:
    content = _content(part)[:LONGEST_TEXT]
    charset = str(part.get_content_charset("utf-8")).replace("_", "-").lower()
    try:
        return clean(content.decode("utf-8" if charset in UNSAFE_CHARSETS else charset, "replace"))
    except (LookupError, ValueError):
        return clean(content.decode("utf-8", "replace"))


def clean(text: str) -> str:
    """Return text without characters that no person types, and that a database or a page cannot hold."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(sign for sign in whole if (sign >= " " and sign != "\x7f") or sign in "\n\r\t")


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean(str(message.get(name, ""))).strip()
    except UNREADABLE:
        return ""
