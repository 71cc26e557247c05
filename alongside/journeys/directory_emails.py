"""The letters of the directory: to whoever puts an organisation in, or says that an entry is theirs."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.directory.joining_links import Claiming, Joining, joining_token
from alongside.directory.models import Claim, Listing
from alongside.journeys.mentorship_emails import Letter
from alongside.journeys.network_letters import Action, write_letter
from alongside.organisations.models import Network
from alongside.organisations.queries import coordinators_of, stewards_of
from alongside.people.models import Person


def confirm_joining(joining: Joining, network: Network, *, at: datetime) -> None:
    words = {"organisation": joining.organisation, "network": network.name}
    letter = Letter(
        _("Put %(organisation)s into the directory") % words,
        [
            _("You would like to show %(organisation)s in the directory of %(network)s. The link below shows us that "
              "this address is yours.") % words,
            _("It works for three days. If it was not you, do nothing: then nothing is kept."),
        ],
    )  # fmt: skip
    to = Person(email=joining.email, name=joining.name)
    action = (_("Begin"), _url("join_begin", joining_token(joining)))
    send("confirm_joining", to, network, letter, at=at, action=action)


def confirm_claim(claiming: Claiming, listing: Listing, *, at: datetime) -> None:
    words = {"organisation": listing.name}
    letter = Letter(
        _("Is %(organisation)s yours to look after?") % words,
        [
            _("Somebody says with this address that they work for %(organisation)s and would like to look after its "
              "entry. If it was you, say so: then a steward of the network looks at it.") % words,
            _("The link works for three days. If it was not you, do nothing: then nothing is kept."),
        ],
    )  # fmt: skip
    to = Person(email=claiming.email, name=claiming.name)
    action = (_("Yes, it was me"), _url("claim_confirm", joining_token(claiming)))
    send("confirm_claim", to, listing.network, letter, at=at, action=action)


def tell_stewards_of_claim(claim: Claim, *, at: datetime) -> None:
    words = {"organisation": claim.listing.name, "person": claim.name}
    letter = Letter(
        _("%(person)s says that %(organisation)s is theirs") % words,
        [_("They would like to look after its entry in the directory. Look whether they are who they say.")],
    )
    _to_stewards("tell_stewards_of_claim", claim.listing, letter, at=at)


def tell_claim_accepted(claim: Claim, person: Person, *, at: datetime) -> None:
    letter = Letter(
        _("%(organisation)s is yours to look after") % {"organisation": claim.listing.name},
        [_("You can change its entry in the directory, and answer those who ask. Sign in with this address.")],
    )
    action = (_("Open the entry"), _url("my_listing", claim.listing.ref))
    send("tell_claim_accepted", person, claim.listing.network, letter, at=at, action=action)


def tell_claim_declined(claim: Claim, *, at: datetime) -> None:
    letter = Letter(
        _("About the entry of %(organisation)s") % {"organisation": claim.listing.name},
        [
            _("We could not see that you work for this organisation, so its entry stays as it is."),
            _("If you do, ask somebody there whose address is of the organisation to say so, or write to the network."),
        ],
    )
    action = (_("Write to the network"), settings.SITE_URL + reverse("enquire_network"))
    send(
        "tell_claim_declined",
        Person(email=claim.email, name=claim.name),
        claim.listing.network,
        letter,
        at=at,
        action=action,
    )


def tell_stewards_of_listing(listing: Listing, *, at: datetime) -> None:
    letter = Letter(
        _("%(organisation)s would like to be in the directory") % {"organisation": listing.name},
        [_("A glance is enough: is it mentoring, and is it who it says? It is shown as not assessed.")],
    )
    _to_stewards("tell_stewards_of_listing", listing, letter, at=at)


def tell_listed(listing: Listing, *, at: datetime) -> None:
    letter = Letter(
        _("%(organisation)s is in the directory") % {"organisation": listing.name},
        [
            _("Everybody can find you now. Whoever asks you something is shown how long you usually take to answer."),
            _("The page says “not assessed” until you have been. You can begin an assessment whenever you like."),
        ],
    )
    _to_coordinators("tell_listed", listing, letter, at=at, action=(_("See your page"), _url("listing", listing.slug)))


def tell_sent_back(listing: Listing, words: str, *, at: datetime) -> None:
    letter = Letter(
        _("Please change something in the entry of %(organisation)s") % {"organisation": listing.name},
        [_("A steward of the network looked at it and asks for a change before everybody sees it.")],
        quote=words,
        quote_from=_("The network writes:"),
    )
    action = (_("Change it"), _url("my_listing", listing.ref))
    _to_coordinators("tell_sent_back", listing, letter, at=at, action=action)


def tell_suspended(listing: Listing, words: str, *, at: datetime) -> None:
    letter = Letter(
        _("%(organisation)s is not in the directory for now") % {"organisation": listing.name},
        [_("A steward of the network took it out. What is in it is kept, and you can write to the network about it.")],
        quote=words,
        quote_from=_("The network writes:"),
    )
    action = (_("Open the entry"), _url("my_listing", listing.ref))
    _to_coordinators("tell_suspended", listing, letter, at=at, action=action)


def _to_coordinators(kind: str, listing: Listing, letter: Letter, *, at: datetime, action: Action) -> None:
    _to_all(kind, coordinators_of([listing.organisation_id]), listing, letter, at=at, action=action)


def _to_stewards(kind: str, listing: Listing, letter: Letter, *, at: datetime) -> None:
    action = (_("Look at it"), settings.SITE_URL + reverse("network_listings"))
    _to_all(kind, stewards_of(listing.network_id), listing, letter, at=at, action=action)


def _to_all(
    kind: str, people: Iterable[Person], listing: Listing, letter: Letter, *, at: datetime, action: Action
) -> None:
    for person in people:
        send(kind, person, listing.network, letter, at=at, action=action)


def send(kind: str, to: Person, network: Network, letter: Letter, *, at: datetime, action: Action) -> None:
    """Write a letter of the network to somebody, in the time of where they are."""
    why = _("You get this because of an entry in the directory of %(network)s.") % {"network": network.name}
    write_letter(kind, to, letter, operator=network.name, why=why, at=at, action=action)


def _url(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)
