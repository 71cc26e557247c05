"""The letters about meetings: times to choose from, invitations that update and cancel, and how it was.

Where and how people meet is theirs: what says so is private.
"""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.journeys.links import after_meeting_link, meeting_link, meeting_page, mentorship_link
from alongside.journeys.mentorship_emails import Letter, others_in_words, send
from alongside.journeys.their_words import in_their_words
from alongside.meetings.invitations import Method, invitation
from alongside.meetings.models import Meeting, Option
from alongside.meetings.states import Mode
from alongside.mentorships.models import Member
from alongside.mentorships.reply_addresses import address_for

MODES = {
    Mode.IN_PERSON: gettext_lazy("You meet in person."),
    Mode.ONLINE: gettext_lazy("You meet online."),
    Mode.TELEPHONE: gettext_lazy("You talk by telephone."),
}


def organiser(meeting: Meeting) -> str:
    """Return the address to which calendars reply: one for each meeting, where the installation takes answers."""
    ours = address_for("meeting", meeting.mentorship.ref, meeting.ref)
    return ours or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def time_in_words(starts_at: datetime, meeting: Meeting, member: Member) -> str:
    """Write a time as it is where the member is: "Thursday 3 December, 14:00 to 15:30"."""
    zone = ZoneInfo(member.participant.person.time_zone)
    starts, ends = timezone.localtime(starts_at, zone), timezone.localtime(starts_at + meeting.length, zone)
    words = {"day": date_format(starts, "l j F"), "starts": date_format(starts, "H:i")}
    return _("%(day)s, %(starts)s to %(ends)s") % {**words, "ends": date_format(ends, "H:i")}


def invite(
    meeting: Meeting,
    members: Sequence[Member],
    *,
    method: Method = Method.REQUEST,
    starts_at: datetime | None = None,
    at: datetime,
) -> str:
    """Write the invitation of all to a meeting."""
    return invitation(
        meeting,
        [member.participant.person for member in members],
        method=method,
        starts_at=starts_at,
        text=_("Say yes or no in your calendar: the others hear of it. To move it: %(url)s")
        % {"url": meeting_page(meeting)},
        organiser=organiser(meeting),
        at=at,
    )


@in_their_words
def suggest_times(
    member: Member, meeting: Meeting, options: Sequence[Option], *, by: Member | None, at: datetime
) -> None:
    """Give a member times to choose from, each as a link.

    :param by: who suggests them; None where we do, or several did.
    """
    name = by.participant.person.name if by else ""
    letter = Letter(
        _("%(name)s suggests another time") % {"name": name}
        if meeting.starts_at and by
        else _("When can you meet %(others)s?") % {"others": others_in_words(member)},
        [
            *_standing(meeting, member, name),
            *_where(meeting),
            _("Choose what suits you. The first time that suits you all is booked, and you get an invitation."),
        ],
        links=[
            (time_in_words(each.starts_at, meeting, member), meeting_link(meeting, member, each)) for each in options
        ],
    )
    action = (_("Answer, or suggest other times"), meeting_link(meeting, member))
    send("suggest_times", member, letter, at=at, action=action, private=True)


@in_their_words
def tell_no_time_suits(member: Member, meeting: Meeting, *, at: datetime) -> None:
    letter = Letter(
        _("No time suits you all yet"),
        [
            _("You and %(others)s have all answered, and none of the times suits everybody.")
            % {"others": others_in_words(member)},
            _("Suggest another day and time; the others choose again."),
        ],
    )
    action = (_("Suggest other times"), meeting_link(meeting, member))
    send("tell_no_time_suits", member, letter, at=at, action=action)


@in_their_words
def tell_meeting_booked(
    member: Member, meeting: Meeting, members: Sequence[Member], *, moved: bool, at: datetime
) -> None:
    """Send the invitation, or what it has become."""
    words = {"others": others_in_words(member), "time": _time(meeting, member)}
    first = _("Your meeting with %(others)s is now on %(time)s.") if moved else _("You meet %(others)s on %(time)s.")
    letter = Letter(
        _("Changed: your meeting with %(others)s") % words if moved else _("Your meeting with %(others)s") % words,
        [first % words, *_where(meeting), _("Your calendar takes it from the invitation that comes with this email.")],
        links=[(_("I cannot come"), meeting_link(meeting, member))],
    )
    action = (_("See what it is about"), meeting_page(meeting))
    invited = invite(meeting, members, at=at)
    send("tell_meeting_booked", member, letter, at=at, action=action, private=True, calendar=invited)


@in_their_words
def tell_somebody_comes_too(
    member: Member, meeting: Meeting, members: Sequence[Member], *, who: Member, at: datetime
) -> None:
    """Say that somebody who joined comes to a meeting too, and let calendars know."""
    words = {"name": who.participant.person.name, "time": _time(meeting, member)}
    letter = Letter(
        _("%(name)s comes to your meeting too") % words,
        [
            _("%(name)s is invited to your meeting on %(time)s as well. Nothing else has changed.") % words,
            *_where(meeting),
            _("Your calendar takes it from the invitation that comes with this email."),
        ],
    )
    invited = invite(meeting, members, at=at)
    action = (_("See what it is about"), meeting_page(meeting))
    send("tell_somebody_comes_too", member, letter, at=at, action=action, private=True, calendar=invited)


