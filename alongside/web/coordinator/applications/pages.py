"""What the pages of applications show to whoever decides."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.applications.fills import special_items
from alongside.applications.models import Application, Reference
from alongside.applications.standing import StepNow, missing_to_accept, steps_now
from alongside.applications.states import OPEN, TO_DECIDE, ApplicationState
from alongside.blueprints.sections import Step
from alongside.placing.queries import brought_with
from alongside.programmes.models import Cohort
from alongside.questionnaires.answering import questions_asked
from alongside.questionnaires.definition import Answers, Definition
from alongside.web.coordinator.applications.forms import StepForm
from alongside.web.coordinator.applications.words import REASONS, SIDES, STATES
from alongside.web.shared.prose import html_of
from alongside.web.shared.times import day, time_left

COLUMNS = [
    {"label": gettext_lazy("Name"), "url": "", "sort": ""},
    {"label": gettext_lazy("As"), "url": "", "sort": ""},
    {"label": gettext_lazy("State"), "url": "", "sort": ""},
    {"label": gettext_lazy("Sent"), "url": "", "sort": ""},
    {"label": gettext_lazy("To hear by"), "url": "", "sort": ""},
    {"label": gettext_lazy("Still open"), "url": "", "sort": ""},
]


def table_row(row: Application, url: str) -> dict[str, Any]:
    """Return a row as ``components/table.html`` takes it."""
    name = row.person.name if row.person else _("(deleted)")
    missing = missing_to_accept(row) if row.state in TO_DECIDE else []
    values = [
        (_("Name"), name),
        (_("As"), SIDES[row.side]),
        (_("State"), STATES[ApplicationState(row.state)]),
        (_("Sent"), _short(row.sent_at)),
        (_("To hear by"), _short(row.due_at)),
        (_("Still open"), ", ".join(missing)),
    ]
    cells = [{"value": value or "–", "label": label} for label, value in values]
    return {"id": row.ref, "url": url, "label": name, "cells": cells}


def steps_of(cohort: Cohort) -> list[Step]:
    """Return the steps that can be noted for several at once, each once: a conversation and a check cannot."""
    found = {}
    for side in SIDES:
        rules = cohort.rules.applications.of(side)
        for step in rules.steps if rules else ():
            if step.kind not in {"conversation", "check"}:
                found[step.id] = step
    return list(found.values())


def address_of(cohort: Cohort, side: str) -> str:
    return settings.SITE_URL + reverse("apply", args=[cohort.ref, side])


def one(application: Application, *, at: datetime, form: StepForm | None = None, step: str = "") -> dict[str, Any]:
    """Return everything a coordinator sees of one application.

    :param form: what was sent of the step called ``step`` and did not fit.
    """
    today = timezone.localdate(at)
    in_hand = application.state in TO_DECIDE
    due = application.due_at
    return {
        "application": application,
        "name": application.person.name if application.person else _("(deleted)"),
        "state": STATES[ApplicationState(application.state)],
        "in_hand": in_hand,
        "open": application.state in OPEN,
        "clock": _clock(due, at) if due else None,
        "sent": day(application.sent_at, today=at) if application.sent_at else "",
        "facts": _facts(application.definition, application.answers, special=special_items(application.definition)),
        "training": _training(application),
        "version": application.definition,
        "documents": _documents(application),
        "steps": [_step(each, today, form if each.step.id == step else None) for each in steps_now(application)],
        "references": [_reference(each) for each in application.references.all()],
        "missing": missing_to_accept(application) if in_hand else [],
        "can_wait": application.rules.waiting_list and application.state == ApplicationState.SENT,
        "reason": REASONS.get(application.reason, "") if application.reason else "",  # type: ignore[call-overload]
        "form": form,
    }


def _training(application: Application) -> list[dict[str, str]]:
    """The record of training by another organisation that they brought along."""
    brought = brought_with(application)
    if brought is None:
        return []
    words = {"on": date_format(brought.trained_at, "j F Y"), "until": date_format(brought.valid_until, "j F Y")}
    return [
        {"term": _("Trained by"), "value": brought.trained_by.name},
        {"term": brought.training, "value": _("Trained on %(on)s; holds until %(until)s.") % words},
    ]


def _clock(due: datetime, at: datetime) -> dict[str, str]:
    return time_left(due, at=at) if due > at else {"text": _("should have heard by now"), "state": "over"}


def _documents(application: Application) -> list[dict[str, Any]]:
    titles = {each.id: each.title for each in application.rules.documents}
    return [
        {"row": each, "title": titles.get(each.document, each.document), "kind": each.kind.extension.upper()}
        for each in application.documents.defer("sealed")
    ]


def _step(each: StepNow, today: Any, form: StepForm | None) -> dict[str, Any]:
    kind = each.step.kind
    return {
        "step": each.step,
        "done": each.done,
        "after": ", ".join(each.after),
        "html": html_of(each.step.guide or each.step.about, lowest=4),
        "form": (form or StepForm(kind=kind, today=today, prefix=each.step.id)) if each.is_open else None,
        "decision": (_("Yes") if each.done.passed else _("No")) if each.done and kind == "check" else "",
    }


def _reference(each: Reference) -> dict[str, Any]:
    facts = _facts(each.definition, each.answers, special={}) if each.done_at else []
    return {"row": each, "facts": facts}


def _facts(definition: Definition, answers: Answers, *, special: dict[str, str]) -> list[dict[str, Any]]:
    """Return what was answered, in the version that was asked. What the law protects is not read here."""
    return list(_rows(definition, answers, special))


def _rows(definition: Definition, answers: Answers, special: dict[str, str]) -> Iterator[dict[str, Any]]:
    for question in questions_asked(definition, answers):
        if question.id in special:
            continue
        label = question.label(answers.get(question.id))
        yield {"term": question.text, "value": _("Yes") if question.kind == "consent" and label else label}


def _short(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%-d %b %Y") if moment else ""
