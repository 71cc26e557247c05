"""A questionnaire, or one page of it, as a form."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from alongside.questionnaires.answering import shown
from alongside.questionnaires.definition import Answer, Definition, Question
from alongside.questionnaires.items import AnyItem, Explanation, Matrix, Ranked, Section
from alongside.web.shared.prose import html_of
from alongside.web.shared.questionnaires.fields import HandedInField, field_of


class AnswerForm(forms.Form):
    """The questions of a page. Nothing is required while it is only saved; what does not fit is said at its field.

    :param definition: the whole questionnaire, in the language of the reader.
    :param items: those of this page; all where None.
    :param answers: what is answered so far, or known already.
    :param version: of what is saved, so that of two windows the second is told.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

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
        here = {item.id for item in self.items}
        self.questions = [question for question in definition.questions if question.item.id in here]
        given = {name_of(question): answers.get(question.id) for question in self.questions}
        super().__init__(data, files, initial={**given, "version": version})
        for question in self.questions:
            self.fields[name_of(question)] = field_of(question)

    @property
    def given(self) -> dict[str, Answer]:
        """What was answered on this page and fits, by question. Files are not among it: see ``handed_in``."""
        found = {question.id: self.cleaned_data.get(name_of(question)) for question in self._kept}
        return {key: answer for key, answer in found.items() if answer is not None}

    @property
    def left_empty(self) -> list[str]:
        """The questions of this page that have no answer now, be it that one was taken back."""
        return [question.id for question in self._kept if question.id not in self.given]

    @property
    def handed_in(self) -> dict[str, UploadedFile[bytes]]:
        """The files of this page, by question."""
        files = (question for question in self.questions if question.kind == "file")
        return {each.id: file for each in files if (file := self.cleaned_data.get(name_of(each)))}

    def leave_open(self, missing: Sequence[str], words: str) -> None:
        """Say of each question that is still open that it is."""
        for question in self.questions:
            if question.id in missing:
                self.add_error(name_of(question), words)

    def blocks(self) -> Iterator[dict[str, Any]]:
        """Yield what the page shows, in order. `components/questionnaire.html` draws each."""
        for item in self.items:
            block = self._block(item)
            yield {**block, "item": item, "asked": self._asked(item), "watched": _watched(item)}

    def _asked(self, item: AnyItem) -> bool:
        return shown(item, {**self.answers, **self._said})

    @property
    def _kept(self) -> list[Question]:
        return [each for each in self.questions if not isinstance(self.fields[name_of(each)], HandedInField)]

    @property
    def _said(self) -> Mapping[str, Any]:
        return self.given if self.is_bound and hasattr(self, "cleaned_data") else {}

    def _block(self, item: AnyItem) -> dict[str, Any]:
        if isinstance(item, Section):
            return {"kind": "section", "help": item.help}
        if isinstance(item, Explanation):
            return {"kind": "explanation", "html": html_of(item.text, lowest=3)}
        fields = [self[name_of(each)] for each in self.questions if each.item is item]
        if isinstance(item, Matrix):
            return {"kind": "matrix", "rows": fields, "steps": self.definition.scales[item.scale]}
        return {"kind": "ranked" if isinstance(item, Ranked) else "field", "field": fields[0]}


def name_of(question: Question) -> str:
    """Return the name of a question's field in a form."""
    return f"item-{question.id}"


def _watched(item: AnyItem) -> str:
    """Return the conditions of an item for a script that shows and hides it while somebody answers; "" for none."""
    conditions = [condition.model_dump(exclude_none=True) for condition in item.shown_if]
    return json.dumps(conditions) if conditions else ""
