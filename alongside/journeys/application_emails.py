"""The letters of an application: who gets which, with what. None carries an answer, and none blames anybody."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.applications.begin_links import referee_token
from alongside.applications.models import ZONE, Application, Reference
from alongside.applications.queries import last_day
from alongside.journeys.mentorship_emails import Letter
from alongside.journeys.their_words import in_their_words
from alongside.notifications.actions import write_email
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant, Programme

CONFIRM = "confirm_address"

Action = tuple[str, str]


@in_their_words
def ask_to_confirm(cohort: Cohort, side: str, email: str, *, token: str, at: datetime) -> None:
    words = {"programme": cohort.programme.name}
    role = _("mentor") if side == "mentor" else _("mentee")
    letter = Letter(
        _("Begin your application to %(programme)s") % words,
        [
            _("You would like to take part in %(programme)s as a %(role)s. The link below shows us that this address "
              "is yours, and begins your application.") % {**words, "role": role},
            _("It works for a day. If you did not ask for it, do nothing: then nothing is kept."),
        ],
    )  # fmt: skip
    person = Person(email=email, name="")
    action = (_("Begin"), _url("apply_begin", token))
    _send("confirm_address", person, cohort.programme, letter, at, action=action)


@in_their_words
def say_it_arrived(application: Application, *, at: datetime) -> None:
    letter = Letter(
        _("Your application to %(programme)s has arrived") % _about(application),
        [
            _("Thank you. We have your application to %(programme)s.") % _about(application),
            _("You hear from us by %(day)s at the latest. Until then you need not do anything, unless we write to you.")
            % {"day": _day(application.due_at, application.person)},
            _("You can see how far it is, and take it back, at any time."),
        ],
    )
    send("say_it_arrived", application, letter, at, action=(_("See how far it is"), _mine(application)))


@in_their_words
def remind_of_draft(application: Application, *, at: datetime) -> None:
    closes = last_day(application.cohort, application.side)
    until = _("You can send it until %(day)s.") % {"day": date_format(closes, "l j F")} if closes else ""
    letter = Letter(
        _("Your application to %(programme)s is not sent yet") % _about(application),
        [
            _("You began an application to %(programme)s. What you wrote so far is kept.") % _about(application),
            f"{until} {_('If you changed your mind, take it back, and it is deleted.')}".strip(),
        ],
    )
    send("remind_of_draft", application, letter, at, action=(_("Go on with it"), _mine(application)))


@in_their_words
def ask_for_reference(reference: Reference, *, at: datetime) -> None:
    _ask_referee("ask_for_reference", reference, _("%(name)s named you as a referee"), at)


@in_their_words
def remind_of_reference(reference: Reference, *, at: datetime) -> None:
    _ask_referee("remind_of_reference", reference, _("A reference for %(name)s"), at)


@in_their_words
def welcome(application: Application, participant: Participant, *, at: datetime) -> None:
    """Say that somebody is in, what comes next for them, and whom they turn to."""
    contact = participant.key_contact
    left = [gate.title for gate in participant.gates_left]
    next_words = (
        _("Before we look for somebody for you: %(steps)s. Your contact tells you how.") % {"steps": ", ".join(left)}
        if left
        else _("You are ready: we look for somebody who suits you, and write to you as soon as we have found them.")
    )
    letter = Letter(
        _("Welcome to %(programme)s") % _about(application),
        [
            _("Good news: you take part in %(programme)s.") % _about(application),
            next_words,
            _("Your contact is %(name)s, %(email)s.") % {"name": contact.name, "email": contact.email}
            if contact
            else "",
        ],
    )
    action = (_("See your next step"), settings.SITE_URL + reverse("participant_home"))
    send("welcome", application, letter, at, action=action, participant_id=participant.pk)


@in_their_words
def say_they_wait(application: Application, *, at: datetime) -> None:
    letter = Letter(
        _("You are on the waiting list of %(programme)s") % _about(application),
        [
            _("Thank you for your application. Just now there is no place, and we would like to keep you in mind."),
            _("You need not do anything. We write to you when there is a place. You can take your application back at "
              "any time."),
        ],
    )  # fmt: skip
    send("say_they_wait", application, letter, at, action=(_("See how it stands"), _mine(application)))


@in_their_words
def decline(application: Application, words: str, *, by: Person, at: datetime) -> None:
    letter = Letter(
        _("Your application to %(programme)s") % _about(application),
        [
            words,
            _("What you sent us is deleted after six months. To ask anything, write to %(name)s, %(email)s.")
            % {"name": by.name, "email": by.email},
        ],
    )
    send("decline_application", application, letter, at, action=None, private=True)


def remind_coordinator(application: Application, coordinator: Person, *, at: datetime) -> None:
    name = application.person.name if application.person else ""
    letter = Letter(
        _("Somebody waits to hear about their application to %(programme)s") % _about(application),
        [
            _("%(name)s was told they would hear by %(day)s.")
            % {"name": name, "day": _day(application.due_at, coordinator)},
            _("Decide, or write to them how long it takes."),
        ],
    )
    url = settings.SITE_URL + reverse("application", args=[application.ref])
    _send("remind_to_decide", coordinator, application.programme, letter, at, action=(_("Open it"), url))


def closed_in_words(application: Application) -> str:
    """Say that nobody can apply any more; what was written is kept for a while."""
    return _("Applications to %(programme)s are closed just now. What you wrote is kept for 60 days.") % _about(
        application
    )


def _ask_referee(kind: str, reference: Reference, subject: str, at: datetime) -> None:
    applicant = reference.application.person
    name = {"name": applicant.name if applicant else "", "programme": reference.programme.name}
    letter = Letter(
        subject % name,
        [
            _("%(name)s would like to take part in the mentoring programme %(programme)s, and named you as somebody "
              "who knows them well.") % name,
            _("Five short questions take about three minutes. You need no account. Only the coordinators of the "
              "programme read your answer; %(name)s does not.") % name,
            _("If you would rather not, do nothing. Nobody is told why."),
        ],
    )  # fmt: skip
    to = Person(email=reference.email, name=reference.name)
    action = (_("Answer in three minutes"), _url("referee", referee_token(reference)))
    _send(kind, to, reference.programme, letter, at, action=action, application_id=reference.application_id)


def send(
    kind: str, application: Application, letter: Letter, at: datetime, *, action: Action | None, **about: Any
) -> None:
    """Write to whoever applied."""
    if application.person is not None:
        about["application_id"] = application.pk
        _send(kind, application.person, application.programme, letter, at, action=action, **about)


def _send(
    kind: str,
    person: Person,
    programme: Programme,
    letter: Letter,
    at: datetime,
    *,
    action: Action | None,
    **about: Any,
) -> None:
    context = {
        "person": person,
        "letter": letter,
        "operator": programme.organisation.name,
        "why": _("You get this because of an application to %(programme)s.") % {"programme": programme.name},
        "action": {"label": action[0], "url": action[1]} if action else None,
    }
    with timezone.override(ZoneInfo(person.time_zone)):
        write_email(
            kind, template="letter", to=person.email, at=at, programme_id=programme.pk, context=context, **about
        )


def _about(application: Application) -> dict[str, str]:
    return {"programme": application.programme.name}


def _mine(application: Application) -> str:
    return _url("my_application", application.ref)


def _url(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _day(moment: datetime | None, person: Person | None) -> str:
    zone = ZoneInfo(person.time_zone if person else ZONE)
    return date_format(timezone.localtime(moment, zone), "l j F") if moment else ""
