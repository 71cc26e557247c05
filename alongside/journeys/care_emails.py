"""The letters that a coordinator's care for a mentorship causes: a few words of hers, and that somebody joins it."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.journeys.links import mentorship_link
from alongside.journeys.mentorship_emails import Letter, others_in_words, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of
from alongside.people.models import Person
from alongside.programmes.models import Participant


@in_their_words
def nudge_letter(member: Member, *, by: Person, message: str) -> Letter:
    """Return what a member is sent, word for word: it is what the coordinator sees before she sends it."""
    return Letter(
        _("A few words about your mentorship with %(others)s") % {"others": others_in_words(member)},
        [],
        quote=message,
        quote_from=_("%(name)s, your coordinator, writes:") % {"name": by.name},
    )


@in_their_words
def nudge(member: Member, *, by: Person, message: str, at: datetime) -> None:
    action = (_("See your mentorship"), mentorship_link(member.mentorship))
    send("nudge", member, nudge_letter(member, by=by, message=message), at=at, action=action)


@in_their_words
def tell_somebody_joins(member: Member, *, joins: Member, at: datetime) -> None:
    to = joins.participant.person
    words = {"name": to.name, "email": to.email, "kind": joins.participant.kind_title}
    kind = [_("They join as one of the mentors: the %(kind)s.") % words] if words["kind"] else []
    letter = Letter(
        _("%(name)s joins your mentorship") % words,
        [
            _("%(name)s joins your mentorship from now on. You reach them at %(email)s.") % words,
            *kind,
            _("What you keep for yourself, or share with some of you, stays so. What you share with all, they see."),
        ],
    )
    send("tell_somebody_joins", member, letter, at=at, action=_open(member))


@in_their_words
def tell_you_join(member: Member, *, at: datetime) -> None:
    others = [each.participant for each in members_of(member.mentorship) if each.pk != member.pk]
    addresses = "; ".join(_address(each) for each in others)
    letter = Letter(
        _("You join %(others)s") % {"others": others_in_words(member)},
        [
            _("From now on you are in a mentorship with %(others)s.") % {"others": others_in_words(member)},
            _("You reach them here: %(addresses)s.") % {"addresses": addresses},
        ],
    )
    send("tell_you_join", member, letter, at=at, action=_open(member))


def _address(participant: Participant) -> str:
    """Return who somebody is, as which kind of mentor where there are kinds, and where they are reached."""
    name, kind = participant.person.name, participant.kind_title
    return f"{name} ({kind}), {participant.person.email}" if kind else f"{name}, {participant.person.email}"


def _open(member: Member) -> tuple[str, str]:
    return _("See your mentorship"), mentorship_link(member.mentorship)
