"""Languages people can be mentored in."""

from __future__ import annotations

import re

from alongside.sheets.remarks import Remark

NAMES = (
    "English|Welsh|BSL|Irish|Scottish Gaelic|Scots|Ulster Scots|Cornish|Manx|French|German|Spanish"
    "|Italian|Portuguese|Dutch|Polish|Romanian|Ukrainian|Russian|Lithuanian|Latvian|Estonian|Bulgarian"
    "|Czech|Slovak|Hungarian|Greek|Turkish|Arabic|Hebrew|Persian|Kurdish|Pashto|Dari|Urdu|Hindi|Punjabi"
    "|Gujarati|Bengali|Sylheti|Tamil|Telugu|Malayalam|Kannada|Marathi|Nepali|Sinhala|Chinese|Mandarin"
    "|Cantonese|Japanese|Korean|Vietnamese|Thai|Tagalog|Filipino|Malay|Indonesian|Somali|Swahili|Amharic"
    "|Tigrinya|Yoruba|Igbo|Hausa|Akan|Twi|Zulu|Afrikaans|Shona|Swedish|Norwegian|Danish|Finnish|Icelandic"
    "|Croatian|Serbian|Bosnian|Slovene|Albanian|Macedonian|Armenian|Georgian|Azerbaijani|Kazakh|Catalan"
    "|Basque|Galician|Maltese|Luxembourgish|Makaton|ASL"
)
OTHER_NAMES = {
    "british sign language": "BSL", "british sign language (bsl)": "BSL", "sign language": "BSL",
    "bsl": "BSL",
    "cymraeg": "Welsh", "gymraeg": "Welsh", "saesneg": "English", "gaelic": "Scottish Gaelic", "gàidhlig":
    "Scottish Gaelic", "gaeilge": "Irish", "français": "French", "francais": "French", "deutsch": "German",
    "español": "Spanish", "espanol": "Spanish", "castellano": "Spanish", "italiano": "Italian", "português":
    "Portuguese", "nederlands": "Dutch", "polski": "Polish", "română": "Romanian", "русский": "Russian",
    "українська": "Ukrainian", "العربية": "Arabic", "中文": "Chinese",
    "farsi": "Persian", "panjabi": "Punjabi",
    "bangla": "Bengali", "türkçe": "Turkish", "magyar": "Hungarian", "ελληνικά": "Greek",
    "svenska": "Swedish",
    "en": "English", "cy": "Welsh", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "ro": "Romanian", "uk english": "English",
}  # fmt: skip
KNOWN = {name.casefold(): name for name in NAMES.split("|")} | OTHER_NAMES
QUALIFIED = re.compile(r"\(([^()]*)\)|\b(fluent|native|basic|some|a little|conversational|learning|beginner)\b", re.I)
PARTLY = re.compile(r"\b(?:some|basic|a (?:little|bit)|beginner|learning|learner|limited|rusty|ychydig|gcse)\b", re.I)
FILLER = re.compile(
    r"\b(?:i speak|speaks?|fluent(?:ly)? in|fluent|native|first language|only|languages?|also|in)\b", re.I
)


def read_languages(cell: str) -> tuple[tuple[str, ...], Remark | None]:
    """Return the languages in a cell by their English names, and a remark where some are only partly spoken.

    A language spoken "some" or "basic" is left out where another is spoken well: a mentorship needs one
    language that both can think in.
    """
    spoken: dict[str, bool] = {}
    for piece in re.split(
        r"[,;/&\n|]|\band\b|\ba\b(?= [A-Z])|\+", re.sub(r"\(([^()]*),([^()]*)\)", r"(\1 \2)", cell[:500])
    ):
        name = _name(piece)
        if name:
            spoken[name] = spoken.get(name, False) or not PARTLY.search(piece)
    well = tuple(name for name, fluent in spoken.items() if fluent)
    if well and len(well) < len(spoken):
        partly = " and ".join(name for name, fluent in spoken.items() if not fluent)
        return well, Remark("language_partly", f"says {partly} is only partly spoken, so it was left out.")
    return well or tuple(spoken), None


def is_language(text: str) -> bool:
    """Tell whether a text is the name of a language we know."""
    return text.strip().casefold() in KNOWN


def language_in(header: str) -> str | None:
    """Return the language a question is about: "Do you speak Welsh?" gives "Welsh"."""
    found = [KNOWN[word] for word in re.findall(r"\w+", header.casefold()) if word in KNOWN and len(word) > 2]
    return found[0] if len(set(found)) == 1 else None


def _name(piece: str) -> str:
    bare = " ".join(FILLER.sub(" ", QUALIFIED.sub(" ", piece)).split()).strip(" .:-")
    if not bare or bare.casefold() in {"no", "none", "n/a", "other", "na", "yes", "none other"} or len(bare) > 40:
        return ""
    return KNOWN.get(bare.casefold()) or KNOWN.get(piece.strip().casefold()) or bare
