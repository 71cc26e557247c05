"""The letters of becoming a mentor in a network: to confirm an address, and to ask and answer whoever was found."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.mentorship_emails import Letter
from alongside.journeys.network_letters import Action, write_letter
from alongside.mentors.begin_links import Beginning, begin_token
from alongside.mentors.models import Invitation
from alongside.organisations.models import Network
from alongside.organisations.queries import coordinators_of
from alongside.people.models import Person

CONFIRM = "confirm_becoming"


def confirm_becoming(beginning: Beginning, network: Network, *, at: datetime) -> None:
    letter = Letter(
        _("Become a mentor: begin"),
        [
            _("You would like to be a mentor in %(network)s. The link below shows us that this address is yours. Then "
              "you write who you are, once, and offer your help wherever you like.") % {"network": network.name},
            _("It works for three days. If it was not you, do nothing: then nothing is kept."),
        ],
    )  # fmt: skip
    to = Person(email=beginning.email, name=beginning.name)
    send(
        "confirm_becoming",
        to,
        network,
        letter,
        at=at,
        action=(_("Begin"), _url("become_begin", begin_token(beginning))),
    )


def invite_mentor(invitation: Invitation, *, at: datetime) -> None:
    words = {"organisation": invitation.organisation.name}
    letter = Letter(
        _("%(organisation)s asks whether you would be a mentor with them") % words,
        [
            _("You said that organisations may find you. %(organisation)s found you, and would like your help.")
            % words,
            _("A no is as welcome as a yes. They learn your name and your email address only with your yes."),
        ],
        quote=invitation.words,
        quote_from=_("%(organisation)s writes:") % words,
    )
    action = (_("Say yes or no"), _url("my_invitation", invitation.ref))
    send("invite_mentor", invitation.profile.person, invitation.profile.network, letter, at=at, action=action)


def tell_mentor_says_yes(invitation: Invitation, *, at: datetime) -> None:
    """Tell whoever coordinates the organisation; the letter leads to who it is."""
    letter = Letter(
        _("A mentor whom you asked says yes"),
        [
            _("Somebody whom %(organisation)s asked would like to be a mentor with you. You see now who it is, and can "
              "write to them.") % {"organisation": invitation.organisation.name},
        ],
    )  # fmt: skip
    for person in coordinators_of([invitation.organisation_id]):
        action = (_("See who it is"), _url("found_mentors"))
        send("tell_mentor_says_yes", person, invitation.profile.network, letter, at=at, action=action)


def send(kind: str, to: Person, network: Network, letter: Letter, *, at: datetime, action: Action) -> None:
    """Write a letter of the network to somebody, in the time of where they are."""
    why = _("You get this because of mentors in %(network)s.") % {"network": network.name}
    write_letter(kind, to, letter, operator=network.name, why=why, at=at, action=action)


def _url(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)
