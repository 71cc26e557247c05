"""The demonstration is what the documentation says it is."""

from collections import Counter

import pytest

from alongside.commands.demonstration import build_if_missing
from alongside.directory.models import Listing
from alongside.kernel import scope
from alongside.matching.models import Offer, Request
from alongside.mentorships.models import Mentorship
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.places.regions import TILES
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side

pytestmark = pytest.mark.slow


def test_it_is_wementor_as_the_source_describes_it_and_built_twice_is_built_once(db) -> None:
    build_if_missing()
    with scope.everywhere("the demonstration spans organisations"):
        cohort = Cohort.objects.get(name="First cohort")
        people = Counter(Participant.objects.filter(cohort=cohort).values_list("side", flat=True))
        assert people == {Side.MENTOR: 39, Side.MENTEE: 81}
        assert Mentorship.objects.filter(cohort=cohort).count() == 72
        stages = {"introduced", "cooling_off", "going_on", "active", "ended"}
        assert set(Mentorship.objects.values_list("state", flat=True)) == stages
        assert Offer.objects.filter(cohort=cohort, state="open").exists()
        assert Request.objects.filter(state="asked").exists()
        assert Cohort.objects.exclude(programme__organisation=cohort.organisation).exists()
    assert (
        Organisation.objects.exclude(pk__in=Listing.unscoped.filter(runs_here=False).values("organisation")).count()
        == 5
    )
    assert len(set(Listing.unscoped.values_list("organisation__region", flat=True)) & set(TILES)) == 12
    assert Listing.unscoped.count() >= 110
    assert not Person.objects.exclude(email__endswith="@example.org").exists()
    people = Person.objects.count()
    build_if_missing()
    assert Person.objects.count() == people
