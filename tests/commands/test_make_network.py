"""A made-up network keeps whatever the actions keep, and no clock finds anything old in it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Count, F, Prefetch, Q

from alongside.assessments.models import Assessment
from alongside.assessments.states import AssessmentState
from alongside.commands.cli import main
from alongside.commands.nationwide import SCALES, Builder, Scale, plain
from alongside.commands.nationwide.scales import shares_of
from alongside.directory.models import Listing
from alongside.directory.searching import forget, index_now, offers_listed
from alongside.endings.models import Clearing
from alongside.enquiries.models import Enquiry
from alongside.enquiries.states import EnquiryState
from alongside.finding.offers import Standing
from alongside.finding.reading import understood
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock, scope
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import RUNNING, MentorshipState
from alongside.notifications.models import Email
from alongside.organisations.models import Network, Organisation
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant, RuleBook
from alongside.programmes.states import ParticipantState, Side
from tests.world import NOW

SMALL = SCALES["small"]
TINY = Scale("tiny", organisations=4, programmes=12, mentors=120, mentees=300, enquiries=120, searches=100)
LIFE = ("introduced_at", "met_at", "going_on_at", "agreed_at", "ended_at")


@pytest.fixture
def small(db: None) -> Iterator[Network]:
    """A little of a country, with the clock stopped and everything in view."""
    with clock.stopped(NOW), scope.everywhere("a test looks at all of it"):
        yield Builder("Nation", TINY, plain(), seed=7, now=NOW).build()


def test_there_are_as_many_as_the_scale_says(small: Network) -> None:
    sides = Counter(Participant.objects.values_list("side", flat=True))
    assert sides == {Side.MENTOR: TINY.mentors, Side.MENTEE: TINY.mentees}
    assert small.organisations.count() == Listing.objects.count() == TINY.organisations
    assert Cohort.objects.count() == Cohort.objects.values("programme").distinct().count() == TINY.programmes
    assert Enquiry.objects.exclude(organisation=None).count() == TINY.enquiries
    assert not Person.objects.exclude(email__endswith="@example.org").exists()


def test_what_is_kept_belongs_where_its_programme_does(small: Network) -> None:
    for rows in (Participant.objects, Mentorship.objects, Member.objects, Clearing.objects, RuleBook.objects):
        assert not rows.exclude(organisation=F("programme__organisation")).exists()
    assert not Member.objects.exclude(participant__cohort=F("mentorship__cohort")).exists()


def test_no_mentor_has_more_than_their_places_and_nobody_is_matched_before_they_are_ready(small: Network) -> None:
    running = Count("memberships", filter=Q(memberships__mentorship__state__in=RUNNING))
    mentors = Participant.objects.filter(side=Side.MENTOR).annotate(running=running)
    assert mentors.filter(running__gt=0).exists()
    assert not mentors.filter(running__gt=F("capacity")).exists()
    mentees = Participant.objects.filter(side=Side.MENTEE).annotate(running=running)
    assert not mentees.filter(running__gt=1).exists()
    assert not Member.objects.exclude(participant__state=ParticipantState.READY).exists()
    ready = Participant.objects.filter(state=ParticipantState.READY).select_related("cohort")
    assert [each for each in ready if each.gates_left] == []


def test_the_moments_of_a_life_stand_in_its_order(small: Network) -> None:
    rows = Mentorship.objects.prefetch_related(
        "meetings", Prefetch("members", Member.objects.select_related("participant"))
    )
    assert {each.state for each in rows} >= {"introduced", "going_on", "active", "ended"}
    for each in rows:
        moments = [moment for name in LIFE if (moment := getattr(each, name))]
        assert moments == sorted(moments)
        assert moments[-1] <= NOW
        assert all(member.participant.joined_at <= each.introduced_at for member in each.members.all())
        held = [meeting.starts_at for meeting in each.meetings.all()]
        assert not held or each.met_at == min(held)
        assert all(moment <= (each.ended_at or NOW) for moment in held if moment)
        assert (each.state == MentorshipState.ENDED) == bool(each.ended_at)


def test_its_programmes_are_found(small: Network) -> None:
    forget()
    listed = Listing.objects.filter(state="listed")
    assert {offer.organisation for offer in offers_listed()} == {each.ref for each in listed}
    found = index_now().find(understood("help with cash flow").need)
    assert found.results


def test_a_standing_comes_from_an_assessment_that_still_holds(small: Network) -> None:
    for listing in Listing.objects.exclude(standing=Standing.VISIBLE):
        found = Assessment.objects.get(organisation=listing.organisation, state=AssessmentState.DECIDED)
        assert found.outcome == listing.standing
        assert found.holds_until
        assert found.holds_until > NOW


def test_an_enquiry_was_answered_after_it_came_and_one_long_closed_names_nobody(small: Network) -> None:
    rows = list(Enquiry.objects.all())
    assert {each.state for each in rows} >= {EnquiryState.ANSWERED, EnquiryState.APPLIED, EnquiryState.PASSED_ON}
    for each in rows:
        assert each.arrived_at
        assert each.sent_at <= each.arrived_at <= (each.answered_at or NOW)
        assert bool(each.email) == (each.emptied_at is None)


def test_clocks_find_nothing_old_in_it(small: Network, caplog: pytest.LogCaptureFixture) -> None:
    run_clocks(at=NOW)
    assert not caplog.records
    assert Email.objects.count() < 40


def test_the_same_seed_makes_the_same_and_another_makes_other_people(small: Network) -> None:
    def people(network: Network) -> list[tuple[str, str, str]]:
        rows = Participant.objects.filter(organisation__network=network).order_by("pk")
        return list(rows.values_list("person__name", "place", "about"))

    with scope.everywhere("a test looks at all of it"):
        first = people(small)
        Network.objects.filter(pk=small.pk).update(name="Before")
        Person.objects.filter(email__endswith="@example.org").update(email=F("ref"))
        again = Builder("Nation", TINY, plain(), seed=7, now=NOW).build()
        other = Builder("Elsewhere", TINY, plain(), seed=8, now=NOW).build()
    assert people(again) == first
    assert people(other) != first


def test_one_that_was_stopped_is_gone_on_with(db: None) -> None:
    class Stopped(Exception):
        pass

    def stop(line: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        Builder("Nation", TINY, plain(), seed=7, now=NOW, tell=stop).build()
    assert Organisation.objects.count() == 1
    Builder("Nation", TINY, plain(), seed=7, now=NOW).build()
    assert Organisation.objects.count() == TINY.organisations
    with scope.everywhere("a test looks at all of it"):
        assert Participant.objects.count() == TINY.mentors + TINY.mentees


def test_shares_are_the_whole_at_every_scale() -> None:
    import random

    for scale in SCALES.values():
        shares = shares_of(scale, random.Random(1))
        assert len(shares) == scale.organisations
        assert sum(len(share.mentors) for share in shares) == scale.programmes
        assert sum(sum(share.mentors) for share in shares) == scale.mentors
        assert sum(sum(share.mentees) for share in shares) == scale.mentees
        assert sum(share.enquiries for share in shares) == scale.enquiries


def test_it_is_not_made_beside_a_network_that_is_there(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    Network.objects.create(name="Home Nations")
    assert main(["make-network", "--scale", "small"]) == 1
    assert "has a network already: Home Nations" in capsys.readouterr().err
    assert main(["make-network", "--scale", "small", "--into", "Home Nations"]) == 1
    assert "not the beginning of this one" in capsys.readouterr().err
    assert not Organisation.objects.exists()


def test_made_by_the_command_it_tells_its_steward_how_to_sign_in(
    db: None, capsys: pytest.CaptureFixture[str], client: object
) -> None:
    Network.objects.create(name="Home Nations")
    assert main(["make-network", "--scale", "small", "--into", "Trial"]) == 0
    said = capsys.readouterr().out
    assert "plain weights" in said
    assert "/sign-in/" in said
    assert Network.objects.get(name="Trial").organisations.count() == SMALL.organisations
    assert main(["make-network", "--scale", "small", "--into", "Trial"]) == 0
    assert Organisation.objects.count() == SMALL.organisations


def test_counts_that_are_not_there_are_named(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["make-network", "--scale", "small", "--marginals", str(tmp_path)]) == 1
    assert "startup_programme.json" in capsys.readouterr().err
    assert not Network.objects.exists()
