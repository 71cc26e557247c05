"""Recognising what each column of a table is, by the words of its header and by its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alongside.sheets.contents import Contents, sample
from alongside.sheets.fields import ColumnChoice, Field, Mapping, SpecialCategory, fingerprint, plain
from alongside.sheets.groups import Option, find_options, split_selected
from alongside.sheets.marks import rank_in
from alongside.sheets.remarks import quoted
from alongside.sheets.special import SPECIAL_WORDS
from alongside.sheets.tables import Column, Table
from alongside.sheets.vocabulary import BOOKKEEPING, FIELD_WORDS

# Fields a person has one of: the surest column is taken, the others are kept under their headers.
SINGLE = (
    Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.ORGANISATION, Field.ROLE,
    Field.JOB_TITLE, Field.KIND,
    Field.CAPACITY, Field.SENIORITY, Field.MEETING_MODE, Field.MAX_DISTANCE,
)  # fmt: skip
LISTS = frozenset({Field.NEEDS, Field.EXPERTISE, Field.SECTOR, Field.AVAILABILITY, Field.LANGUAGES, Field.MEETING_MODE})
ANSWERABLE = LISTS | {
    Field.ROLE,
    Field.CAPACITY,
    Field.MAX_DISTANCE,
    Field.ATTRIBUTE,
    Field.IGNORE,
    Field.AVOIDS,
}
SHORT = (Field.NAME, Field.ORGANISATION, Field.PLACE, Field.ROLE, Field.JOB_TITLE, Field.SECTOR, Field.NEEDS,
         Field.EXPERTISE, Field.LANGUAGES, Field.CAPACITY)  # fmt: skip
# Fields that only the whole heading names: a word of it alone would name too much.
WHOLE = frozenset({Field.ROLE, Field.KIND})
GUESSED = "From what is in the cells"
EXAMPLES = 3

Guess = tuple[Field, float, str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column with what is known of it before it is taken for anything."""

    column: Column
    contents: Contents
    option: Option | None

    @property
    def question(self) -> str:
        """The header without the option it stands for."""
        return split_selected(self.option.stem if self.option else self.column.header)


def recognise(table: Table, *, remembered: Mapping | None = None) -> Mapping:
    """Return what each column is taken for, with how sure that is and why.

    Columns that look like special-category data are IGNORE with `special` set. A remembered mapping decides
    for every header it knows.
    """
    samples = [sample([row.cells[column.index] for row in table.rows]) for column in table.columns]
    options = find_options(table.columns, samples)
    seen = [_Seen(column, Contents(samples[column.index]), options.get(column.index)) for column in table.columns]
    choices = _one_of_each([_choose(one) for one in seen])
    if remembered:
        choices = _recalled(choices, remembered)
    return Mapping(tuple(choices), fingerprint(table))


def _choose(seen: _Seen) -> ColumnChoice:
    special, why = _special(seen)
    field, confidence, reason = (Field.IGNORE, 0.9, why) if special else _field(seen)
    header = seen.column.header
    option = seen.option.option if seen.option and (field in LISTS or special) else None
    rank = rank_in(header) if field in {Field.NEEDS, Field.EXPERTISE, Field.SECTOR, Field.PREFERS} else None
    examples = () if special else tuple(dict.fromkeys(cell[:80] for cell in seen.contents.cells))[:EXAMPLES]
    return ColumnChoice(seen.column.index, header, field, option, rank, round(confidence, 2), examples, special, reason)


def _special(seen: _Seen) -> tuple[SpecialCategory | None, str]:
    """Return the special category of a column and the reason, or None.

    An option such as "Health" of a question about needs or sectors is no health data, so there only the
    question counts.
    """
    words = seen.question
    by_words = _special_words(re.sub(r"\([^()]*\)", " ", words))
    harmless = _by_words(words)
    if not by_words and not (harmless and harmless[0] in LISTS):
        by_words = _special_words(seen.column.header)
    if by_words and by_words[0] is SpecialCategory.CONFIDENTIAL:
        by_words = (seen.contents.special() or by_words[0], by_words[1])
    if by_words:
        return by_words[0], f"The heading says {quoted(by_words[1])}. Left out unless you take it in."
    if harmless and harmless[0] in {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL}:
        return None, ""
    by_cells = seen.contents.special()
    return by_cells, "Its answers look personal. Left out unless you take it in." if by_cells else ""


def _special_words(text: str) -> tuple[SpecialCategory, str] | None:
    for category, words in SPECIAL_WORDS:
        found = words.search(text)
        if found:
            return category, found[0]
    return None


def _field(seen: _Seen) -> Guess:
    """Return what a column is taken for when nothing bars it."""
    if not seen.contents.cells and seen.column.header == f"Column {seen.column.letter}":
        return Field.IGNORE, 0.9, "It has no heading and nothing in it."
    if BOOKKEEPING.fullmatch(seen.column.header.strip()) or seen.contents.share(_is_anonymous) > 0.9:
        return Field.IGNORE, 0.9, "The form writes this itself."
    by_words = _by_option(seen.option) if seen.option else _by_words(seen.column.header)
    if by_words:
        return _checked(by_words, seen.contents)
    if rank_in(seen.column.header):
        return Field.NEEDS, 0.5, "The heading asks for choices in order."
    return _by_contents(seen.contents)


def _is_anonymous(cell: str) -> bool:
    return cell.casefold() == "anonymous"


