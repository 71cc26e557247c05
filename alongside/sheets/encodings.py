"""Turning the bytes of a text file into text, whichever program wrote it."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from alongside.sheets.kinds import not_a_spreadsheet

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 64 * 1024
WESTERN = ("cp1252", "mac_roman", "cp1250")
FURTHER = ["cp1251", "cp1253", "cp932", "gb18030", "big5", "cp949", "cp1255", "cp1256", "koi8_r", "cp1254"]
PUNCTUATION = set("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac£·\xa0°½¼¾«»©®™•")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the name of the encoding it was in.

    Stray NUL characters are dropped; a stray byte in UTF-8 is read as Windows would.

    :raises UnreadableFile: if the bytes are no text
    """
    encoding = _encoding(data)
    text = data.decode(encoding, errors="replace" if encoding != "utf-8" else "alongside-windows")
    if _looks_binary(text[:SAMPLE]):
        raise not_a_spreadsheet("a file of another kind", "Drop the spreadsheet itself: XLSX, XLS, ODS or CSV.")
    return text.replace("\x00", "").removeprefix("\ufeff"), encoding.removesuffix("-sig")


def _encoding(data: bytes) -> str:
    marked = next((name for mark, name in BOMS if data.startswith(mark)), None)
    if marked:
        return marked
    sample = data[:SAMPLE]
    if sample.count(0) > len(sample) // 5:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return "utf-8" if _mostly_utf8(data) else _older(data)


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether well-formed UTF-8 sequences far outnumber the bytes that fit none."""
    wrong = data.decode("utf-8", errors="replace").count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if wrong == 0:
        return True
    return len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", data)) > 4 * wrong


def _older(data: bytes) -> str:
    """Choose among the encodings before UTF-8.

    Western text has its accents singly among plain letters; in other scripts they come in runs, and there the
    statistics of charset-normalizer help, which they do not on a few accented names.
    """
    runs = re.findall(rb"[\x80-\xff]+", data[:SAMPLE]) or re.findall(rb"[\x80-\xff]+", data)
    if sum(map(len, runs)) < 2.2 * len(runs):
        return min(WESTERN, key=lambda name: _oddities(data[:SAMPLE], name))
    best = charset_normalizer.from_bytes(b" ".join(runs)[:4096], cp_isolation=FURTHER).best()
    return best.encoding if best else "cp1252"


def _oddities(sample: bytes, encoding: str) -> int:
    """Count characters that a person would not have typed where they stand, read in `encoding`."""
    text = sample.decode(encoding, errors="replace")
    odd = 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        char, before = match[0], text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        symbol = not char.isalpha() and char not in PUNCTUATION and (before.isalpha() or after.isalpha())
        odd += symbol or (char.isupper() and before.islower()) or char in "\ufffd¤¦"
    return odd


def _looks_binary(text: str) -> bool:
    """Tell whether the text holds more control characters than any person's file."""
    text = text.replace("\x00", "")
    control = sum(1 for char in text if char < " " and char not in "\t\n\r\x0b\x0c")
    lost = text.count("\ufffd") + sum(1 for char in text if "\ud800" <= char <= "\udfff")
    return (control + lost) * 10 > len(text) or (not text and control > 0)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the byte that is no UTF-8 as cp1252, for files pasted together from two programs."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


codecs.register_error("alongside-windows", _as_windows)
