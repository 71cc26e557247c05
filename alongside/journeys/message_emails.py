"""Messages as they go out by email, and what is said of an answer by email that could not be taken as it came."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.journeys.links import mentorship_link
from alongside.journeys.mentorship_emails import Letter, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member
from alongside.messaging.models import Message
from alongside.messaging.quoting import MARKER
from alongside.messaging.reply_addresses import reply_address
from alongside.notifications.actions import write_email


@in_their_words
def tell_of_message(member: Member, message: Message, *, files: Sequence[str] = (), at: datetime) -> None:
    name, answer_to = message.author.participant.person.name, reply_address(member, message)
    how = _("Answer this email, and your words go into your thread, to those who can read this.")
    if not answer_to:
        how = _("Answer on the page: an answer to this email reaches nobody.")
    attached = [_("With it, on the page: %(files)s") % {"files": ", ".join(files)}] if files else []
    letter = Letter(
        _("%(name)s wrote to you") % {"name": name},
        [how, *attached],
        quote=message.text,
        quote_from=_("%(name)s wrote:") % {"name": name} if message.text else "",
        above=f"— {MARKER} —" if answer_to else "",
    )
    action = (_("Read and answer"), mentorship_link(member.mentorship, "mentorship_messages"))
    send("tell_of_message", member, letter, at=at, action=action, private=True, reply_to=answer_to)


@in_their_words
def tell_answer_was_not_kept(member: Member, why: str, *, at: datetime) -> None:
    letter = Letter(
        _("Your answer by email did not arrive"),
        [why, _("You find what you wrote among the emails you sent. You can also write it on the page.")],
    )
    action = (_("Write on the page"), mentorship_link(member.mentorship, "mentorship_messages"))
    send("tell_answer_was_not_kept", member, letter, at=at, action=action, private=True)


@in_their_words
def tell_files_were_left_out(member: Member, reasons: Sequence[str], *, at: datetime) -> None:
    letter = Letter(
        _("Your answer arrived, some of its files did not"),
        [_("What you wrote is in your thread. This was not taken:"), *reasons],
    )
    action = (_("See your thread"), mentorship_link(member.mentorship, "mentorship_messages"))
    send("tell_files_were_left_out", member, letter, at=at, action=action, private=True)


def tell_answer_came_from_elsewhere(address: str, *, at: datetime) -> None:
    """Tell whoever wrote from an address we do not know; it names nobody, for they may be anybody."""
    letter = Letter(
        _("Your email did not arrive"),
        [
            _("You answered a message, and the answer came from an address that is not the one we know."),
            _("Send it again from the address at which you got the message, or sign in and answer on the page."),
        ],
    )
    context = {
        "person": {"first_name": _("there")},
        "letter": letter,
        "why": _("You get this because an email from your address was sent to us."),
    }
    write_email("tell_answer_came_from_elsewhere", template="letter", to=address, at=at, context=context)
