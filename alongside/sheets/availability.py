"""When people can meet: words to slots, "mon-am" to "sun-eve"."""

from __future__ import annotations

import re

from alongside.sheets.remarks import Remark

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("am", "pm", "eve")  # before 12, 12 to 18, after 18
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
WEEK, WEEKEND = DAYS[:5], DAYS[5:]

DAY = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?s?"
WELSH_DAYS = {
    "llun": "mon", "mawrth": "tue", "mercher": "wed", "iau": "thu", "gwener": "fri", "sadwrn": "sat",
    "sul": "sun",
}  # fmt: skip
TOKEN = re.compile(
    r"(?P<except>\b(?:not|except|but not|never|apart from|other than|excluding|no|unavailable|can't"
    r"|cannot)\b)"
    r"|(?P<reset>[.;\n]|\bbut\b(?! not))"
    rf"|(?P<range>\b{DAY}\s*(?:-|\u2013|to|through|until)\s*{DAY}\b)"
    r"|(?P<hours>\b(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?)\s*(?:-|\u2013|to|until|till)\s*"
    r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?|noon|midday)(?!\w))"
    r"|(?P<after>\b(?:after|from|past)\s+(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?|noon|midday|lunch|work"
    r"|school)\b)"
    r"|(?P<before>\b(?:before|until|till|by|up to)\s+(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?|noon|midday|lunch"
    r"|work)\b)"
    r"|(?P<always>\b(?:any ?time|any day|always|all week|every day|everyday|daily|whenever|flexible|open"
    r"|all day every"
    r" day|any|all times|unyrhyw)\b)"
    r"|(?P<office>\b(?:office|working|business|school|work) hours\b|\bday ?times?\b|\bduring (?:the )?day\b)"
    r"|(?P<lunch>\blunch(?: ?times?)?(?: breaks?)?\b)"
    r"|(?P<week>\b(?:week ?days?|mid ?week|during the week|working days?|work days?)\b)"
    r"|(?P<weekend>\bweek[- ]?ends?\b)"
    r"|(?P<part>\b(?:mornings?|a\.?m\.?|afternoons?|p\.?m\.?|evenings?|eves?|nights?|bore|prynhawn|nos"
    r"|early|late)\b)"
    r"|(?P<whole>\ball day\b)"
    rf"|(?P<day>\b{DAY}\b|\b(?:llun|mawrth|mercher|iau|gwener|sadwrn|sul)\b)"
    r"|(?P<date>\b\d{1,2}(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
JOINED = re.compile(r"[,/&+]|\b(?:and|or|a|neu)\b", re.I)
NOT_READ = Remark(
    "availability_unclear",
    "was not understood as times. Write it like Monday mornings, weekday evenings or any time.",
)
HOUR = re.compile(r"(\d{1,2})(?:[:.]\d\d)?\s*(am|pm)?|noon|midday|lunch|work|school", re.IGNORECASE)


def read_availability(cell: str) -> tuple[tuple[str, ...], Remark | None]:
    """Return the slots a cell names, in the order of the week, and a remark where it names none.

    A plural day stands alone and a singular one waits for its part: "Mondays and Thursday mornings" is all of
    Monday and the morning of Thursday; "Monday and Thursday mornings" is two mornings. A day without a part
    is the whole day, and a part without a day is that part of all seven.
    """
    text = " ".join(cell[:500].replace("\n", ";").replace("\u2019", "'").split())
    if not text:
        return (), None
    reader = _Reader()
    text = re.sub(r"\b(mon|tue|wed|thu|fri|sat|sun)-(am|pm|eve)\b", r"\1 \2", text, flags=re.I)
    text = re.sub(r"\bweek ?nights?\b", "weekday evenings", text, flags=re.I)
    end = 0
    for match in TOKEN.finditer(text):
        reader.joined = JOINED.search(text, end, match.start()) is not None
        reader.take(str(match.lastgroup), match[0].casefold())
        end = match.end()
    slots = reader.slots()
    if not slots and not re.fullmatch(r"(?i)(?:none|n/?a|no|-|not available.*|unavailable.*)\.?", text):
        return (), NOT_READ
    return slots, None


