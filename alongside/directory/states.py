from django.db import models

from alongside.kernel.lifecycle import Lifecycle, Move


class ListingState(models.TextChoices):
    """How far a listing is from being seen by everybody."""

    DRAFT = "draft", "Being written"
    WAITING = "waiting", "Waiting for a steward’s glance"
    LISTED = "listed", "In the directory"
    HIDDEN = "hidden", "Taken out by the organisation"
    SUSPENDED = "suspended", "Taken out by a steward"


class ClaimState(models.TextChoices):
    """How far it is that somebody says that an entry is of their organisation."""

    WAITING = "waiting", "Waiting for a steward"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


CLAIMS: Lifecycle[ClaimState] = Lifecycle(
    Move("accept", frozenset({ClaimState.WAITING}), ClaimState.ACCEPTED, "It is theirs"),
    Move("decline", frozenset({ClaimState.WAITING}), ClaimState.DECLINED, "It is not theirs"),
)

LIFE: Lifecycle[ListingState] = Lifecycle(
    Move("send", frozenset({ListingState.DRAFT}), ListingState.WAITING, "Send it to the network"),
    Move("list", frozenset({ListingState.WAITING}), ListingState.LISTED, "Put it in the directory"),
    Move("send_back", frozenset({ListingState.WAITING}), ListingState.DRAFT, "Ask for a change"),
    Move("hide", frozenset({ListingState.LISTED}), ListingState.HIDDEN, "Take it out of the directory"),
    Move("show_again", frozenset({ListingState.HIDDEN}), ListingState.LISTED, "Put it back into the directory"),
    Move("suspend", frozenset({ListingState.LISTED, ListingState.HIDDEN}), ListingState.SUSPENDED, "Suspend it"),
    Move("reinstate", frozenset({ListingState.SUSPENDED}), ListingState.LISTED, "Reinstate it"),
)
