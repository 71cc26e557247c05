"""The emails of the way from an offer to an introduction: who gets which, with what."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.journeys.links import answer_link, choose_link, meeting_link
from alongside.journeys.meeting_emails import invite
from alongside.journeys.their_words import in_their_words
from alongside.matching.models import Offer, Request
from alongside.matching.profiles import line_about, reasons_shown
from alongside.meetings.models import Meeting
from alongside.mentorships.queries import members_of
from alongside.notifications.actions import write_email
from alongside.people.models import Person
from alongside.programmes.models import Participant, Programme


def _write(
    kind: str,
    to: Participant,
    *,
    programme: Programme,
    at: datetime,
    action: tuple[str, str] | None = None,
    calendar: str = "",
    **context: object,
) -> None:
    with timezone.override(ZoneInfo(to.person.time_zone)):
        write_email(
            kind,
            to=to.person.email,
            at=at,
            calendar=calendar,
            programme_id=programme.pk,
            participant_id=to.pk,
            context={
                "person": to.person,
                "programme": programme,
                "contact": contact_of(to),
                "operator": programme.organisation.name,
                "why": _("You get this because you take part in %(programme)s.") % {"programme": programme.name},
                "action": {"label": action[0], "url": action[1]} if action else None,
                **context,
            },
        )


def contact_of(participant: Participant) -> Person | None:
    """The named person this participant can always turn to."""
    return participant.key_contact


def _shown(participant: Participant) -> dict[str, object]:
    """What an email may say of somebody before the introduction."""
    profile = participant.shared_profile
    return {**profile, "line": line_about(profile)}


@in_their_words
def tell_mentee_of_offer(offer: Offer, *, at: datetime) -> None:
    mentors = [_shown(request.mentor) for request in offer.requests.select_related("mentor__person", "mentor__cohort")]
    _write(
        "mentee_offer",
        offer.mentee,
        programme=offer.programme,
        at=at,
        offer=offer,
        mentors=mentors,
        kind_title=offer.kind_title,
        only=mentors[0] if len(mentors) == 1 else None,
        action=(_("Read about them and choose") if len(mentors) > 1 else _("Read more and answer"), choose_link(offer)),
    )


@in_their_words
def remind_mentee(offer: Offer, *, at: datetime) -> None:
    action = (_("Choose your mentor"), choose_link(offer))
    _write(
        "mentee_reminder",
        offer.mentee,
        programme=offer.programme,
        at=at,
        offer=offer,
        kind_title=offer.kind_title,
        action=action,
    )


@in_their_words
def ask_mentor_by_email(request: Request, *, at: datetime) -> None:
    mentee = request.offer.mentee
    _write(
        "mentor_request",
        request.mentor,
        programme=request.programme,
        at=at,
        request=request,
        mentee=_shown(mentee),
        kind_title=request.offer.kind_title,
        reasons=[reason.sentence for reason in reasons_shown(request, of=mentee)],
        action=(_("Read more and say yes or no"), answer_link(request)),
    )


@in_their_words
def remind_mentor(request: Request, *, at: datetime) -> None:
    _write(
        "mentor_reminder",
        request.mentor,
        programme=request.programme,
        at=at,
        request=request,
        mentee=_shown(request.offer.mentee),
        kind_title=request.offer.kind_title,
        action=(_("Say yes or no"), answer_link(request)),
    )


@in_their_words
def tell_mentor_no_longer_needed(request: Request, *, at: datetime) -> None:
    _write("mentor_released", request.mentor, programme=request.programme, at=at)


@in_their_words
def tell_mentee_who_is_asked(request: Request, *, at: datetime) -> None:
    _write(
        "mentee_asked",
        request.offer.mentee,
        programme=request.programme,
        at=at,
        request=request,
        mentor=_shown(request.mentor),
        kind_title=request.offer.kind_title,
        first=request.wish == 1,
        action=(_("See how it stands"), choose_link(request.offer)),
    )


@in_their_words
def tell_mentee_nobody_left(offer: Offer, *, at: datetime) -> None:
    _write("mentee_nobody_left", offer.mentee, programme=offer.programme, at=at, kind_title=offer.kind_title)


@in_their_words
def introduce(meeting: Meeting, starts_at: datetime, *, at: datetime) -> None:
    """Send each the others' contact details and the same invitation to a first meeting, which they can answer."""
    members = members_of(meeting.mentorship)
    calendar = invite(meeting, members, starts_at=starts_at, at=at)
    for member in members:
        other = next(each for each in members if each.side != member.side)
        _write(
            "introduction",
            member.participant,
            programme=meeting.mentorship.programme,
            at=at,
            calendar=calendar,
            reader=member,
            other=other.participant.person,
            kind_title=next((each.participant.kind_title for each in members if each.is_mentor), ""),
            starts_at=starts_at,
            ends_at=starts_at + meeting.length,
            action=(_("Say whether this time suits you"), meeting_link(meeting, member)),
        )
