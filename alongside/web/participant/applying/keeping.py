"""Where the answers of an application are kept, for the pages on which it is filled in."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.applications.standing import answers_of
from alongside.files.kinds import NotTaken
from alongside.journeys import apply as journey
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.people.models import Person
from alongside.questionnaires.definition import Answer
from alongside.questionnaires.speaking import for_reader
from alongside.web.shared.questionnaires.filling import Addresses

LONGEST_FILE_NAME = 150


class Kept:
    """An application that is being written. It was saved once when it was begun, with what is known already."""

    def __init__(self, application: Application, person: Person) -> None:
        self.application, self.person = application, person
        self.definition = for_reader(application.definition)
        overview = reverse("my_application", args=[application.ref])
        self.addresses = Addresses(
            page=lambda place: reverse("my_application_form", args=[application.ref, place]),
            check=reverse("my_application_check", args=[application.ref]),
            later=overview,
            done=overview,
        )

    @property
    def answers(self) -> dict[str, Any]:
        """All answers, also those that are kept apart: it is their own that somebody reads."""
        return answers_of(self.application)

    @property
    def version(self) -> int:
        return self.application.version

    def refused(self, files: Mapping[str, UploadedFile[bytes]]) -> dict[str, str]:
        found = {}
        for question, file in files.items():
            try:
                applying.kind_taken(_content(file), _name(file))
            except NotTaken as refusal:
                found[question] = str(refusal)
        return found

    @transaction.atomic
    def save(self, answers: Mapping[str, Answer], files: Mapping[str, UploadedFile[bytes]], *, version: int) -> None:
        named = {question: _name(file) for question, file in files.items()}
        try:
            applying.save_answers(self.application, {**answers, **named}, version=version, at=clock.now())
        except ChangedMeanwhile:
            self.application.refresh_from_db()  # so that what is kept stands beside what was typed
            raise
        for question, file in files.items():
            content, name = _content(file), named[question]
            applying.add_document(self.application, question, name=name, content=content, at=clock.now())

    def finish(self, *, version: int) -> None:
        journey.send(self.application, by=self.person, at=clock.now(), version=version)


def _name(file: UploadedFile[bytes]) -> str:
    return (file.name or "file")[-LONGEST_FILE_NAME:]


def _content(file: UploadedFile[bytes]) -> bytes:
    """Return what was handed in; of a file that is too large only as much as shows that it is."""
    file.seek(0)
    content: bytes = file.read(applying.LARGEST + 1)
    return content
