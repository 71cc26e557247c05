"""Email addresses as people type them."""

from __future__ import annotations

import re
import unicodedata

from alongside.sheets.remarks import Remark

LONGEST = 254  # characters in an address that can be delivered to (RFC 5321)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
ANGLED = re.compile(r"<([^<>]*@[^<>]*)>")
LOCAL = re.compile(r"[^\s@,;:<>()\[\]\"\\.]+(?:\.[^\s@,;:<>()\[\]\"\\.]+)*")
DOMAIN = re.compile(r"(?!-)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.[^\W\d_][\w-]{0,61}[^\W_]")
SLIPS = {
    "gmial.com": "gmail.com", "gmai.com": "gmail.com", "gmail.co": "gmail.com", "gmail.con": "gmail.com",
    "gmal.com": "gmail.com", "gnail.com": "gmail.com", "googlemail.co": "googlemail.com",
    "hotmial.com": "hotmail.com", "hotmail.con": "hotmail.com", "hotmai.com": "hotmail.com",
    "hotmial.co.uk": "hotmail.co.uk", "outlok.com": "outlook.com", "outlook.con": "outlook.com",
    "yaho.com": "yahoo.com", "yahoo.con": "yahoo.com", "yahoo.co.ku": "yahoo.co.uk",
    "iclould.com": "icloud.com",
}  # fmt: skip
ENDING_SLIPS = {
    ".con": ".com",
    ".co.ku": ".co.uk",
    ".couk": ".co.uk",
    ".orgg": ".org",
    ".ogr": ".org",
    ".cmo": ".com",
}
LIKE = "Write it like jo@example.org."
NOT_AN_ADDRESS = Remark("email_invalid", f"is not an email address. {LIKE}", "stops")


def read_email(cell: str) -> tuple[str, Remark | None]:
    """Return the address in a cell, in lower case, and what to say about it; "" where there is none.

    "mailto:", "Jo <jo@example.org>", a full stop at the end and spaces round the @ are put right. Of two
    addresses the first is taken.
    """
    text = _tidy(cell)
    if not text:
        return "", Remark("email_missing", f"is no email address. Everyone needs one. {LIKE}", "stops")
    found = [piece for piece in _pieces(text) if is_email(piece)]
    if not found:
        return _joined(text)
    address = found[0].lower()
    if len({piece.lower() for piece in found}) > 1:
        return address, Remark("email_several", f"holds more than one email address. {address} was taken.")
    return address, _slip(address) or _repaired(cell, text, address)


def is_email(text: str) -> bool:
    """Tell whether a text is one address, local part and domain in any script."""
    local, at, domain = text.rpartition("@")
    fits = bool(at) and len(text) <= LONGEST and len(local) <= 64
    return fits and LOCAL.fullmatch(local) is not None and DOMAIN.fullmatch(domain) is not None


def find_emails(text: str) -> list[str]:
    """Return every address in a text, in lower case."""
    return [piece.lower() for piece in _pieces(_tidy(text)) if is_email(piece)]


def _tidy(cell: str) -> str:
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", cell[:2000])).strip()
    text = re.sub(r"^'(?=[=+\-@])", "", text)
    return re.sub(r"\s*@\s*", "@", text)


def _pieces(text: str) -> list[str]:
    """Cut a text where addresses end, angle brackets first."""
    pieces = ANGLED.findall(text) + re.split(r"[\s,;<>()\[\]\"|]+|/(?=\S*@)", ANGLED.sub(" ", text))
    return [re.sub(r"^mailto:", "", piece.strip(), flags=re.IGNORECASE).split("?")[0].strip(".,:'") for piece in pieces]


def _joined(text: str) -> tuple[str, Remark | None]:
    """Try an address with "at" and "dot" written out, or with spaces in it."""
    worded = re.sub(r"\s*[(\[]?\s*\bdot\b\s*[)\]]?\s*", ".", text, flags=re.IGNORECASE)
    worded = re.sub(r"\s*[(\[]\s*at\s*[)\]]\s*|\s+at\s+", "@", worded, flags=re.IGNORECASE)
    for guess in (worded, re.sub(r"\s+", "", text), re.sub(r"\s+", "", worded)):
        if is_email(guess):
            address = guess.lower()
            return address, Remark("email_repaired", f"was read as {address}. Check that it is right.")
    return "", NOT_AN_ADDRESS


def _slip(address: str) -> Remark | None:
    """Return what to say where the part after the @ is a common slip of the fingers."""
    local, _, domain = address.rpartition("@")
    meant = SLIPS.get(domain)
    ending = next((wrong for wrong in ENDING_SLIPS if domain.endswith(wrong)), None)
    if not meant and ending:
        meant = domain.removesuffix(ending) + ENDING_SLIPS[ending]
    return Remark("email_slip", f"may be a slip. Was {local}@{meant} meant?") if meant else None


def _repaired(cell: str, text: str, address: str) -> Remark | None:
    """Say so where the address needed more than trimming or taking out of its brackets."""
    bare = re.sub(r"\(.*?\)", "", text.rpartition("<")[2])
    around = re.search(r"\S\s+@|@\s+\S", cell) or re.search(r"\S\s+\S+@", bare)
    return Remark("email_repaired", f"was read as {address}. Check that it is right.") if around else None
