"""How an application stands: what is missing before it can be sent or accepted, and which step is open."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.applications.models import Application, StepDone
from alongside.blueprints.sections import Document, Step
from alongside.questionnaires.answering import unanswered
from alongside.questionnaires.definition import Answer


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step as it stands: done, open, or after others, whose titles are named."""

    step: Step
    done: StepDone | None
    after: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.done is None and not self.after


def steps_now(application: Application) -> list[StepNow]:
    """Return the steps of an application in the order of its rules."""
    done = {each.step: each for each in application.steps_done.all()}
    titles = {each.id: each.title for each in application.rules.steps}
    return [
        StepNow(step, done.get(step.id), tuple(titles[each] for each in step.after if each not in done))
        for step in application.rules.steps
    ]


def open_steps(application: Application) -> list[Step]:
    """Return the steps that can be done now."""
    return [each.step for each in steps_now(application) if each.is_open]


def missing_to_accept(application: Application) -> list[str]:
    """Return what stands in the way of accepting somebody: steps not done, and a check that was not passed."""
    steps = steps_now(application)
    missing = [each.step.title for each in steps if each.done is None]
    refused = [each.step.title for each in steps if each.done and not each.done.passed]
    return missing + [_("“%(step)s” was decided with no") % {"step": title} for title in refused]


def documents_missing(application: Application) -> list[Document]:
    """Return the documents that have to be handed in and are not."""
    there = {each.document for each in application.documents.all()}
    return [each for each in application.rules.documents if each.required and each.id not in there]


def wants_referees(application: Application) -> bool:
    return any(step.kind == "references" for step in application.rules.steps)


def answers_of(application: Application) -> dict[str, Answer]:
    """Return all answers, also those that are kept apart: for whoever gave them, never for a coordinator."""
    apart = {each.item: each.answer for each in application.special_replies.all()}
    return {**application.answers, **apart}


def lacks_kind(application: Application) -> bool:
    """Tell whether it is still to be said as which kind of mentor somebody applies."""
    return bool(application.kinds) and not application.kind_title


def missing_to_send(application: Application) -> list[str]:
    """Return what is missing before an application can be sent, in words."""
    definition = application.definition
    questions = [definition.by_id[each].text for each in unanswered(definition, answers_of(application))]
    missing = [_("“%(question)s” has no answer yet.") % {"question": text} for text in questions]
    return missing + missing_beside_the_form(application)


def missing_beside_the_form(application: Application) -> list[str]:
    """Return which documents and people are missing before an application can be sent, in words."""
    missing = [_("Say which kind of mentor you would be.")] if lacks_kind(application) else []
    missing += [
        _("“%(title)s” is still to be added.") % {"title": each.title} for each in documents_missing(application)
    ]
    if wants_referees(application) and not application.references.all():
        missing.append(_("Name at least one person who can give a reference."))
    return missing
