"""The emails of the way from an offer to an introduction: who gets which, with what."""

from datetime import datetime

from alongside.journeys.first_meeting import MeetingProposal, as_calendar
from alongside.journeys.links import answer_link, choose_link, home_link
from alongside.matching.models import Offer, Request
from alongside.notifications.actions import write_email
from alongside.people.models import Person
from alongside.programmes.models import Participant, Programme


def _write(
    kind: str, to: Participant, *, programme: Programme, at: datetime, calendar: str = "", **context: object
) -> None:
    write_email(
        kind,
        to=to.person.email,
        at=at,
        calendar=calendar,
        programme_id=programme.pk,
        context={
            "person": to.person,
            "programme": programme,
            "contact": contact_of(to),
            "home_link": home_link(),
            **context,
        },
    )


def contact_of(participant: Participant) -> Person | None:
    """The named person this participant can always turn to."""
    return participant.key_contact


def tell_mentee_of_offer(offer: Offer, *, at: datetime) -> None:
    mentors = [request.mentor for request in offer.requests.select_related("mentor__person")]
    _write(
        "mentee_offer",
        offer.mentee,
        programme=offer.programme,
        at=at,
        offer=offer,
        mentors=mentors,
        link=choose_link(offer),
    )


def remind_mentee(offer: Offer, *, at: datetime) -> None:
    _write(
        "mentee_reminder",
        offer.mentee,
        programme=offer.programme,
        at=at,
        offer=offer,
        link=choose_link(offer),
    )


def ask_mentor_by_email(request: Request, *, at: datetime) -> None:
    _write(
        "mentor_request",
        request.mentor,
        programme=request.programme,
        at=at,
        request=request,
        mentee=request.offer.mentee,
        link=answer_link(request),
    )


def remind_mentor(request: Request, *, at: datetime) -> None:
    _write(
        "mentor_reminder",
        request.mentor,
        programme=request.programme,
        at=at,
        request=request,
        mentee=request.offer.mentee,
        link=answer_link(request),
    )


def tell_mentor_no_longer_needed(request: Request, *, at: datetime) -> None:
    _write("mentor_released", request.mentor, programme=request.programme, at=at)


def tell_mentee_who_is_asked(request: Request, *, at: datetime) -> None:
    _write(
        "mentee_asked",
        request.offer.mentee,
        programme=request.programme,
        at=at,
        request=request,
        mentor=request.mentor,
        first=request.wish == 1,
    )


def tell_mentee_nobody_left(offer: Offer, *, at: datetime) -> None:
    _write("mentee_nobody_left", offer.mentee, programme=offer.programme, at=at)


def introduce(mentor: Participant, mentee: Participant, proposal: MeetingProposal, *, at: datetime) -> None:
    """Send each the other's contact details and the same invitation to a first meeting."""
    calendar = as_calendar(proposal, mentor=mentor.person, mentee=mentee.person, contact=contact_of(mentee), at=at)
    for reader, other in ((mentor, mentee), (mentee, mentor)):
        _write(
            "introduction",
            reader,
            programme=mentee.programme,
            at=at,
            calendar=calendar,
            other=other,
            starts_at=proposal.starts_at,
            ends_at=proposal.ends_at,
            reader=reader,
            time_zone=reader.person.time_zone,
        )
