"""The letters about an agreement: that it waits to be signed, and that all have signed.

What it says is in none of them. They are private all the same: whoever holds the link reads what is to be signed.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.agreements.models import Agreement
from alongside.journeys.links import mentorship_link, sign_link
from alongside.journeys.mentorship_emails import Letter, others_in_words, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member


@in_their_words
def ask_to_sign(member: Member, agreement: Agreement, *, at: datetime) -> None:
    name = agreement.proposed_by.participant.person.name
    fixed = _("If something in it should be different, change it: nothing is fixed.")
    changed = _("It is a changed one. The one you have signed stays in force until you have all signed this.")
    letter = Letter(
        _("%(name)s asks you to sign your agreement") % {"name": name},
        [
            _("%(name)s has put your agreement together. Read it, and sign it if it suits you.") % {"name": name},
            changed if agreement.version > 1 else fixed,
        ],
    )
    action = (_("Read and sign it"), sign_link(agreement, member))
    send("ask_to_sign", member, letter, at=at, private=True, action=action)


@in_their_words
def tell_all_signed(member: Member, agreement: Agreement, *, at: datetime) -> None:
    words = {"others": others_in_words(member), "version": agreement.version}
    letter = Letter(
        _("You and %(others)s have an agreement") % words,
        [
            _("You have all signed version %(version)d of your agreement.") % words,
            _("You can read it and save it as a PDF whenever you like. If something changes, change it together."),
        ],
    )
    url = mentorship_link(member.mentorship, "mentorship_agreement")
    send("tell_all_signed", member, letter, at=at, private=True, action=(_("Read it, or save it as a PDF"), url))
