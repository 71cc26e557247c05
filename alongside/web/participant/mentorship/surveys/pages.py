"""Where the answers to a survey are kept while somebody fills it in, and what it gives to the story of a mentorship."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.mentorships.member_links import member_token
from alongside.mentorships.models import Member
from alongside.questionnaires.definition import Answer
from alongside.questionnaires.speaking import for_reader
from alongside.surveys import actions
from alongside.surveys.models import Response
from alongside.surveys.queries import open_responses
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Step
from alongside.web.shared.questionnaires.filling import Addresses


def token_of(response: Response, member: Member) -> str:
    """Return what a member's link to a survey is made of."""
    return member_token("survey", response.ref, member)


class Kept:
    """The answers of one member to a survey."""

    def __init__(self, response: Response, member: Member) -> None:
        self.response, token = response, token_of(response, member)
        self.definition = for_reader(response.definition)
        overview = reverse("survey", args=[token])
        self.addresses = Addresses(
            page=lambda place: reverse("survey_page", args=[token, place]),
            check=reverse("survey_check", args=[token]),
            later=overview,
            done=overview,
        )

    @property
    def answers(self) -> dict[str, Any]:
        found: dict[str, Any] = self.response.answers
        return found

    @property
    def version(self) -> int:
        found: int = self.response.version
        return found

    def refused(self, files: Mapping[str, UploadedFile[bytes]]) -> dict[str, str]:
        return {question: _("A survey takes no files.") for question in files}

    def save(self, answers: Mapping[str, Answer], files: Mapping[str, UploadedFile[bytes]], *, version: int) -> None:
        try:
            actions.save_answers(self.response, answers, version=version, at=clock.now())
        except ChangedMeanwhile:
            self.response.refresh_from_db()  # so that what is kept stands beside what was typed
            raise

    def finish(self, *, version: int) -> None:
        actions.send_answers(self.response, version=version, at=clock.now())


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask for the surveys that were asked and not answered."""
    mine = {here.me.pk: here for here in heres}
    for response in open_responses([here.me for here in heres], at=at):
        here = mine[response.member_id]  # type: ignore[index]  # who was asked is there as long as it is open
        yield Step(
            here.mentorship,
            for_reader(response.definition).title,
            _("A few questions of your programme. They take some minutes."),
            reverse("mentorship_survey", args=[here.mentorship.ref, response.ref]),
            _("Go on with it") if response.version else _("Answer"),
            weight=2,
        )
