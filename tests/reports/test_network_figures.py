"""What is counted from indexes is what is counted one by one."""

from collections import Counter

from alongside.commands.nationwide import Builder, Scale, plain
from alongside.kernel import scope
from alongside.mentorships.models import Member
from alongside.mentorships.states import RUNNING
from alongside.organisations.models import Network
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState, Side
from alongside.reports.network_figures import figures_of
from alongside.reports.suppression import suppressed
from tests.world import NOW

FEW = Scale("few", organisations=3, programmes=5, mentors=80, mentees=200, enquiries=3, searches=1)


def _home(participant: Participant) -> int:
    return participant.brought_by_id or participant.organisation_id


def _with_people_brought_in() -> Network:
    """A network in which every third was brought in by another organisation than the programme's."""
    network = Builder("Nation", FEW, plain(), seed=3, now=NOW).build()
    ours, theirs, _third = network.organisations.order_by("pk")
    some = Participant.objects.filter(organisation=ours).order_by("pk").values_list("pk", flat=True)[::3]
    Participant.objects.filter(pk__in=list(some)).update(brought_by=theirs)
    return network


def test_people_and_their_mentorships_count_for_whoever_brought_them_in(db: None) -> None:
    with scope.everywhere("a test counts one by one"):
        network = _with_people_brought_in()
        there = Participant.objects.exclude(state=ParticipantState.WITHDRAWN)
        people = Counter((_home(each), each.side) for each in there)
        rows = Member.objects.filter(side=Side.MENTEE, mentorship__state__in=RUNNING).select_related("participant")
        running = Counter(_home(each.participant) for each in rows)
        moved = [each for each in rows if each.participant.brought_by_id]
        figures = {each.organisation.pk: each for each in figures_of(network)}
    assert len(moved) > 5
    for pk, each in figures.items():
        assert each.mentors == suppressed(people[pk, Side.MENTOR])
        assert each.mentees == suppressed(people[pk, Side.MENTEE])
        assert each.mentorships == suppressed(running[pk])
