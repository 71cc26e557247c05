"""Answer about somebody, or about oneself: all questions on one page, saved half way or sent."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.questionnaires.answering import unanswered
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
        definition = rater.review.definition
        self.form = AnswerForm(sent(request), definition=definition, answers=rater.answers, version=rater.version)
        if self.form.is_valid():
            self._keep(request)

    @property
    def context(self) -> dict[str, Any]:
        return {"form": self.form, "blocks": self.form.blocks(), "older": self.status == 409, "rater": self.rater}

    def _keep(self, request: HttpRequest) -> None:
        missing = unanswered(self.rater.review.definition, self.form.given)
        wants = request.POST.get("do") == "done"
        self.is_done = wants and not missing
        read = self.form.cleaned_data["version"] or 0
        try:
            save_rating(self.rater, self.form.given, version=read, done=self.is_done, at=clock.now())
        except ChangedMeanwhile:
            self.status = 409
            self.form.data = {**request.POST.dict(), "version": str(Rater.objects.get(pk=self.rater.pk).version)}
            return
        self.is_kept = not (wants and missing)
        if not self.is_kept:
            self.form.data = {**request.POST.dict(), "version": str(read + 1)}
            self.form.leave_open(missing, _("Choose an answer; what you chose so far is saved."))
