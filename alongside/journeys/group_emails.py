"""The letters of a group: whether somebody says yes to it, a reminder, and the introduction of all to each other.

Before the introduction they say only what the others share: of those whom a group's mentors are asked about, the name
of the group, how many they are and what they need; of peers, their shared profiles.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.groups.models import Ask, Group
from alongside.groups.queries import people_in
from alongside.journeys import mentorship_emails
from alongside.journeys.links import meeting_link, together_link
from alongside.journeys.meeting_emails import invite
from alongside.journeys.mentorship_emails import Letter, others_in_words
from alongside.journeys.their_words import in_their_words
from alongside.matching.profiles import line_about
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of
from alongside.notifications.actions import write_email
from alongside.programmes.models import Participant


def send(kind: str, to: Participant, letter: Letter, *, at: datetime, action: tuple[str, str] | None = None) -> None:
    """Write a letter to somebody who takes part."""
    programme = to.programme
    write_email(
        kind,
        template="letter",
        to=to.person.email,
        at=at,
        programme_id=programme.pk,
        participant_id=to.pk,
        context={
            "person": to.person,
            "letter": letter,
            "contact": to.key_contact,
            "operator": programme.organisation.name,
            "why": _("You get this because you take part in %(programme)s.") % {"programme": programme.name},
            "action": {"label": action[0], "url": action[1]} if action else None,
        },
    )


def needs_shared(members: Sequence[Participant]) -> list[str]:
    """Return what those in a group want help with, as far as each of them shares it; what most want first."""
    labels: dict[str, str] = {}
    counts: dict[str, int] = {}
    for member in members:
        for label in member.shared_profile.get("topics", []):
            key = label.casefold()
            labels.setdefault(key, label)
            counts[key] = counts.get(key, 0) + 1
    return [labels[key] for key in sorted(counts, key=lambda key: (-counts[key], key))]


@in_their_words
def request_letter(group: Group, to: Participant, *, due_at: datetime) -> Letter:
    """Return what somebody is asked, word for word: it is what the coordinator sees before she asks."""
    day = date_format(timezone.localtime(due_at, ZoneInfo(to.person.time_zone)), "l j F, H:i")
    by = _("Say yes or no by %(day)s. You do not need to sign in.") % {"day": day}
    no = _("If this is not the moment, say no: that is all right, and only your coordinator reads why.")
    people = people_in(group)
    if group.of_peers:
        return _letter_to_peer(to, [each for each in people if each.pk != to.pk], [by, no])
    return _letter_to_mentor(group, [each for each in people if not each.is_mentor], [by, no])


def _letter_to_peer(to: Participant, others: Sequence[Participant], last: list[str]) -> Letter:
    programme = {"programme": to.programme.name}
    subject = _("Somebody to learn with in %(programme)s") % programme
    first = ngettext(
        "We think that you and this person could take turns mentoring each other in %(programme)s:",
        "We think that you and these people could take turns mentoring each other in %(programme)s:",
        len(others),
    )
    about = [line for each in others for line in lines_about(each)]
    then = _("Each of you is asked. Once all have said yes, you are introduced with a first meeting.")
    return Letter(subject, [first % programme, *about, then, *last])


def _letter_to_mentor(group: Group, members: Sequence[Participant], last: list[str]) -> Letter:
    words = {"group": group.name, "programme": group.cohort.programme.name, "n": len(members)}
    subject = _("Would you be a mentor to the group “%(group)s”?") % words
    said = [
        ngettext(
            "“%(group)s” in %(programme)s, a group of one, would like a mentor, and we thought of you.",
            "“%(group)s” in %(programme)s, a group of %(n)d, would like mentors, and we thought of you.",
            len(members),
        )
        % words
    ]
    if needs := needs_shared(members):
        said.append(_("They would like help with: %(needs)s.") % {"needs": ", ".join(needs)})
    if group.cohort.rules.shape.mentors > 1:
        said.append(_("You would not be alone: several mentors work with them together."))
    return Letter(subject, [*said, _("If you say yes, all of you are introduced with a first meeting."), *last])


def lines_about(other: Participant) -> list[str]:
    """Sum up in a few lines what somebody shares before the introduction."""
    shared = other.shared_profile
    who = shared.get("name", _("Somebody in your programme"))
    found = [f"{who}, {line}" if (line := line_about(shared)) else str(who)]
    if topics := shared.get("topics"):
        found.append(_("Would like to work on: %(topics)s") % {"topics": ", ".join(topics)})
    return found


@in_their_words
def ask_to_be_in_group(ask: Ask, *, at: datetime) -> None:
    letter = request_letter(ask.group, ask.participant, due_at=ask.due_at)
    action = (_("Read more and say yes or no"), together_link(ask))
    send("ask_to_be_in_group", ask.participant, letter, at=at, action=action)


@in_their_words
def remind_of_group(ask: Ask, *, at: datetime) -> None:
    to = ask.participant
    day = date_format(timezone.localtime(ask.due_at, ZoneInfo(to.person.time_zone)), "l j F, H:i")
    words = {"programme": to.programme.name, "group": ask.group.name, "day": day}
    asked = _("We asked you whether you would be a mentor to the group “%(group)s” in %(programme)s.")
    if ask.group.of_peers:
        asked = _(
            "We asked you whether you would work with somebody in %(programme)s, taking turns mentoring each other."
        )
    letter = Letter(
        _("%(programme)s: an answer by %(day)s helps") % words,
        [
            asked % words,
            _("Say yes or no by %(day)s. You do not need to sign in.") % words,
            _("A no is as welcome as a yes: then we can ask somebody else straight away."),
        ],
    )
    send("remind_of_group", to, letter, at=at, action=(_("Say yes or no"), together_link(ask)))


@in_their_words
def tell_group_needs_no_answer(ask: Ask, *, at: datetime) -> None:
    words = {"programme": ask.participant.programme.name}
    letter = Letter(
        _("%(programme)s: no answer needed any more, thank you") % words,
        [
            _("We asked you a little while ago whether you would be part of a group in %(programme)s. That has been "
              "settled another way, and there is nothing for you to do.") % words,
            _("Thank you for being there. We write again when there is somebody for you."),
        ],
    )  # fmt: skip
    send("tell_group_needs_no_answer", ask.participant, letter, at=at)


def introduce(meeting: Meeting, group: Group, starts_at: datetime, *, at: datetime) -> None:
    """Send everybody the others' contact details and the same invitation to a first meeting, which they can answer."""
    members = members_of(meeting.mentorship)
    calendar = invite(meeting, members, starts_at=starts_at, at=at)
    for member in members:
        member.mentorship = meeting.mentorship
        _introduce(member, members, group, meeting, starts_at, calendar, at=at)


