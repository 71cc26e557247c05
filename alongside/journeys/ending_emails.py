"""The letters around an ending: thanks passed on, and the notice before what was inside goes."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.endings.states import NOTICE
from alongside.journeys.links import mentorship_link
from alongside.journeys.mentorship_emails import Letter, day_in_words, others_in_words, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member


@in_their_words
def pass_on_thanks(member: Member, *, author: Member, text: str, at: datetime) -> None:
    name = author.participant.person.name
    letter = Letter(
        _("%(name)s says thank you") % {"name": name},
        [_("%(name)s looked back on your mentorship and has a few words for you.") % {"name": name}],
        quote=text,
        quote_from=_("%(name)s wrote:") % {"name": name},
    )
    url = mentorship_link(member.mentorship, "mentorship_farewell")
    send("pass_on_thanks", member, letter, at=at, private=True, action=(_("Look back as well"), url))


@in_their_words
def say_it_goes_soon(member: Member, *, at: datetime) -> None:
    kept = member.mentorship.cohort.rules.kept.inside
    goes_at = max((member.mentorship.ended_at or at) + kept, at + NOTICE)
    words = {"others": others_in_words(member), "day": day_in_words(goes_at, member)}
    letter = Letter(
        _("Take with you what you wrote with %(others)s") % words,
        [
            _("Your mentorship has ended. What you wrote in it is deleted for good on %(day)s, as we said at the end.")
            % words,
            _("Until then you can take all that you may read with you, in one file."),
        ],
    )
    url = mentorship_link(member.mentorship, "mentorship_farewell")
    send("say_it_goes_soon", member, letter, at=at, action=(_("Take everything with you"), url))
