"""Numbers of people and of miles, in figures or in words."""

from __future__ import annotations

import re

from alongside.sheets.marks import yes_or_no
from alongside.sheets.remarks import Remark

WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50,
    "hundred": 100, "single": 1, "couple": 2, "pair": 2, "both": 2, "un": 1, "dau": 2, "tri": 3, "pedwar": 4,
}  # fmt: skip
NUMBER = re.compile(r"(?<![\w.])(\d{1,6}(?:\.\d{1,4})?)(?![\d])|\b(" + "|".join(WORDS) + r")\b", re.IGNORECASE)
NONE_NOW = re.compile(
    r"\b(?:none|no(?:t| one| capacity| places?| more| longer)?|nobody|full|unavailable|can'?t|cannot"
    r"|paused?|nil)\b",
    re.IGNORECASE,
)
NO_LIMIT = re.compile(
    r"\b(?:as many as|unlimited|no limit|no max\w*|any number|however many|any|lots|many|plenty|whatever"
    r"|flexible|as needed|as required|open)\b",
    re.IGNORECASE,
)
FEW = re.compile(r"\b(?:a few|few|several|some|handful)\b", re.IGNORECASE)
DOUBT = re.compile(r"\b(?:sure|unsure|know|tb[cda]|decide|discuss|varies|depends)\b", re.IGNORECASE)
UNSURE = re.compile(r"\b(?:maybe|perhaps|possibly|might|if needed|at a push|depending|later)\b", re.IGNORECASE)
UP_TO = re.compile(r"\b(?:up to|max\w*|no more than|at most|under|less than|within)\b", re.IGNORECASE)
AS_A_DATE = re.compile(r"\d{4}-(\d\d)-(\d\d)(?: \d\d:\d\d.*)?")
DEFAULT_WITHOUT_LIMIT = 5  # people, for "as many as you need": enough to help, and nobody is flooded
FEW_PEOPLE = 3
MOST_PEOPLE = 1_000  # above which a number is no capacity but a slip
SURPRISING = 20  # people, above which a capacity is asked about

MILE_KM = 1.609344
MILES = re.compile(r"\bm(?:iles?|i)?\b", re.IGNORECASE)
KILOMETRES = re.compile(r"\bk(?:m|ms|ilometres?|ilometers?)\b|(?<=\d)km", re.IGNORECASE)
MINUTES = re.compile(r"\b(?:min(?:ute)?s?|hours?|hrs?)\b", re.IGNORECASE)
ANYWHERE = re.compile(
    r"\b(?:any\w*|no limit|unlimited|nationwide|national|uk[- ]?wide|whole|everywhere|n/?a|no preference)\b",
    re.IGNORECASE,
)
WRITE_NUMBER = "Write a whole number, such as 2."


def read_capacity(cell: str) -> tuple[int | None, str, Remark | None]:
    """Return how many people someone will mentor at once, their own words where they said more, and a remark.

    Of a range the lower number is taken, since that is what the person is sure of; "up to 3" is 3; no limit
    is DEFAULT_WITHOUT_LIMIT; None where the cell does not say.
    """
    text = " ".join(cell.split())[:300]
    if not text:
        return None, "", None
    dated = AS_A_DATE.fullmatch(text)
    if dated:
        lower = min(int(dated[1]), int(dated[2]))
        return (
            lower,
            text,
            Remark("capacity_date", f"looks like a range that was turned into a date. {_taken(lower)}"),
        )
    numbers = find_numbers(text)
    if not numbers:
        return _capacity_in_words(text)
    return _capacity_of(text, numbers)


def _capacity_of(text: str, numbers: list[float]) -> tuple[int | None, str, Remark | None]:
    if re.match(r"\s*[-\u2212]\s*\d", text):
        return None, text, Remark("capacity_unclear", f"is less than none. {WRITE_NUMBER}")
    certain = max(numbers) if UP_TO.search(text) else min(numbers[:2])
    if UNSURE.search(text) and len(numbers) > 1:
        certain = numbers[0]
    taken = int(certain)
    if taken > MOST_PEOPLE:
        return None, text, Remark("capacity_unclear", f"is more people than anybody mentors. {WRITE_NUMBER}")
    if taken > SURPRISING:
        return taken, text, Remark("capacity_large", f"is a lot of people for one mentor. {_taken(taken)}")
    plain = len(numbers) == 1 and certain == taken and not UNSURE.search(text)
    if plain:
        return taken, "", None
    return taken, text, Remark("capacity_range", f"is not one number. {_taken(taken)}")


def _capacity_in_words(text: str) -> tuple[int | None, str, Remark | None]:
    answer = yes_or_no(text)
    if DOUBT.search(text):
        return None, text, Remark("capacity_unclear", f"does not say how many people. {WRITE_NUMBER}")
    if answer:
        return 1, text, Remark("capacity_words", f"does not say how many. {_taken(1)}")
    if NO_LIMIT.search(text) and not re.match(r"not?\b(?! limit| max)", text, re.IGNORECASE):
        taken = DEFAULT_WITHOUT_LIMIT
        return taken, text, Remark("capacity_no_limit", f"sets no limit. {_taken(taken)}")
    if NONE_NOW.search(text) or answer is False:
        return 0, text, None
    if FEW.search(text):
        return FEW_PEOPLE, text, Remark("capacity_words", f"is not a number. {_taken(FEW_PEOPLE)}")
    return None, text, Remark("capacity_unclear", f"does not say how many people. {WRITE_NUMBER}")


def _taken(number: int) -> str:
    return f"It was taken as {number}; change it if that is wrong."


def read_distance(cell: str, header: str = "") -> tuple[float | None, Remark | None]:
    """Return how far someone will travel, in kilometres, and a remark; None where there is no limit or no
    answer.

    A bare number is in the unit of the header, otherwise in miles. Of a range the higher number is the limit.
    """
    text = " ".join(cell.split())[:300]
    numbers = find_numbers(text)
    if not text:
        return None, None
    if numbers and MINUTES.search(text) and not (MILES.search(text) or KILOMETRES.search(text)):
        return None, Remark("distance_time", "is a time, not a distance. Write it like 10 miles.")
    if numbers:
        return _in_kilometres(max(numbers), text, header)
    if ANYWHERE.search(text):
        return None, None
    if yes_or_no(text) is False or re.search(r"\b(?:not|won'?t|can'?t|cannot|home)\b", text, re.IGNORECASE):
        return 0.0, None
    return None, Remark("distance_unclear", "does not say how far. Write it like 10 miles.")


def _in_kilometres(number: float, text: str, header: str) -> tuple[float, Remark | None]:
    said = KILOMETRES.search(text) or MILES.search(text) or KILOMETRES.search(header) or MILES.search(header)
    if KILOMETRES.search(text) or (not MILES.search(text) and KILOMETRES.search(header)):
        return round(number, 1), None
    remark = (
        None
        if said
        else Remark("distance_unit", f"has no unit. It was taken as {number:g} miles, and the column with it.")
    )
    return round(number * MILE_KM, 1), remark


def find_numbers(text: str) -> list[float]:
    """Return the numbers in a text, in figures and in words, in their order.

    "one at a time" is one; "one or two" is one and two; "a" is no number.
    """
    return [float(match[1]) if match[1] else float(WORDS[match[2].casefold()]) for match in NUMBER.finditer(text)]