class _Reader:
    """Takes the words of a cell one by one, keeping the days that still wait for a part of the day."""

    def __init__(self) -> None:
        self.chosen: set[str] = set()
        self.barred: set[str] = set()
        self.waiting: list[str] = []
        self.parts: list[str] = []
        self.plural = False
        self.negative = False
        self.only_barred = True
        self.joined = False

    def take(self, kind: str, word: str) -> None:
        if kind in {"except", "reset"}:
            self.settle()
            self.negative = kind == "except"
        elif kind == "always":
            self.settle()
            self._put(DAYS, PARTS)
        elif kind == "whole":
            self.parts = list(PARTS)
        elif kind in {"day", "range", "week", "weekend"}:
            self._take_days(kind, word)
        elif kind != "date":
            self.parts += _parts_of(kind, word)
            self.plural = False
            if kind == "office" and not self.waiting:
                self.waiting = list(WEEK)

    def _take_days(self, kind: str, word: str) -> None:
        part_leads = self.parts and not self.waiting and not self.joined
        if (self.parts or self.plural) and not part_leads:
            self.settle()
        self.waiting += _days_of(kind, word)
        self.plural = kind == "day" and word.endswith("s") and len(word) > 5

    def settle(self) -> None:
        """Put down what has been gathered: the waiting days with their parts."""
        if self.waiting or self.parts:
            self._put(self.waiting or DAYS, self.parts or PARTS)
        self.waiting, self.parts, self.plural = [], [], False

    def _put(self, days: list[str] | tuple[str, ...], parts: list[str] | tuple[str, ...]) -> None:
        slots = {f"{day}-{part}" for day in days for part in parts}
        if self.negative:
            self.barred |= slots
        else:
            self.chosen |= slots
            self.only_barred = False

    def slots(self) -> tuple[str, ...]:
        self.settle()
        if self.barred and self.only_barred:
            self.chosen = set(SLOTS)
        return tuple(slot for slot in SLOTS if slot in self.chosen - self.barred)


def _days_of(kind: str, word: str) -> list[str]:
    if kind == "week":
        return list(WEEK)
    if kind == "weekend":
        return list(WEEKEND)
    named = [_day(name) for name in re.findall(DAY, word, re.IGNORECASE)] or [_day(word)]
    if kind == "range":
        first, last = DAYS.index(named[0]), DAYS.index(named[-1])
        return list(DAYS[first : last + 1] if first <= last else DAYS[first:] + DAYS[: last + 1])
    return named


def _day(word: str) -> str:
    return WELSH_DAYS.get(word, word[:3])


def _parts_of(kind: str, word: str) -> list[str]:
    """Return the parts of the day a phrase covers."""
    if kind == "office":
        return ["am", "pm"]
    if kind == "lunch":
        return ["pm"]
    if kind in {"hours", "after", "before"}:
        return _parts_between(*_hours(kind, word))
    first = word.replace(".", "")[:2]
    return {"mo": ["am"], "am": ["am"], "bo": ["am"], "af": ["pm"], "pm": ["pm"], "pr": ["pm"]}.get(first) or (
        [] if word in {"early", "late"} else ["eve"]
    )


def _hours(kind: str, word: str) -> tuple[float, float]:
    """Return the first and last hour (0 to 24) of "9-5", "after 6pm" or "before noon"."""
    found = list(HOUR.finditer(word))
    hours = [_hour(match[0], match[1], match[2]) for match in found]
    if kind == "after":
        return hours[0] if hours[0] >= 8 else hours[0] + 12, 24
    if kind == "before":
        return 0, hours[0]
    start, end = hours[0], hours[-1]
    if found[-1][2] == "pm" and found[0][1] and not found[0][2] and start + 12 < end:
        start += 12
    end = end + 12 if end <= start and end <= 12 else end
    return (start + 12, end + 12) if start < 7 and end < 12 and "am" not in word else (start, end)


def _hour(text: str, figure: str | None, half: str | None) -> float:
    if figure is None:
        return {"work": 18.0, "school": 15.0}.get(text, 12.0)
    hour = float(figure)
    if half == "pm" and hour < 12:
        return hour + 12
    return 0.0 if half == "am" and hour == 12 else hour


def _parts_between(start: float, end: float) -> list[str]:
    edges = {"am": (0, 12), "pm": (12, 18), "eve": (18, 24)}
    return [part for part, (first, last) in edges.items() if start < last and end > first]
