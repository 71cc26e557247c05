"""The letters about a concern. None says what it is, nor who reported it: whoever hears it signs in to read."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.concerns.models import Concern
from alongside.concerns.status_links import status_token
from alongside.journeys.mentorship_emails import Letter
from alongside.notifications.actions import write_email
from alongside.people.models import Person
from alongside.programmes.models import Programme


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


def tell_new_lead(person: Person, programme: Programme, *, still_open: int, by: Person, at: datetime) -> None:
    """Tell somebody what it means to be the safeguarding lead; of open concerns their number, and no word of them."""
    words = {"programme": programme.name, "name": by.name, "n": still_open}
    earlier = ngettext(
        "%(n)d concern that was raised before is still open. It stays with whoever hears it now.",
        "%(n)d concerns that were raised before are still open. They stay with whoever hears them now.",
        still_open,
    )
    letter = Letter(
        _("You are the safeguarding lead of %(programme)s") % words,
        [
            _("%(name)s has named you the safeguarding lead of %(programme)s.") % words,
            _("Whoever takes part can raise a concern on every page. From now on it goes to you, and by email you hear "
              "that there is one. You sign in with this address to read it; it is sealed, and coordinators do not."),
            _("Say within one working day that you are looking at it, and decide what to do within five. A concern "
              "about you goes to somebody else."),
            *([earlier % words] if still_open else []),
            _("If this is not for you, tell %(name)s, who can name somebody else.") % words,
        ],
    )  # fmt: skip
    action = (_("Sign in"), settings.SITE_URL + reverse("concerns"))
    why = _("You get this because you were named the safeguarding lead of %(programme)s.") % words
    _write_about(programme, "tell_new_lead", person, letter, at, action=action, why=why)


def tell_former_lead(person: Person, programme: Programme, *, lead: Person, at: datetime) -> None:
    words = {"programme": programme.name, "name": lead.name}
    letter = Letter(
        _("%(name)s is now the safeguarding lead of %(programme)s") % words,
        [
            _("Concerns raised in %(programme)s from now on go to %(name)s. Thank you for having been there.") % words,
            _("Those that came to you before stay with you until you close them."),
        ],
    )
    action = (_("Sign in"), settings.SITE_URL + reverse("concerns"))
    why = _("You get this because you were the safeguarding lead of %(programme)s.") % words
    _write_about(programme, "tell_former_lead", person, letter, at, action=action, why=why)


def _words(concern: Concern) -> dict[str, str]:
    return {"programme": concern.programme.name}


def _write(kind: str, person: Person, concern: Concern, letter: Letter, at: datetime) -> None:
    url = settings.SITE_URL + reverse("concern", args=[concern.ref])
    _send(kind, person, concern, letter, at, action=(_("Sign in and read it"), url), private=False)


def _send(
    kind: str, person: Person, concern: Concern, letter: Letter, at: datetime, *, action: tuple[str, str], private: bool
) -> None:
    why = _("You get this because of a concern in %(programme)s.") % _words(concern)
    _write_about(concern.programme, kind, person, letter, at, action=action, why=why, private=private)


def _write_about(
    programme: Programme,
    kind: str,
    person: Person,
    letter: Letter,
    at: datetime,
    *,
    action: tuple[str, str],
    why: str,
    private: bool = False,
) -> None:
    """Write to one person. It names no participant and no programme: it stands in no coordinator's queue."""
    context = {
        "person": person,
        "letter": letter,
        "operator": programme.organisation.name,
        "why": why,
        "action": {"label": action[0], "url": action[1]},
    }
    write_email(kind, template="letter", to=person.email, at=at, private=private, context=context)
