"""Where the answers of a 360-degree review are kept while somebody fills it in, about a mentee or about themselves."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.questionnaires.definition import Answer
from alongside.questionnaires.speaking import for_reader
from alongside.reviews.actions import save_rating
from alongside.reviews.models import Rater
from alongside.reviews.rater_links import rater_token
from alongside.web.shared.questionnaires.filling import Addresses

CHANGING = ["sealed", "version", "done_at", "declined_at"]


class Kept:
    """The answers of one rater. Saving and finishing raise `NotNow` once the review has closed, or they are done."""

    def __init__(self, rater: Rater, addresses: Addresses) -> None:
        self.rater, self.addresses = rater, addresses
        self.definition = for_reader(rater.review.definition)

    @property
    def answers(self) -> dict[str, Any]:
        found: dict[str, Any] = self.rater.answers
        return found

    @property
    def version(self) -> int:
        found: int = self.rater.version
        return found

    def refused(self, files: Mapping[str, UploadedFile[bytes]]) -> dict[str, str]:
        return {question: _("A review takes no files.") for question in files}

    def save(self, answers: Mapping[str, Answer], files: Mapping[str, UploadedFile[bytes]], *, version: int) -> None:
        self._save(answers, version=version, done=False)

    def finish(self, *, version: int) -> None:
        self._save(self.answers, version=version, done=True)

    def _save(self, answers: Mapping[str, Any], *, version: int, done: bool) -> None:
        try:
            save_rating(self.rater, answers, version=version, done=done, at=clock.now())
        except ChangedMeanwhile:
            self.rater.refresh_from_db(fields=CHANGING)  # so that what is kept stands beside what was typed
            raise


def by_link(rater: Rater) -> Kept:
    """Keep what somebody answers about a mentee, at the addresses of their link."""
    token = rater_token(rater)
    start = reverse("rate", args=[token])
    addresses = Addresses(
        page=lambda place: reverse("rate_page", args=[token, place]),
        check=reverse("rate_check", args=[token]),
        later=f"{start}?saved=yes",
        done=start,
    )
    return Kept(rater, addresses)


def of_oneself(rater: Rater) -> Kept:
    """Keep what a mentee answers about themselves, on the pages of their review."""
    where = [rater.review.mentorship.ref, rater.review.ref]
    review = reverse("all_round_review", args=where)
    addresses = Addresses(
        page=lambda place: reverse("review_myself_page", args=[*where, place]),
        check=reverse("review_myself_check", args=where),
        later=review,
        done=review,
    )
    return Kept(rater, addresses)
