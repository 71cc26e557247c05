"""The letters about a plan: only its reminders, and only to whoever asked for one."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.links import mentorship_link
from alongside.journeys.mentorship_emails import Letter, others_in_words, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member
from alongside.plans.models import Action


@in_their_words
def remind_of_action(member: Member, action: Action, *, at: datetime) -> None:
    words = {
        "others": others_in_words(member),
        "day": date_format(action.by_when, "l j F") if action.by_when else "",
    }
    letter = Letter(
        _("From your plan with %(others)s: for %(day)s") % words,
        [_("You wanted to be reminded of this. It is for %(day)s.") % words],
        quote=action.what,
        quote_from=_("On your plan:"),
    )
    url = mentorship_link(member.mentorship, "mentorship_plan")
    send("remind_of_action", member, letter, at=at, private=True, action=(_("See your plan"), url))