@in_their_words
def _introduce(
    member: Member,
    members: Sequence[Member],
    group: Group,
    meeting: Meeting,
    starts_at: datetime,
    calendar: str,
    *,
    at: datetime,
) -> None:
    zone = ZoneInfo(member.participant.person.time_zone)
    starts, ends = (timezone.localtime(each, zone) for each in (starts_at, starts_at + meeting.length))
    when = {"day": date_format(starts, "l j F"), "starts": date_format(starts, "H:i"), "ends": date_format(ends, "H:i")}
    letter = Letter(
        _("Meet %(others)s in %(programme)s")
        % {"others": others_in_words(member), "programme": member.mentorship.programme.name},
        [
            _who_is_who(member, members, group),
            *(_reached(each) for each in members if each.pk != member.pk),
            _("A first meeting, as a proposal: %(day)s, %(starts)s to %(ends)s.") % when,
            _("The invitation comes with this email. Say yes to it in your calendar or with the link, or suggest other "
              "times there."),
            _("Each of you may stop at any time; tell us and we will help."),
        ],
    )  # fmt: skip
    action = (_("Say whether this time suits you"), meeting_link(meeting, member))
    mentorship_emails.send("introduce_group", member, letter, at=at, action=action, calendar=calendar)


def _who_is_who(member: Member, members: Sequence[Member], group: Group) -> str:
    words = {"group": group.name, "others": others_in_words(member)}
    if member.mentorship.of_peers:
        return _("You and %(others)s have all said yes. From now on you take turns mentoring each other.") % words
    if member.is_mentor:
        return _("You are a mentor to the group “%(group)s”. You all work together from now on.") % words
    mentors = [each.participant.person.name for each in members if each.is_mentor]
    said = ngettext(
        "Your group “%(group)s” has a mentor: %(mentors)s.",
        "Your group “%(group)s” has mentors: %(mentors)s.",
        len(mentors),
    )
    return said % {**words, "mentors": ", ".join(mentors)}


def _reached(member: Member) -> str:
    person = member.participant.person
    words = {"name": person.name, "email": person.email}
    if member.is_mentor:
        return _("You reach %(name)s, a mentor, at %(email)s") % words
    return _("You reach %(name)s at %(email)s") % words
