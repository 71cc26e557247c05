"""``alongside make-network``: a made-up network, as large as a country's, in this installation's own database."""

import sys
import time
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from alongside.commands.nationwide import SCALES, Builder, Marginals, NoMarginals, NotOurs, plain, read
from alongside.commands.serving import migrate
from alongside.kernel import clock
from alongside.organisations.models import Network
from alongside.people.models import Person
from alongside.people.sign_in_links import make_sign_in_token

NAME = "Made-up network"


def make_network(*, scale: str, marginals: Path | None, seed: int, into: str) -> int:
    """Make the network, or go on where an earlier run was stopped, and print a link for its steward."""
    migrate()
    name = into or NAME
    if refusal := _refused(name):
        return _stop(refusal)
    try:
        drawn = _drawn_from(marginals)
        builder = Builder(name, SCALES[scale], drawn, seed, clock.now().replace(microsecond=0), _say)
        began = time.monotonic()
        builder.build()
    except NoMarginals as missing:
        return _stop(f"There is no {missing}. Name a folder that holds the reference data, or leave --marginals out.")
    except NotOurs:
        return _stop(
            f"There is a network called “{name}” already, and it is not the beginning of this one. Give another name "
            "with --into, or the same scale, seed and marginals as when it was begun."
        )
    steward = Person.objects.get(email=builder.steward_email)
    _say(f"“{name}” is there ({time.monotonic() - began:.0f} s). To sign in as its steward, once, within the hour:")
    _say(f"  {settings.SITE_URL}{reverse('sign_in_by_link', args=[make_sign_in_token(steward)])}")
    return 0


def _refused(name: str) -> str:
    """Return why a network of this name is not made beside those that are there; "" where it may be."""
    others = Network.objects.exclude(name=name).order_by("name").values_list("name", flat=True)
    if name == NAME and others:
        return (
            f"This installation has a network already: {', '.join(others)}. Made-up people should not stand beside "
            "real ones. If that is what you want, name a network that is not there with --into."
        )
    return ""


def _drawn_from(marginals: Path | None) -> Marginals:
    if marginals is None:
        _say("No --marginals: people are drawn from plain weights that come with us, not from real counts.")
        return plain()
    return read(marginals)


def _say(line: str) -> None:
    print(line, flush=True)


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
