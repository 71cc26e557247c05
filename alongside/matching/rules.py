from alongside.kernel.permissions import Rule
from alongside.matching import queries
from alongside.matching.models import Matching, Offer
from alongside.people.models import Person
from alongside.programmes.rules import run_programme

work_on_matching: Rule[Person, Matching] = Rule(
    "work on this matching",
    lambda person, matching: run_programme.allows(person, matching.programme),
    queries.matchings_run_by,
)
look_after_offer: Rule[Person, Offer] = Rule(
    "look after this offer",
    lambda person, offer: run_programme.allows(person, offer.programme),
    queries.offers_run_by,
)
