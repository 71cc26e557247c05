"""A questionnaire, or one page of it, as a form."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.functional import Promise

from alongside.questionnaires.answering import cleaned, questions_asked, shown, shown_items
from alongside.questionnaires.definition import Answer, Definition, Question
from alongside.questionnaires.items import AnyItem, Condition, Explanation, Matrix, Ranked, Section
from alongside.web.shared.prose import html_of
from alongside.web.shared.questionnaires.fields import HandedInField, field_of

UNSEEN = "unseen"
"""Under which name a page says of which items it brought hidden that nobody has seen them since."""


class AnswerForm(forms.Form):
    """The questions of a page. Nothing is required while it is only saved; what does not fit is said at its field.

    :param definition: the whole questionnaire, in the language of the reader.
    :param items: those of this page; all where None.
    :param answers: what is answered so far, or known already.
    :param version: of what is saved, so that of two windows the second is told.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        definition: Definition,
        answers: Mapping[str, Any],
        items: Sequence[AnyItem] | None = None,
        version: int = 0,
    ) -> None:
        self.definition, self.answers = definition, answers
        self.items = definition.items if items is None else items
        self.questions = [question for item in self.items for question in definition.of_item[item.id]]
        given = {name_of(question): answers.get(question.id) for question in self.questions}
        self.misfits: frozenset[str] = frozenset()
        super().__init__(data, files, initial={**given, "version": version})
        for question in self.questions:
            self.fields[name_of(question)] = field_of(question)

    def full_clean(self) -> None:
        super().full_clean()
        self.misfits = frozenset(self.errors)

    def refuse(self, question: str, words: str) -> None:
        """Say of what was handed in, or written, for a question that it does not fit."""
        self.add_error(name_of(self.definition.of_item[question][0]), words)
        self.misfits = frozenset(self.errors)

    @property
    def read_version(self) -> int:
        """The version that was read when the page was fetched; 0 where none is named, or it is no number."""
        words = str(self.data.get("version", ""))
        return int(words) if words.isdecimal() and len(words) < 10 else 0

    def as_version(self, version: int) -> None:
        """Let what was sent stand as an edit of a later version, so that it can be sent once more."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data

    @property
    def given(self) -> dict[str, Answer]:
        """What was answered on this page and fits, by question. Files are not among it: see ``handed_in``."""
        found = {question.id: self.cleaned_data.get(name_of(question)) for question in self._kept}
        return {key: answer for key, answer in found.items() if answer is not None}

    @property
    def left_empty(self) -> list[str]:
        """The questions of this page that have no answer now, be it that one was taken back."""
        given = self.given
        return [each.id for each in self._kept if each.id not in given and name_of(each) not in self.misfits]

    @property
    def handed_in(self) -> dict[str, UploadedFile[bytes]]:
        """The files of this page, by question."""
        files = (question for question in self.questions if question.kind == "file")
        return {each.id: file for each in files if (file := self.cleaned_data.get(name_of(each)))}

    @property
    def together(self) -> dict[str, Answer]:
        """All answers after this page was sent: what fits of it, with those of the other pages, as far as asked.

        What was written and does not fit leaves the answer that was there before. A file stands with its name.
        """
        files = {key: str(file.name) for key, file in self.handed_in.items()}
        left = set(self.left_empty)
        before = {key: answer for key, answer in self.answers.items() if key not in left}
        return cleaned(self.definition, {**before, **self.given, **files})

    @property
    def unseen(self) -> set[str]:
        """The items that the page brought hidden and nobody has seen since."""
        named = self.data.getlist(UNSEEN) if hasattr(self.data, "getlist") else []
        return set(named)

    def leave_open(self, words: str | Promise) -> bool:
        """Say of each question of this page that must be answered that it is open, and return whether any is.

        A question that what was answered has brought up, and that nobody has seen, is open too, and nothing wrong.

        :param words: with ``%(question)s`` in them: above the page each must be told from the others.
        """
        answers = self.together
        here, unseen = {question.id for question in self.questions}, self.unseen
        open_ = [each for each in questions_asked(self.definition, answers) if each.id in here - set(answers)]
        new = {question.id for question in open_ if question.item.id in unseen}
        missing = [each for each in open_ if each.item.required and each.id not in new]
        for question in missing:
            if name_of(question) not in self.misfits:
                self.add_error(name_of(question), str(words) % {"question": question.text})
        return bool(new or missing)

    def blocks(self) -> Iterator[dict[str, Any]]:
        """Yield what the page shows, in order. `components/questionnaire.html` draws each."""
        answers = self.together if self.is_bound and hasattr(self, "cleaned_data") else self.answers
        asked = {item.id for item in shown_items(self.definition, answers)}
        here = {question.id for question in self.questions}
        for item in self.items:
            block = self._block(item)
            watched = _watched(item, answers, here)
            yield {**block, "item": item, "asked": item.id in asked, "watched": watched}

    @property
    def _kept(self) -> list[Question]:
        return [each for each in self.questions if not isinstance(self.fields[name_of(each)], HandedInField)]

    def _block(self, item: AnyItem) -> dict[str, Any]:
        if isinstance(item, Section):
            return {"kind": "section"}
        if isinstance(item, Explanation):
            return {"kind": "explanation", "html": html_of(item.text, lowest=3)}
        fields = [self[name_of(each)] for each in self.definition.of_item[item.id]]
        if isinstance(item, Matrix):
            return {"kind": "matrix", "rows": fields, "steps": self.definition.scales[item.scale]}
        if isinstance(item, Ranked):
            return {"kind": "ranked", "field": fields[0], "places": self._places(fields[0])}
        return {"kind": "field", "field": fields[0], "there": item.kind == "file" and bool(self.answers.get(item.id))}

    def _places(self, field: forms.BoundField) -> list[BoundWidget]:
        """Return the lists to choose from of a ranking, one for each place."""
        parts = field.subwidgets[0].data["subwidgets"]
        return [BoundWidget(field.field.widget, part, self.renderer) for part in parts]


def name_of(question: Question) -> str:
    """Return the name of a question's field in a form."""
    return f"item-{question.id}"


def _watched(item: AnyItem, answers: Mapping[str, Any], here: set[str]) -> str:
    """Return the conditions of an item for a script that shows and hides it while somebody answers; "" for none.

    Those on answers of other pages are decided already: where one of them does not hold, nothing here can show it.
    """
    elsewhere = [condition for condition in item.shown_if if condition.item not in here]
    if not shown(item.model_copy(update={"shown_if": tuple(elsewhere)}), answers):
        return ""
    conditions = [_as_data(condition) for condition in item.shown_if if condition.item in here]
    return json.dumps(conditions) if conditions else ""


def _as_data(condition: Condition) -> dict[str, Any]:
    return condition.model_dump(mode="json", exclude_defaults=True)
