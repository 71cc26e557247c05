"""Answer about somebody, or about oneself: all questions on one page, saved half way or sent."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.questionnaires.speaking import for_reader
from alongside.reviews.actions import save_rating
from alongside.reviews.models import Rater
from alongside.web.shared.forms import sent
from alongside.web.shared.questionnaires.forms import AnswerForm


class Answering:
    """What a rater sent, kept where it fits; and what their page shows where it does not.

    :raises NotNow: if the review has closed, or they answered before.
    """

    def __init__(self, rater: Rater, request: HttpRequest) -> None:
        self.rater, self.status, self.is_kept, self.is_done = rater, 200, False, False
        self.definition = for_reader(rater.review.definition)
        self.form = AnswerForm(sent(request), definition=self.definition, answers=rater.answers, version=rater.version)
        if self.form.is_bound:
            self.form.full_clean()
            self._keep(wants_done=request.POST.get("do") == "done")

    @property
    def context(self) -> dict[str, Any]:
        shown = {"form": self.form, "blocks": list(self.form.blocks()), "definition": self.definition}
        return {**shown, "older": self.status == 409, "rater": self.rater}

    def _keep(self, *, wants_done: bool) -> None:
        answered, read = self.form.together, self.form.read_version
        still_open = wants_done and self.form.leave_open(_("Choose an answer; what you chose so far is saved."))
        stays = bool(self.form.misfits) or still_open
        self.is_done = wants_done and not stays
        try:
            save_rating(self.rater, answered, version=read, done=self.is_done, at=clock.now())
        except ChangedMeanwhile:
            self.status = 409
            self.form.as_version(Rater.objects.get(pk=self.rater.pk).version)
            return
        self.is_kept = not stays
        if stays:
            self.form.as_version(read + 1)
