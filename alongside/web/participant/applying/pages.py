"""What the pages of applying show: the way there step by step, what is still to do, how it stands."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.applications.models import Application
from alongside.applications.queries import applications_of, last_day
from alongside.applications.standing import StepNow, answers_of, lacks_kind, missing_to_send, steps_now, wants_referees
from alongside.applications.states import OPEN, ApplicationState
from alongside.blueprints.sections import Application as Rules
from alongside.journeys.apply import readers_of
from alongside.people.models import Person
from alongside.programmes.models import Cohort
from alongside.programmes.states import Side
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.queries import newest_definition
from alongside.questionnaires.speaking import for_reader
from alongside.web.shared.prose import html_of
from alongside.web.shared.questionnaires.walking import Walk
from alongside.web.shared.times import day, time_left

STATE = {
    ApplicationState.BEGUN: gettext_lazy("begun, not sent yet"),
    ApplicationState.SENT: gettext_lazy("sent; we are looking at it"),
    ApplicationState.WAITING: gettext_lazy("on the waiting list"),
    ApplicationState.ACCEPTED: gettext_lazy("accepted"),
    ApplicationState.DECLINED: gettext_lazy("declined"),
    ApplicationState.WITHDRAWN: gettext_lazy("taken back"),
}
WHO_DOES = {
    "conversation": gettext_lazy("A coordinator writes to you to find a time."),
    "references": gettext_lazy("We write to the people you name. They need no account."),
    "check": gettext_lazy("We tell you how. Of the check itself we keep only the decision and its date."),
    "induction": gettext_lazy("We write to you when and where."),
    "training": gettext_lazy("We write to you when and where."),
    "step": "",
}


def the_way(cohort: Cohort, side: str) -> dict[str, Any]:
    """Return what a page says before somebody begins: what it is, each step, and how long until they hear."""
    rules = cohort.rules.applications.of(side) or Rules(form="")
    definition = for_reader(newest_definition(rules.form, cohort.organisation_id))
    return {
        "cohort": cohort,
        "side": side,
        "about": definition.about,
        "until": last_day(cohort, side),
        "way": list(_way(cohort, side, rules, definition)),
        "days": rules.days_to_decide,
        "shown": ", ".join(each.title for each in rules.documents if each.shown),
    }


def _way(cohort: Cohort, side: str, rules: Rules, definition: Definition) -> Iterator[dict[str, Any]]:
    kinds = cohort.rules.shape.kinds if side == Side.MENTOR else ()
    if kinds:
        named = {"first": ", ".join(kind.title for kind in kinds[:-1]), "last": kinds[-1].title}
        yield {"title": _("You say which kind of mentor you would be"), "text": _("%(first)s or %(last)s") % named}
    number = len(definition.questions)
    asked = ngettext("%(n)s question", "%(n)s questions", number) % {"n": number}
    minutes = max(3, round(number * 0.6))
    text = _("%(asked)s, about %(minutes)s minutes. You can stop at any time and go on later.")
    yield {"title": _("You fill in a form"), "text": text % {"asked": asked, "minutes": minutes}}
    if rules.documents:
        titles = ", ".join(
            each.title if each.required else _("%s (if you like)") % each.title for each in rules.documents
        )
        yield {"title": _("You add documents"), "text": titles}
    for step in rules.steps:
        html = html_of(step.about, lowest=3) if step.about else ""
        yield {"title": step.title, "text": WHO_DOES[step.kind], "html": html}
    days = ngettext("%(n)s day", "%(n)s days", rules.days_to_decide) % {"n": rules.days_to_decide}
    words = _("Within %(days)s of sending it, at the latest.") % {"days": days}
    yield {"title": _("You hear from us"), "text": words}
    for gate in cohort.rules.gates_of(side):
        html = html_of(gate.about, lowest=3) if gate.about else ""
        yield {"title": gate.title, "text": _("After you are accepted, before anybody is matched."), "html": html}


def overview(application: Application, *, at: datetime) -> dict[str, Any]:
    """Return how an application stands, for whoever sent it or is writing it."""
    begun = application.state == ApplicationState.BEGUN
    return {
        "application": application,
        "state": STATE[ApplicationState(application.state)],
        "open": application.state in OPEN,
        "until": last_day(application.cohort, application.side),
        "readers": names_of_readers(application),
        "parts": list(_parts(application)) if begun else [],
        "missing": missing_to_send(application) if begun else [],
        "steps": [] if begun else [_step(each) for each in steps_now(application)],
        "clock": time_left(application.due_at, at=at) if application.due_at and application.due_at > at else None,
        "hear_by": day(application.due_at, today=at) if application.due_at else "",
        "late": bool(application.due_at and application.due_at <= at),
    }


def names_of_readers(application: Application) -> str:
    """Name whoever reads an application: "Carys Bennett and Lowri Pritchard, who coordinate it"."""
    names = [person.name for person in readers_of(application)]
    return ", ".join(names)


def writers_only(application: Application) -> str:
    """Say who sees what stands in an application that is being written."""
    readers = names_of_readers(application)
    return _("only you, until you send it; then %(readers)s") % {"readers": readers}


def _parts(application: Application) -> Iterator[dict[str, Any]]:
    """Yield what there is to do before it is sent, in order."""
    if application.kinds:
        url = reverse("my_application_kind", args=[application.ref])
        yield {"title": _("Which kind of mentor"), "url": url, "done": not lacks_kind(application), "optional": False}
    walk = Walk(for_reader(application.definition), answers_of(application))
    for page in walk.pages:
        yield {
            "title": page.title,
            "url": reverse("my_application_form", args=[application.ref, page.place]),
            "done": not page.missing and not page.untouched,
            "optional": False,
        }
    there = {each.document for each in application.documents.all()}
    for document in application.rules.documents:
        url = reverse("my_application_document", args=[application.ref, document.id])
        yield {"title": document.title, "url": url, "done": document.id in there, "optional": not document.required}
    if wants_referees(application):
        url = reverse("my_application_referees", args=[application.ref])
        done = application.references.exists()
        yield {"title": _("Who can give a reference"), "url": url, "done": done, "optional": False}


def _step(each: StepNow) -> dict[str, Any]:
    html = html_of(each.step.about, lowest=3) if each.step.about else ""
    return {"title": each.step.title, "done": each.done is not None, "text": WHO_DOES[each.step.kind], "html": html}


def steps_of(person: Person, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Yield what somebody's home asks of them: to go on with what they began."""
    for application in applications_of(person).filter(state=ApplicationState.BEGUN):
        yield {
            "title": _("Go on with your application"),
            "text": _("To %(programme)s. What you wrote so far is kept.") % {"programme": application.programme.name},
            "url": reverse("my_application", args=[application.ref]),
            "action": _("Go on with it"),
            "due": None,
            "clock": None,
        }


def waiting_of(person: Person, *, at: datetime) -> Iterator[dict[str, str]]:
    """Yield what somebody's home says of what they sent."""
    for application in applications_of(person).filter(state__in=[ApplicationState.SENT, ApplicationState.WAITING]):
        name = {"programme": application.programme.name}
        hear = (
            _("You hear from us by %(day)s.") % {"day": day(application.due_at, today=at)} if application.due_at else ""
        )
        waits = application.state == ApplicationState.WAITING
        title = _("You are on the waiting list of %(programme)s") if waits else _("Your application to %(programme)s")
        yield {
            "title": title % name,
            "text": _("We write to you when there is a place.") if waits else hear,
            "url": reverse("my_application", args=[application.ref]),
            "link": _("See how it stands"),
        }