def _by_words(header: str) -> Guess | None:
    """Return the field whose words a header has, the words in brackets counting last."""
    for text in (re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", header), header):
        last = text.rpartition(": ")[2]
        for part in (last, text):
            plainer = re.sub(r"[_]+", " ", part).strip(" ?*:.")
            for field, words, confidence in FIELD_WORDS:
                found = words.fullmatch(plainer) if field in WHOLE else words.search(plainer)
                if found:
                    return field, confidence, f"The heading says {quoted(found[0], 40)}."
    return None


def _by_option(option: Option) -> Guess:
    """Return the field of a column that stands for one option, by its question, else by the option itself."""
    by_question = _by_words(option.stem) if option.stem else None
    if by_question and by_question[0] in LISTS:
        return by_question[0], by_question[1], f"{by_question[2]} One column for each option."
    words = Contents([option.option])
    for field, share in ((Field.AVAILABILITY, words.times), (Field.LANGUAGES, words.languages)):
        if share:
            return field, 0.7, f"One option, {quoted(option.option, 40)}, in each column."
    if by_question:
        return Field.ATTRIBUTE, 0.5, by_question[2]
    return Field.NEEDS, 0.45, f"One option, {quoted(option.option, 40)}, in each column. Check the question."


def _checked(guess: Guess, contents: Contents) -> Guess:
    """Hold a guess from the header against the cells."""
    field, confidence, why = guess
    if not contents.cells:
        return field, confidence * 0.7, f"{why} It has nothing in it."
    if field is Field.EMAIL and max(contents.at_signs, contents.emails) < 0.3:
        return _email_without_addresses(contents, why)
    if field not in ANSWERABLE and contents.answers > 0.9 and contents.distinct < 1:
        return Field.ATTRIBUTE, 0.6, "The cells say yes or no."
    if field in SHORT and contents.prose:
        return Field.TEXT, 0.7, "The cells hold long answers."
    if field is Field.ROLE and contents.roles < 0.3 and contents.answers < 0.3:
        return (Field.JOB_TITLE, 0.6, why) if contents.names < 0.5 else (Field.NAME, 0.6, why)
    if field is Field.NAME and contents.emails > 0.6:
        return Field.EMAIL, 0.9, _share_words(contents.emails, "email addresses")
    return field, min(1.0, confidence + _support(field, contents)), why


def _email_without_addresses(contents: Contents, why: str) -> Guess:
    """Tell a question about emails ("May we email you?") from a column whose addresses are all wrong."""
    if contents.prose or contents.answers > 0.5:
        return Field.ATTRIBUTE, 0.4, "The heading says email, but the cells hold no addresses."
    return Field.EMAIL, 0.4, f"{why} But hardly a cell is an address."


def _support(field: Field, contents: Contents) -> float:
    """Return how much the cells add to a guess."""
    shares = {
        Field.EMAIL: contents.emails,
        Field.PLACE: max(contents.places, contents.postcodes) if field is Field.PLACE else 0.0,
        Field.NAME: contents.names,
        Field.ROLE: contents.roles,
    }
    return 0.1 * shares.get(field, 0.0)


def _by_contents(contents: Contents) -> Guess:
    """Return what the cells alone suggest."""
    if not contents.cells:
        return Field.IGNORE, 0.8, "It has nothing in it."
    tests = (
        (Field.EMAIL, contents.emails, 0.6, "email addresses"),
        (Field.PLACE, contents.postcodes, 0.6, "postcodes"),
        (Field.ROLE, contents.roles, 0.8, "mentor or mentee"),
        (Field.AVAILABILITY, 0.0 if contents.prose else contents.times, 0.8, "days and times"),
        (Field.LANGUAGES, contents.languages, 0.7, "languages"),
        (Field.SENIORITY, contents.grades, 0.7, "grades"),
        (Field.PLACE, contents.places, 0.7, "places"),
    )
    found = next(((field, share, what) for field, share, least, what in tests if share >= least), None)
    if found:
        return found[0], 0.6 * found[1], _share_words(found[1], found[2])
    if contents.names > 0.8 and contents.distinct > 0.8:
        return Field.NAME, 0.5, _share_words(contents.names, "names")
    if contents.prose:
        return Field.TEXT, 0.6, "The cells hold long answers."
    return Field.ATTRIBUTE, 0.3, "Not recognised, so it is kept as it is, under its heading."


def _share_words(share: float, what: str) -> str:
    return f"{GUESSED}: {round(share * 100)}% are {what}."


def _one_of_each(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """Leave each field a person has one of to its surest column."""
    if {Field.FIRST_NAME, Field.LAST_NAME} <= {choice.field for choice in choices}:
        choices = [_set_aside(one, "first and last name") if one.field is Field.NAME else one for one in choices]
    for field in SINGLE:
        rivals = [choice for choice in choices if choice.field is field and choice.option is None]
        if len(rivals) > 1:
            best = max(rivals, key=lambda choice: (choice.confidence, bool(choice.examples), -choice.index))
            choices = [
                one if one.field is not field or one.option or one is best else _set_aside(one, quoted(best.header))
                for one in choices
            ]
    return choices


def _set_aside(choice: ColumnChoice, taken: str) -> ColumnChoice:
    why = f"{taken} was taken for this already, so this is kept under its heading."
    return replace(choice, field=Field.ATTRIBUTE, confidence=0.5, rank=None, why=why[0].upper() + why[1:])


def _recalled(choices: Sequence[ColumnChoice], remembered: Mapping) -> list[ColumnChoice]:
    """Let the remembered mapping decide for every header it knows."""
    known = {plain(choice.header): choice for choice in remembered.columns}
    return [_recall(choice, known.get(plain(choice.header))) for choice in choices]


def _recall(choice: ColumnChoice, known: ColumnChoice | None) -> ColumnChoice:
    if known is None:
        return choice
    special = choice.special or known.special
    return replace(
        choice,
        field=known.field,
        option=known.option,
        rank=known.rank,
        special=special,
        confidence=1.0,
        why="As you chose it last time.",
    )
