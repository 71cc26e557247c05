"""A long questionnaire one page after the other: where somebody is, what comes next, and what they have said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from alongside.questionnaires.answering import shown_items
from alongside.questionnaires.definition import Answers, Definition, Question
from alongside.questionnaires.items import NOT_ASKED, AnyItem, Explanation, Section
from alongside.questionnaires.wording import in_words


@dataclass(frozen=True)
class Page:
    """A page on somebody's way.

    ``place`` is where it stands among all pages, from 1, and stays the same whatever is skipped; ``number`` is the how
    many-th it is of those they come by. ``questions`` are those that are asked of them; ``missing`` the ids of those
    that must still be answered, and ``untouched`` says that none is answered. ``title`` says which page of its section
    it is, where that has several; ``heading`` is the title where it goes on with a section that began before.
    """

    place: int
    number: int
    title: str
    heading: str
    items: tuple[AnyItem, ...]
    questions: tuple[Question, ...]
    missing: tuple[str, ...]
    untouched: bool


class Walk:
    """The pages of a questionnaire for somebody who has answered so much. Pages with nothing to ask are skipped.

    :param definition: in the language of the reader.
    """

    def __init__(self, definition: Definition, answers: Answers) -> None:
        self.definition, self.answers = definition, answers
        self.asked = {item.id for item in shown_items(definition, answers)}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Those they come by."""
        found: list[Page] = []
        place = 0
        for part in self.definition.parts:
            there = [(n, items) for n, items in enumerate(part, place + 1) if self._is_there(items)]
            for nth, (n, items) in enumerate(there, 1):
                title = self._title(part, nth, len(there))
                continues = items is not part[0] and isinstance(part[0][0], Section)
                found.append(self._page(n, len(found) + 1, title, items, heading=title if continues else ""))
            place += len(part)
        return tuple(found)

    def at(self, place: int) -> Page | None:
        """Return a page by its place; None where it is skipped, or is none."""
        return next((page for page in self.pages if page.place == place), None)

    def after(self, place: int) -> Page | None:
        """Return the page that comes next; None where the answers are to be checked."""
        return next((page for page in self.pages if page.place > place), None)

    def before(self, place: int) -> Page | None:
        """Return the page before; None at the first."""
        return next((page for page in reversed(self.pages) if page.place < place), None)

    @property
    def incomplete(self) -> Page | None:
        """The first page with something that must still be answered."""
        return next((page for page in self.pages if page.missing), None)

    @property
    def resumed(self) -> Page | None:
        """The page on which to go on: the first on which something must be answered, or nothing is; None for the check.

        Somebody who has answered nothing begins at the beginning.
        """
        return next((page for page in self.pages if page.missing or (page.questions and page.untouched)), None)

    def places_new_since(self, earlier: "Walk") -> list[int]:
        """Return the places of the pages that ask something they did not ask ``earlier`` and that has no answer."""
        new = self.asked - earlier.asked
        return [page.place for page in self.pages if any(self._is_new(each, new) for each in page.questions)]

    def sections(self) -> list[dict[str, Any]]:
        """Return what was asked and answered, page by page, in words, as `components/walk_check.html` shows it."""
        return [
            {"title": page.title, "place": page.place, "facts": list(self._facts(page))}
            for page in self.pages
            if page.questions
        ]

    def _facts(self, page: Page) -> Iterator[dict[str, Any]]:
        """Yield each question with its answer; above the first statement of a matrix stands what all begin with."""
        before = None
        for question in page.questions:
            stem = question.item.text if question.row and question.item is not before else ""
            value = in_words(question, self.answers)
            yield {"id": question.item.id, "stem": stem, "term": question.text, "value": value}
            before = question.item

    def _is_new(self, question: Question, new: set[str]) -> bool:
        return question.item.id in new and question.id not in self.answers

    def _is_there(self, items: Sequence[AnyItem]) -> bool:
        """Say whether a page asks something; or tells something, where it is not there to ask at all."""
        if any(not isinstance(item, NOT_ASKED) for item in items):
            return any(item.id in self.asked for item in items if not isinstance(item, NOT_ASKED))
        return any(isinstance(item, Explanation) and item.id in self.asked for item in items)

    def _title(self, part: Sequence[tuple[AnyItem, ...]], nth: int, of: int) -> str:
        first = part[0][0]
        words = first.text if isinstance(first, Section) else self.definition.title
        return words if of == 1 else _("%(title)s (%(nth)s of %(all)s)") % {"title": words, "nth": nth, "all": of}

    def _page(self, place: int, number: int, title: str, items: tuple[AnyItem, ...], *, heading: str) -> Page:
        asked = [item for item in items if item.id in self.asked]
        questions = tuple(question for item in asked for question in self.definition.of_item[item.id])
        open_ = [question for question in questions if question.id not in self.answers]
        missing = tuple(question.id for question in open_ if question.item.required)
        return Page(place, number, title, heading, items, questions, missing, len(open_) == len(questions))
