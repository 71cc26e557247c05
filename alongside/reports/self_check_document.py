"""What came of a look at oneself, on paper, to take along. It is made of what was sent and kept nowhere."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.printing.documents import Document, Fact, pdf
from alongside.printing.marked import Block
from alongside.questionnaires.answering import questions_asked
from alongside.questionnaires.definition import Answers, Definition
from alongside.questionnaires.scoring import band_of, limits_of, role_scores
from alongside.questionnaires.wording import in_words


def self_check_pdf(definition: Definition, answers: Answers, *, at: datetime) -> bytes:
    """Return what answers come to, on paper.

    :param definition: in the language of the reader.
    """
    return pdf(self_check_document(definition, answers, at=at), at=at)


def self_check_document(definition: Definition, answers: Answers, *, at: datetime) -> Document:
    """Return what stands on paper: each figure with what it means, then what was answered."""
    asked = questions_asked(definition, answers)
    return Document(
        title=definition.title,
        subtitle=date_format(timezone.localtime(at), "j F Y"),
        blocks=[Block("paragraph", (definition.about,)), *_figures(definition, answers)],
        language=get_language() or "en",
        facts_title=_("What you answered"),
        facts=[Fact(each.text, in_words(each, answers) or _("Not provided")) for each in asked],
        seal=_("Made of what you answered, and kept nowhere. It is no test and no diagnosis."),
        page=_("Page"),
        of=_("of"),
    )


def _figures(definition: Definition, answers: Answers) -> Iterator[Block]:
    figures = role_scores(definition, answers)
    for role in definition.roles:
        yield Block("heading", (role.title,))
        figure, band = figures[role.id], band_of(role, figures[role.id])
        if figure is None:
            yield Block("paragraph", (_("too little answered"),))
            continue
        words = {"figure": f"{figure:g}", "high": f"{limits_of(definition, role)[1]:g}"}
        said = _("%(figure)s of %(high)s") % words
        yield Block("paragraph", (f"{said} · {band.title}" if band else said,))
        if band and band.feedback:
            yield Block("paragraph", (band.feedback,))
