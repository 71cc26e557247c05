"""The letters about a concern. None says what it is, nor who reported it: whoever hears it signs in to read."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.concerns.models import Concern
from alongside.concerns.status_links import status_token
from alongside.journeys.mentorship_emails import Letter
from alongside.notifications.actions import write_email
from alongside.people.models import Person


def tell_of_concern(person: Person, concern: Concern, *, at: datetime) -> None:
    letter = Letter(
        _("A concern was raised with you"),
        [
            _("Somebody raised a concern in %(programme)s. You are one of those who hear it.") % _words(concern),
            _("Say within one working day that you are looking at it, and decide what to do within five."),
        ],
    )
    _write("tell_of_concern", person, concern, letter, at)


def tell_of_addition(person: Person, concern: Concern, *, at: datetime) -> None:
    letter = Letter(
        _("Something was added to a concern"),
        [_("Whoever raised a concern in %(programme)s has added to it.") % _words(concern)],
    )
    _write("tell_of_addition", person, concern, letter, at)


def remind_of_concern(person: Person, concern: Concern, *, at: datetime) -> None:
    waits = _("nobody has said yet that they are looking at it")
    if concern.acknowledged_at:
        waits = _("nothing is decided yet")
    letter = Letter(
        _("A concern waits for you"),
        [
            _("A concern in %(programme)s waits: %(waits)s.") % {**_words(concern), "waits": waits},
            _("If nothing happens by the next working day, somebody else who runs the programme is asked as well."),
        ],
    )
    _write("remind_of_concern", person, concern, letter, at)


def bring_in(person: Person, concern: Concern, *, at: datetime) -> None:
    letter = Letter(
        _("A concern needs you"),
        [
            _("A concern in %(programme)s was left lying. You are asked to look at it now.") % _words(concern),
            _("It is not about you. Whoever was asked before you hears it as well."),
        ],
    )
    _write("bring_in_on_concern", person, concern, letter, at)


def confirm_concern(reporter: Person, concern: Concern, *, at: datetime) -> None:
    """Send somebody who gave their name the link to how far it is. Nothing in the open part says what it is about."""
    url = settings.SITE_URL + reverse("concern_status", args=[status_token(concern)])
    letter = Letter(
        _("We have what you sent us"),
        [_("You can see how far it is, and add to it, at the address below. Nobody else has that address.")],
    )
    _send("confirm_concern", reporter, concern, letter, at, action=(_("See how far it is"), url), private=True)


def _words(concern: Concern) -> dict[str, str]:
    return {"programme": concern.programme.name}


def _write(kind: str, person: Person, concern: Concern, letter: Letter, at: datetime) -> None:
    url = settings.SITE_URL + reverse("concern", args=[concern.ref])
    _send(kind, person, concern, letter, at, action=(_("Sign in and read it"), url), private=False)


def _send(
    kind: str, person: Person, concern: Concern, letter: Letter, at: datetime, *, action: tuple[str, str], private: bool
) -> None:
    """Write to one person. It names no participant and no programme: it stands in no coordinator's queue."""
    context = {
        "person": person,
        "letter": letter,
        "operator": concern.programme.organisation.name,
        "why": _("You get this because of a concern in %(programme)s.") % _words(concern),
        "action": {"label": action[0], "url": action[1]},
    }
    write_email(kind, template="letter", to=person.email, at=at, private=private, context=context)
