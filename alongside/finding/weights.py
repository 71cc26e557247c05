"""How much each thing counts when offers are put in order: every number of the search, in one place, with why.

What an offer has of what was said is averaged by ``SHARES`` into a fit of 0 to 1; what speaks against it multiplies
that by ``AGAINST``; what speaks for it in any case adds a little (``BONUS``). More of anything good never lowers a fit.
"""

from __future__ import annotations

SHARES = {
    "topics": 5.0,  # what somebody came for
    "place": 2.5,  # mentoring that cannot be reached helps nobody, but online reaches far
    "audience": 2.0,  # made for people like me
    "language": 2.0,
    "sector": 1.5,  # a mentor who knows the trade is better; one who does not still helps
    "stage": 1.0,
    "words": 1.0,  # what meant nothing in particular may be in a name
}
"""How much each thing said counts beside the others."""

FOR_EVERYBODY = {"audience": 0.55, "sector": 0.6, "stage": 0.6}
"""The share of an offer that is for everybody in a respect, beside 1 for one that is for just this."""

TOPICS_NOT_SAID = 0.25
"""The share of topics of an offer that names none: it may help, nobody knows."""

LATER_TOPIC = 0.7
"""Each further topic counts so much of the one before: people name first what matters most."""

PLACE = {
    "near": 1.0,  # less as it is farther, down to "region" at the edge of its reach
    "region": 0.75,  # somewhere in the region
    "everywhere": 0.75,  # in person, wherever one is
    "online": 0.65,  # where nothing was said of meeting online; 1 where that is wanted
    "far": 0.1,
}
"""The share of each way in which an offer can be reached."""

AGAINST = {
    "other audience": 0.2,  # made for people the visitor said she is not among, as far as she said
    "an audience": 0.75,  # made for somebody, while the visitor did not say who she is
    "other language": 0.4,
    "far": 0.35,  # can be reached neither in person nor online
    "in person": 0.6,  # online was wanted
    "too far": 0.0,  # in person only was wanted, and it is out of all reach: ruled out
    "closed": 0.7,  # not open now
    "no topic": 0.6,  # none of what was asked for
}
"""What a fit is multiplied by."""

BONUS = {
    "assessed": 0.05,
    "conditional": 0.025,
    "open": 0.02,
    "free_places": 0.02,
    "quick": 0.02,  # usually answers within QUICK_DAYS
    "free": 0.01,  # costs nothing
}
"""What is added: little, so that it decides only between what fits alike."""

QUICK_DAYS = 7.0
TOO_FAR_KM = 200.0
"""Beyond this an offer is no answer to somebody who wants to meet in person only."""

NOTHING_SAID = 0.5
"""The fit of every offer where nothing was said, before the bonus."""

WEAK = 0.5
"""A fit below this is weak: then what else there is (nearest, online) is named too."""
