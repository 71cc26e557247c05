"""The one letter about notes: that a mentee took what is theirs."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.journeys.links import mentorship_link
from alongside.journeys.mentorship_emails import Letter, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member


@in_their_words
def tell_records_were_given(author: Member, *, to: Member, at: datetime) -> None:
    name = to.participant.person.name
    whose = _("Records of meetings belong to the mentee, who can ask for them any time. %(name)s can read yours now.")
    if to.mentorship.of_peers:
        whose = _("Records of meetings belong to you all: each can ask for them any time. %(name)s can read yours now.")
    letter = Letter(
        _("%(name)s asked for the records of your meetings") % {"name": name},
        [
            whose % {"name": name},
            _("Notes that you did not mark as a record stay yours alone."),
        ],
    )
    url = mentorship_link(author.mentorship, "mentorship_notes")
    send("tell_records_were_given", author, letter, at=at, action=(_("See your notes"), url))
