"""The letters of a mentorship's life: who gets which, with what. None of them blames anybody."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.links import emails_link, going_on_link, mentorship_link
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import WANTS_ANOTHER, Ending
from alongside.notifications.actions import write_email
from alongside.people.states import EmailSort

SORTS = {
    "tell_of_message": EmailSort.MESSAGES,
    "remind_of_action": EmailSort.ACTIONS,
    "ask_pulse": EmailSort.PULSE,
    "remind_of_pulse": EmailSort.PULSE,
    "ask_follow_up": EmailSort.PULSE,
    "ask_survey": EmailSort.PULSE,
    "remind_of_survey": EmailSort.PULSE,
    "suggest_a_meeting": EmailSort.NEXT_STEPS,
    "remind_to_agree": EmailSort.NEXT_STEPS,
    "tell_it_can_be_compared": EmailSort.NEXT_STEPS,
}
"""The letters somebody can do without; all others are always sent."""


@dataclass(frozen=True)
class Letter:
    """What a letter says: its subject, its paragraphs, links to choose from, somebody else's own words set apart.

    ``above`` stands before everything else: the line under which an answer by email is not read.
    """

    subject: str
    paragraphs: list[str]
    quote: str = ""
    quote_from: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    above: str = ""


def send(
    kind: str,
    member: Member,
    letter: Letter,
    *,
    at: datetime,
    action: tuple[str, str] | None = None,
    private: bool = False,
    calendar: str = "",
    **about: object,
) -> None:
    """Write a letter to one member of a mentorship, unless it is of a sort they turned off.

    :param action: the words on its one button, and where that leads.
    :param private: that it carries words from inside the mentorship: not in the subject.
    """
    to, mentorship, sort = member.participant, member.mentorship, SORTS.get(kind)
    if sort and sort in to.person.emails_off:
        return
    link = emails_link(to.person, sort) if sort else ""
    write_email(
        kind,
        template="letter",
        to=to.person.email,
        at=at,
        private=private,
        calendar=calendar,
        programme_id=mentorship.programme_id,
        participant_id=to.pk,
        unsubscribe=link,
        context={
            "person": to.person,
            "letter": letter,
            "contact": to.key_contact,
            "operator": mentorship.programme.organisation.name,
            "why": _("You get this because you take part in %(programme)s.") % {"programme": mentorship.programme.name},
            "action": {"label": action[0], "url": action[1]} if action else None,
            "settings_url": link,
        },
        **about,
    )


def others_in_words(member: Member) -> str:
    """Name the others in a mentorship: "Maya Mentor", or "Maya Mentor and Marcus Moor"."""
    names = [each.participant.person.name for each in members_of(member.mentorship) if each.pk != member.pk]
    *first, last = names or [_("the other side")]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def day_in_words(moment: datetime, member: Member) -> str:
    """Write a day as it is where the member is: "Thursday 3 December"."""
    return date_format(timezone.localtime(moment, ZoneInfo(member.participant.person.time_zone)), "l j F")


@in_their_words
def suggest_a_meeting(member: Member, *, at: datetime) -> None:
    others = others_in_words(member)
    letter = Letter(
        _("A first meeting with %(others)s?") % {"others": others},
        [
            _("You and %(others)s were introduced a week ago, and no first meeting is booked yet.")
            % {"others": others},
            _("An hour is enough to begin with. Suggest two or three times; the first that suits you all is booked."),
        ],
    )
    action = (_("Suggest times"), mentorship_link(member.mentorship, "meetings_suggest"))
    send("suggest_a_meeting", member, letter, at=at, action=action)


@in_their_words
def ask_whether_to_go_on(member: Member, *, at: datetime) -> None:
    others = others_in_words(member)
    letter = Letter(
        _("Are you happy to go on with %(others)s?") % {"others": others},
        [
            _("You have met %(others)s. Now that you have slept on it: are you happy to go on together?")
            % {"others": others},
            _what_a_no_does(member),
        ],
    )
    send("ask_whether_to_go_on", member, letter, at=at, action=(_("Answer in one click"), going_on_link(member)))


def _what_a_no_does(member: Member) -> str:
    if member.mentorship.cohort.rules.shape.kinds:
        return _(
            "Only your coordinator ever sees your answer. Where it does not suit with one mentor, you part from that "
            "one without a reason having to be given, and the others go on; nobody is told whose wish it was."
        )
    if len(members_of(member.mentorship)) > 2:  # more than two
        return _(
            "Only your coordinator ever sees your answer. If any of you would rather not, you all part without "
            "a reason having to be given, and nobody is told whose wish it was."
        )
    return _(
        "Only your coordinator ever sees your answer. If either of you would rather not, you both part without "
        "a reason having to be given, and nobody is told whose wish it was."
    )


@in_their_words
def tell_we_go_on(member: Member, *, at: datetime) -> None:
    others = others_in_words(member)
    letter = Letter(
        _("You and %(others)s go on together") % {"others": others},
        [
            _("All of you are happy to go on. That is good news."),
            _("Next comes an agreement: what you want to work on, how often you meet, what stays between you. "
              "Most sign it at their second meeting."),
        ],
    )  # fmt: skip
    send("tell_we_go_on", member, letter, at=at, action=(_("See your mentorship"), mentorship_link(member.mentorship)))


@in_their_words
def remind_to_agree(member: Member, *, at: datetime) -> None:
    letter = Letter(
        _("Your agreement with %(others)s") % {"others": others_in_words(member)},
        [_("Nobody has signed the agreement yet, or not all of you have. It takes five minutes, and it helps later.")],
    )
    url = mentorship_link(member.mentorship, "mentorship_agreement")
    send("remind_to_agree", member, letter, at=at, action=(_("Read and sign it"), url))


@in_their_words
def say_the_end_comes_near(member: Member, *, at: datetime) -> None:
    words = {"others": others_in_words(member), "day": _planned_end(member)}
    letter = Letter(
        _("A month to go with %(others)s") % words,
        [
            _("You planned to work together until %(day)s. That is about a month from now.") % words,
            _("Plan a last meeting to look back on what you achieved, or go on for longer if you all want to."),
        ],
    )
    action = (_("Plan what comes next"), mentorship_link(member.mentorship, "mentorship_ending"))
    send("say_the_end_comes_near", member, letter, at=at, action=action)


@in_their_words
def say_the_pause_is_over(member: Member, *, at: datetime) -> None:
    letter = Letter(
        _("Your pause with %(others)s is over") % {"others": others_in_words(member)},
        [_("You wanted to rest until about now. Go on when you are ready, or rest for longer.")],
    )
    send("say_the_pause_is_over", member, letter, at=at, action=(_("Go on"), mentorship_link(member.mentorship)))


@in_their_words
def ask_how_it_ended(member: Member, *, at: datetime) -> None:
    letter = Letter(
        _("How did it end with %(others)s?") % {"others": others_in_words(member)},
        [
            _("Your last meeting was planned for today. Thank you for the time you gave each other."),
            _("Say in a minute how it ended for you. The others do not see your answer."),
        ],
    )
    action = (_("Say how it ended"), mentorship_link(member.mentorship, "mentorship_ending"))
    send("ask_how_it_ended", member, letter, at=at, action=action)


@in_their_words
def tell_of_leaving(
    member: Member, *, leaver: Member, ending: Ending, goes_on: bool, message: str, at: datetime
) -> None:
    """Tell a member that another leaves, with what they wrote.

    :param goes_on: that those who stay go on together.
    """
    name = leaver.participant.person.name
    subject = _("%(name)s leaves your mentorship") if goes_on else _("%(name)s ends your mentorship")
    letter = Letter(
        subject % {"name": name},
        [
            _("Mentorships end for many reasons, and either side may end one at any time. It is nobody's fault."),
            *(_without(member, leaver, ending) if goes_on else [_what_next(member, ending)]),
        ],
        quote=message,
        quote_from=_("%(name)s wrote:") % {"name": name} if message else "",
    )
    send("tell_of_leaving", member, letter, at=at, private=True)


def _without(member: Member, leaver: Member, ending: Ending) -> list[str]:
    """Say that the others go on, and to a mentee that somebody of the same kind is looked for."""
    words = {"name": leaver.participant.person.name, "kind": leaver.participant.kind_title}
    on = _("You go on together without %(name)s.") % words
    if member.is_mentor or not words["kind"] or ending not in WANTS_ANOTHER:
        return [on]
    return [on, _("You need not ask: your coordinator looks for another mentor for you (%(kind)s).") % words]


@in_their_words
def tell_you_part(member: Member, *, at: datetime) -> None:
    """Tell a member that on what all said they part from the others, who go on."""
    others = {"others": others_in_words(member)}
    parting = _("On what you told us, you part here. Not every pair suits, and that is nobody's fault.")
    letter = Letter(
        _("Your part in the mentorship with %(others)s has ended") % others,
        [parting, _what_next(member, Ending.NOT_THE_FIT)],
    )
    send("tell_you_part", member, letter, at=at)


@in_their_words
def tell_it_ended(member: Member, *, at: datetime) -> None:
    """Tell a member that it has ended, and what comes next for them."""
    letter = Letter(
        _("Your mentorship with %(others)s has ended") % {"others": others_in_words(member)}, _after_the_end(member)
    )
    url = mentorship_link(member.mentorship, "mentorship_farewell")
    send("tell_it_ended", member, letter, at=at, action=(_("See what you keep"), url))


def _after_the_end(member: Member) -> list[str]:
    ending = Ending(member.mentorship.ending)
    if ending == Ending.NOT_THE_FIT:
        parting = _("On what you told us, you part here. Not every pair suits, and that is nobody's fault.")
        return [parting, _what_next(member, ending)]
    return [_("Thank you for the time you gave each other."), _what_next(member, ending)]


def _what_next(member: Member, ending: Ending) -> str:
    if member.is_mentor:
        return _("Thank you for the time you gave. Your place is free again for somebody else.")
    if member.mentorship.of_peers:
        if ending in WANTS_ANOTHER:
            return _("You need not apply again: your coordinator looks with you for somebody else to work with.")
        return _("If you would like to do this again one day, your coordinator is glad to hear from you.")
    if ending in WANTS_ANOTHER:
        return _("You need not apply again: your coordinator looks for another mentor with you.")
    return _("If you would like another mentor one day, your coordinator is glad to hear from you.")


def _planned_end(member: Member) -> str:
    day = member.mentorship.planned_end_on
    return date_format(day, "l j F") if day else ""
