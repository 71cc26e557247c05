"""The letters of enquiries: what the visitor hears at each step, and what whoever holds one does.

A visitor has no account: their links are signed. Letters to whoever holds an enquiry carry nothing that was written.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.directory.queries import listed
from alongside.enquiries.clocks import ZONE, answer_by
from alongside.enquiries.enquiry_links import confirm_token, follow_token, hold_token
from alongside.enquiries.models import Enquiry
from alongside.journeys.mentorship_emails import Letter
from alongside.notifications.actions import write_email
from alongside.organisations.queries import coordinators_of, stewards_of
from alongside.people.models import Person
from alongside.programmes.models import Cohort

Action = tuple[str, str]


def confirm_enquiry(enquiry: Enquiry, *, at: datetime) -> None:
    words = _about(enquiry)
    letter = Letter(
        _("Is this your enquiry to %(holder)s?") % words,
        [
            _("Somebody wrote to %(holder)s with this address. If it was you, say so: then it is sent.") % words,
            _("If it was not you, do nothing. It is not sent, and it is deleted after a week."),
        ],
    )
    action = (_("Yes, send it"), _url("confirm_enquiry", confirm_token(enquiry)))
    send("confirm_enquiry", enquiry, letter, at=at, action=action)


def tell_enquiry_arrived(enquiry: Enquiry, *, at: datetime) -> None:
    words = _about(enquiry)
    letter = Letter(
        _("Your enquiry is with %(holder)s") % words,
        [
            _("%(holder)s has your enquiry. They are asked to answer within a few days, and reminded if they do not.")
            % words,
            _after_that(enquiry),
        ],
    )
    send("tell_enquiry_arrived", enquiry, letter, at=at, action=_see(enquiry))


def tell_enquiry_read(enquiry: Enquiry, *, at: datetime) -> None:
    words = _about(enquiry)
    letter = Letter(
        _("%(holder)s has read your enquiry") % words,
        [_("They have read it and are looking into it. You need not do anything."), _after_that(enquiry)],
    )
    send("tell_enquiry_read", enquiry, letter, at=at, action=_see(enquiry))


def tell_enquiry_answered(enquiry: Enquiry, text: str, *, at: datetime) -> None:
    words = _about(enquiry)
    letter = Letter(
        _("%(holder)s has answered your enquiry") % words,
        [_("To write back, open the page of your enquiry. If this does not help you, have it passed on there.")],
        quote=text,
        quote_from=_("%(holder)s writes:") % words,
    )
    send("tell_enquiry_answered", enquiry, letter, at=at, action=_see(enquiry), private=True)


def tell_enquiry_declined(enquiry: Enquiry, text: str, *, at: datetime) -> None:
    words = _about(enquiry)
    letter = Letter(
        _("%(holder)s cannot help with this, and what you can do now") % words,
        [
            _("There are others in %(network)s. The page of your enquiry shows the way onward: nothing has to be "
              "typed again.") % words,
        ],
        quote=text,
        quote_from=_("%(holder)s writes:") % words,
    )  # fmt: skip
    send("tell_enquiry_declined", enquiry, letter, at=at, action=_see(enquiry), private=True)


def tell_enquiry_passed_on(enquiry: Enquiry, *, at: datetime) -> None:
    """Tell the visitor where their enquiry is now."""
    words = _about(enquiry)
    who = (
        _("It is with %(holder)s now.") % words
        if enquiry.organisation
        else _("It is with the people who look after %(holder)s now. They look for somebody who can help.") % words
    )
    letter = Letter(
        _("Your enquiry is now with %(holder)s") % words,
        [_("Your enquiry was passed on, so that you get an answer."), who, _after_that(enquiry)],
    )
    send("tell_enquiry_passed_on", enquiry, letter, at=at, action=_see(enquiry))


def tell_enquiry_nobody_yet(enquiry: Enquiry, *, at: datetime) -> None:
    """Tell the visitor that the network itself is late, and that they are free to go elsewhere."""
    words = _about(enquiry)
    letter = Letter(
        _("We have no answer for you yet"),
        [
            _("We are sorry: the people who look after %(holder)s have not answered. They are reminded.") % words,
            _("You need not wait for them: from the page of your enquiry you can have it passed on or take it back."),
        ],
    )
    send("tell_enquiry_nobody_yet", enquiry, letter, at=at, action=_see(enquiry))


def tell_enquiry_lapsed(enquiry: Enquiry, *, at: datetime) -> None:
    letter = Letter(
        _("Nobody could answer your enquiry"),
        [
            _("We are sorry. We asked everybody we could, and nobody has answered in four weeks. It is closed now."),
            _("You can ask again in other words, or ask somebody else: what you wrote is on the page of your enquiry."),
        ],
    )
    send("tell_enquiry_lapsed", enquiry, letter, at=at, action=_see(enquiry))


def tell_enquiry_is_application(enquiry: Enquiry, cohort: Cohort, *, token: str, at: datetime) -> None:
    words = {**_about(enquiry), "programme": cohort.programme.name}
    letter = Letter(
        _("%(holder)s has begun your application to %(programme)s") % words,
        [
            _("%(holder)s would like you to take part in %(programme)s. What you told us stands in the application "
              "already: add what is missing, and send it.") % words,
            _("The link works for a day. The page of your enquiry sends you another at any time."),
        ],
        links=[_see(enquiry)],
    )  # fmt: skip
    action = (_("Go on with your application"), _url("apply_begin", token))
    send("tell_enquiry_is_application", enquiry, letter, at=at, action=action)


def new_enquiry(enquiry: Enquiry, *, at: datetime) -> None:
    letter = Letter(
        _("An enquiry waits for you"),
        [
            _("Somebody asks %(holder)s for help. Read it, and say at least that you have.") % _about(enquiry),
            _("Without an answer it is passed on after %(day)s.") % {"day": _by(enquiry)},
        ],
    )
    _write_holders("new_enquiry", enquiry, letter, at=at)


def remind_of_enquiry(enquiry: Enquiry, *, at: datetime) -> None:
    letter = Letter(
        _("Somebody still waits for your answer"),
        [
            _("An enquiry to %(holder)s came on %(came)s and has no answer yet.")
            % {**_about(enquiry), "came": _day(enquiry.since)},
            _("Without one it is passed on after %(day)s. If you cannot help, you can pass it on or decline it today.")
            % {"day": _by(enquiry)},
        ],
    )
    _write_holders("remind_of_enquiry", enquiry, letter, at=at)


def tell_enquiry_has_more(enquiry: Enquiry, *, at: datetime) -> None:
    letter = Letter(
        _("Somebody has written more about their enquiry"),
        [_("Somebody who asked %(holder)s has added something. It may need an answer.") % _about(enquiry)],
    )
    _write_holders("tell_enquiry_has_more", enquiry, letter, at=at)


def tell_enquiry_left(enquiry: Enquiry, *, at: datetime) -> None:
    """Tell whoever held an enquiry that it went on without them."""
    letter = Letter(
        _("An enquiry was passed on"),
        [
            _("An enquiry that came to %(holder)s on %(came)s went on to somebody else. You need not do anything.")
            % {**_about(enquiry), "came": _day(enquiry.since)},
        ],
    )
    _write_holders("tell_enquiry_left", enquiry, letter, at=at)


def send(
    kind: str, enquiry: Enquiry, letter: Letter, *, at: datetime, action: Action | None, private: bool = False
) -> None:
    """Write to the visitor."""
    why = _("You get this because of your enquiry to %(holder)s.") % _about(enquiry)
    _put(
        kind,
        Person(email=enquiry.email, name=enquiry.name),
        enquiry,
        letter,
        why,
        at=at,
        action=action,
        private=private,
    )


def _write_holders(kind: str, enquiry: Enquiry, letter: Letter, *, at: datetime) -> None:
    why = _("You get this because you answer enquiries to %(holder)s.") % _about(enquiry)
    for person, url in holders_of(enquiry):
        _put(kind, person, enquiry, letter, why, at=at, action=(_("Read it"), url))


def _put(
    kind: str,
    to: Person,
    enquiry: Enquiry,
    letter: Letter,
    why: str,
    *,
    at: datetime,
    action: Action | None,
    private: bool = False,
) -> None:
    context = {
        "person": to,
        "letter": letter,
        "operator": enquiry.holder_name,
        "why": why,
        "action": {"label": action[0], "url": action[1]} if action else None,
    }
    with timezone.override(ZoneInfo(to.time_zone)):
        write_email(kind, template="letter", to=to.email, at=at, context=context, private=private)


def holders_of(enquiry: Enquiry) -> Iterator[tuple[Person, str]]:
    """Yield whoever is written to about an enquiry, with the address at which they read it.

    An organisation whose people do not sign in here is written to at its own address, with a signed link.
    """
    if enquiry.organisation is None:
        url = _url("steward_enquiry", enquiry.ref)
        yield from ((person, url) for person in stewards_of(enquiry.network_id))
        return
    coordinators = list(coordinators_of([enquiry.organisation.pk]))
    url = _url("enquiry", enquiry.ref)
    yield from ((person, url) for person in coordinators)
    address = "" if coordinators else _address_of(enquiry)
    if address:
        yield Person(email=address, name=enquiry.organisation.name), _url("held_enquiry", hold_token(enquiry))


def _address_of(enquiry: Enquiry) -> str:
    listing = listed().filter(organisation=enquiry.organisation).first()
    own = enquiry.organisation.contact_email if enquiry.organisation else ""
    return (listing.email if listing else "") or own


def _after_that(enquiry: Enquiry) -> str:
    words = {**_about(enquiry), "day": _by(enquiry)}
    if enquiry.organisation is None:
        return _("You hear from us by %(day)s, whatever comes of it.") % words
    if enquiry.may_pass_on:
        return _("If there is no answer by %(day)s, it is passed on to the next organisation that fits, as you agreed, "
                 "or to the people who look after %(network)s. We tell you.") % words  # fmt: skip
    return _("If there is no answer by %(day)s, it goes to the people who look after %(network)s. We tell you.") % words


def _about(enquiry: Enquiry) -> dict[str, str]:
    return {"holder": enquiry.holder_name, "network": enquiry.network.name}


def _see(enquiry: Enquiry) -> Action:
    return _("See how it stands"), _url("my_enquiry", follow_token(enquiry))


def _by(enquiry: Enquiry) -> str:
    moment = answer_by(enquiry)
    return _day(moment) if moment else ""


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment, ZoneInfo(ZONE)), "l j F")


def _url(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)