@in_their_words
def tell_meeting_cancelled(
    member: Member, meeting: Meeting, members: Sequence[Member], *, by: Member | None, message: str = "", at: datetime
) -> None:
    """Say that a meeting is off, and take it out of calendars."""
    words = {"others": others_in_words(member), "time": _time(meeting, member)}
    off = (
        _("Your meeting with %(others)s on %(time)s is off.")
        if meeting.starts_at
        else _("The suggested times are off.")
    )
    letter = Letter(
        _("Off: your meeting with %(others)s") % words,
        [off % words],
        quote=message,
        quote_from=_("%(name)s wrote:") % {"name": by.participant.person.name} if by and message else "",
    )
    send(
        "tell_meeting_cancelled",
        member,
        letter,
        at=at,
        private=bool(message),
        action=(_("Find another time"), mentorship_link(meeting.mentorship, "meetings_suggest")) if by else None,
        calendar=invite(meeting, members, method=Method.CANCEL, at=at) if meeting.in_calendars else "",
        calendar_method=Method.CANCEL.value,
    )


@in_their_words
def tell_somebody_cannot_come(member: Member, meeting: Meeting, *, who: Member, at: datetime) -> None:
    name = who.participant.person.name
    letter = Letter(
        _("%(name)s cannot come") % {"name": name},
        [
            _("%(name)s cannot come to your meeting on %(time)s.") % {"name": name, "time": _time(meeting, member)},
            _("These things happen. Suggest another time; until you all agree on one, it stays in your calendar."),
        ],
    )
    action = (_("Find another time"), meeting_link(meeting, member))
    send("tell_somebody_cannot_come", member, letter, at=at, action=action)


@in_their_words
def tell_time_not_taken(member: Member, meeting: Meeting, why: str, *, at: datetime) -> None:
    """Tell a member why the time they proposed from their calendar was not passed on."""
    letter = Letter(
        _("The time you proposed"),
        [
            _("You proposed another time for your meeting with %(others)s from your calendar.")
            % {"others": others_in_words(member)},
            _("%(why)s So it was not passed on to them, and nothing has changed.") % {"why": why},
        ],
    )
    action = (_("See the meeting, and suggest a time"), meeting_page(meeting))
    send("tell_time_not_taken", member, letter, at=at, action=action)


@in_their_words
def ask_after_meeting(member: Member, meeting: Meeting, *, at: datetime) -> None:
    """Ask one member how it was, with an answer a click."""
    words = {"others": others_in_words(member), "time": _time(meeting, member)}
    no = after_meeting_link(meeting, member, happened="no")
    letter = Letter(
        _("Did you meet %(others)s?") % words,
        [
            _("You planned to meet %(others)s on %(time)s.") % words,
            _("If you did: how useful was it for you? Nobody else in your mentorship sees that."),
        ],
        links=[*_useful_links(meeting, member), (_("We did not meet"), no)],
    )
    send("ask_after_meeting", member, letter, at=at)


@in_their_words
def tell_meeting_logged(member: Member, meeting: Meeting, *, by: Member, at: datetime) -> None:
    """Tell a member that another noted a meeting, and ask how it was."""
    words = {"name": by.participant.person.name, "time": _time(meeting, member)}
    letter = Letter(
        _("%(name)s noted that you met") % words,
        [
            _("%(name)s noted that you met: %(time)s.") % words,
            _("How useful was it for you? Nobody else in your mentorship sees that."),
        ],
        links=_useful_links(meeting, member),
    )
    send("tell_meeting_logged", member, letter, at=at)


def useful_words() -> list[tuple[int, str]]:
    """How useful a meeting was, from most to least."""
    return [
        (5, _("5: very useful")),
        (4, _("4: useful")),
        (3, _("3: partly useful")),
        (2, _("2: a little useful")),
        (1, _("1: not useful")),
    ]


def _useful_links(meeting: Meeting, member: Member) -> list[tuple[str, str]]:
    return [
        (_("Yes. %(useful)s") % {"useful": words}, after_meeting_link(meeting, member, happened="yes", useful=useful))
        for useful, words in useful_words()
    ]


def _standing(meeting: Meeting, member: Member, name: str) -> list[str]:
    if not name:
        return [_("These times are suggested:")]
    if not meeting.starts_at:
        return [_("%(name)s suggests these times:") % {"name": name}]
    words = {"name": name, "time": _time(meeting, member)}
    return [_("You have a meeting on %(time)s. %(name)s would rather meet at another time.") % words,
            _("The meeting stays as it is until you all agree on another time.")]  # fmt: skip


def _where(meeting: Meeting) -> list[str]:
    """Say how and where, in a scope that may read it."""
    where = [words for words in (meeting.place, meeting.link) if words]
    return [" ".join([str(MODES[Mode(meeting.mode)]), *where])]


def _time(meeting: Meeting, member: Member) -> str:
    return time_in_words(meeting.starts_at, meeting, member) if meeting.starts_at else ""
