"""Whoever holds an enquiry does something for the visitor: each time the visitor hears of it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.applications.begin_links import Beginning, begin_token
from alongside.applications.models import Application, Opening
from alongside.enquiries import actions
from alongside.enquiries.models import Enquiry
from alongside.enquiries.queries import had_it
from alongside.enquiries.states import Wants
from alongside.journeys import enquiry_emails as emails
from alongside.journeys.apply import begin
from alongside.journeys.enquire import pass_on_to
from alongside.journeys.next_best import ways_onward
from alongside.organisations.models import Organisation
from alongside.people.actions import find_or_create_person
from alongside.people.models import Person
from alongside.programmes.models import Cohort
from alongside.programmes.states import Side


class Door(NamedTuple):
    """A cohort one can apply to now, on a side."""

    cohort: Cohort
    side: str


@transaction.atomic
def acknowledge(enquiry: Enquiry, *, by: Person | None, at: datetime) -> None:
    actions.acknowledge_enquiry(enquiry, by=by, at=at)
    emails.tell_enquiry_read(enquiry, at=at)


@transaction.atomic
def answer(enquiry: Enquiry, text: str, *, by: Person | None, at: datetime) -> None:
    actions.answer_enquiry(enquiry, text, by=by, at=at)
    emails.tell_enquiry_answered(enquiry, text, at=at)


@transaction.atomic
def decline(enquiry: Enquiry, text: str, *, by: Person | None, at: datetime) -> None:
    actions.decline_enquiry(enquiry, text, by=by, at=at)
    emails.tell_enquiry_declined(enquiry, text, at=at)


def pass_on(enquiry: Enquiry, to: Organisation, *, by: Person | None, at: datetime) -> None:
    """Pass an enquiry on to a chosen organisation, with the visitor's consent."""
    pass_on_to(enquiry, to, by=by, answers=True, at=at)


def others(enquiry: Enquiry) -> list[Organisation]:
    """Return the organisations it may be passed on to, the best fit first; of those that had it none."""
    return ways_onward(enquiry, had_it(enquiry.thread))


def doors(enquiry: Enquiry, *, at: datetime) -> list[Door]:
    """Return where whoever asks could apply at the organisation that holds it, on the side they ask about."""
    if enquiry.organisation_id is None:
        return []
    openings = Opening.objects.filter(organisation=enquiry.organisation_id).select_related(
        "cohort__programme", "cohort__organisation"
    )
    wanted = {Wants.MENTEE: [Side.MENTEE], Wants.MENTOR: [Side.MENTOR]}.get(Wants(enquiry.side), list(Side))
    return [
        Door(each.cohort, each.side)
        for each in openings.order_by("cohort__programme__name", "until", "side")
        if each.side in wanted and each.is_open(at) and each.cohort.rules.applications.of(each.side)
    ]


@transaction.atomic
def make_application(enquiry: Enquiry, door: Door, *, by: Person, at: datetime) -> Application:
    """Begin an application with everything that is known from the enquiry, and send its person the link to finish it.

    :raises ValueError: if one cannot apply there any more.
    :raises MoveNotAllowed: if the enquiry is closed.
    """
    if door not in doors(enquiry, at=at):
        raise ValueError(_("Nobody can apply there any more. Open applications first."))
    person = find_or_create_person(email=enquiry.email, name=enquiry.name, at=at)
    application = begin(door.cohort, person, door.side, told=known_from(enquiry), at=at)
    actions.note_application(enquiry, application.ref, by=by, at=at)
    send_link(enquiry, door, at=at)
    return application


def send_link(enquiry: Enquiry, door: Door, *, at: datetime) -> None:
    """Send the link with which the application is finished; it works for a day."""
    token = begin_token(Beginning(door.cohort.ref, door.side, enquiry.email))
    emails.tell_enquiry_is_application(enquiry, door.cohort, token=token, at=at)


def known_from(enquiry: Enquiry) -> dict[str, Any]:
    """Return what an enquiry says, as fields of a participant."""
    return {
        "name": enquiry.name,
        "about": enquiry.words,
        "place": enquiry.place,
        "topics": [[topic, 1.0] for topic in enquiry.topics],
        "sector": enquiry.sectors[0] if enquiry.sectors else "",
        "languages": enquiry.languages,
        "remote": enquiry.online,
    }
