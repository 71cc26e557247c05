"""Where pages about a kind of mentor are, also where all mentors are alike."""

from urllib.parse import urlencode

from django.urls import reverse

from alongside.programmes.models import Participant


def by_hand_url(mentee: Participant, kind: str = "") -> str:
    """Return where a mentor (of a kind) is found for a mentee by hand."""
    url = reverse("pair_by_hand", args=[mentee.ref])
    return f"{url}?{urlencode({'kind': kind})}" if kind else url
