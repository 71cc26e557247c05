from alongside.journeys import ask_group as journey
from alongside.journeys.group_fits import coverage, free_in, suggest_mentors, suggest_peers
from alongside.programmes.actions import enter_participant, update_participant
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from tests.groups.shaped import asked, group_of, no, of_groups, of_peers, yes
from tests.world import NOW, World, person


def more(world: World, name: str, side: Side = Side.MENTEE, **details: object) -> Participant:
    made = enter_participant(world.cohort, person(name), side, by=world.carys, at=NOW, details=details)
    made.cohort = world.cohort
    return made


def together(world: World) -> set[frozenset[str]]:
    found = suggest_peers(world.cohort)
    return {frozenset(each.person.first_name for each in one.members) for one in found.together}


class TestPeers:
    def test_those_who_want_to_work_on_the_same_are_put_together(self, world: World) -> None:
        of_peers(world)
        more(world, "Gita Green", topics=[["Exporting", 1.0]], sector="Food")
        assert frozenset({"Farah", "Gita"}) in together(world)
        assert len(together(world)) == 2

    def test_the_odd_one_is_named_or_makes_three(self, world: World) -> None:
        of_peers(world)
        found = suggest_peers(world.cohort)
        assert (len(found.together), len(found.left)) == (1, 1)
        of_peers(world, members=3)
        found = suggest_peers(world.cohort)
        assert (len(found.together[0].members), found.left) == (3, [])

    def test_nobody_is_with_somebody_they_avoid(self, world: World) -> None:
        of_peers(world, members=3)
        update_participant(world.dai, by=None, at=NOW, avoids=["Bea Baker", "farah.farouk@example.org"])
        assert together(world) == {frozenset({"Bea", "Farah"})}

    def test_a_rule_of_the_programme_holds_both_ways(self, world: World) -> None:
        of_peers(world, matching={"rules": {"organisation": "different"}})
        for each in (world.bea, world.farah):
            update_participant(each, by=None, at=NOW, employer="Harbour Foods")
        update_participant(world.dai, by=None, at=NOW, employer="Elsewhere")
        assert frozenset({"Bea", "Farah"}) not in together(world)

    def test_former_peers_are_not_put_together_again(self, world: World) -> None:
        of_peers(world)
        for each in world.mentees:
            update_participant(each, by=None, at=NOW, capacity=2)
        group = asked(world, world.bea, world.dai)
        yes(group, world.bea)
        yes(group, world.dai)
        assert together(world).isdisjoint({frozenset({"Bea", "Dai"})})

    def test_who_said_no_to_being_together_is_not_suggested_so_again(self, world: World) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        no(group, world.dai)
        journey.give_up(group, by=world.carys, at=NOW)
        assert together(world).isdisjoint({frozenset({"Bea", "Dai"})})

    def test_alone_there_is_nobody_to_be_with(self, world: World) -> None:
        of_peers(world)
        group_of(world, world.bea, world.dai)
        found = suggest_peers(world.cohort)
        assert (list(found.together), found.left) == ([], [world.farah])


class TestGroups:
    def test_mentors_are_chosen_who_complete_each_other(self, world: World) -> None:
        of_groups(world, mentors=2)
        more(world, "Pia Price", Side.MENTOR, topics=[["Pricing", 1.0]])
        group = group_of(world, world.bea, world.dai)
        topics = {topic for each in suggest_mentors(group) for topic in each.topic_labels}
        assert topics == {"Pricing", "Marketing"}

    def test_who_is_in_it_already_counts(self, world: World) -> None:
        of_groups(world, mentors=2)
        group = group_of(world, world.bea, world.dai, world.maya)
        assert suggest_mentors(group) == [world.marcus]
        team = coverage(group, also=[world.marcus])
        assert team is not None
        said = {need.need: need.sentence for need in team.needs}
        assert said["Pricing"] == "Pricing: covered by Maya Mentor"
        assert said["Hiring"] == "Hiring: covered by nobody"

    def test_nobody_is_suggested_without_a_place_or_who_said_no_or_is_avoided(self, world: World) -> None:
        of_groups(world, mentors=3)
        update_participant(world.maya, by=None, at=NOW, capacity=0)
        update_participant(world.nia, by=None, at=NOW, avoids=["Bea Baker"])
        group = asked(world, world.bea, world.marcus)
        no(group, world.marcus)
        assert suggest_mentors(group) == []

    def test_of_peers_no_mentor_is_free(self, world: World) -> None:
        of_peers(world)
        assert free_in(world.cohort).mentors == []
