from alongside.mentorships.states import MentorshipState
from alongside.plans.actions import note_learning, review_objective, set_objective
from alongside.plans.states import Outcome
from alongside.reports.what_was_achieved import drafted_for
from tests.paired import inside, member_in, pair
from tests.world import NOW, World


def test_it_is_drafted_from_what_was_reached_worked_on_and_learned_and_not_from_what_was_let_go(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    with inside(mentorship):
        bea, maya = member_in(mentorship, world.bea), member_in(mentorship, world.maya)
        assert drafted_for(bea) == ""
        for what, outcome in (("Price bread", Outcome.MET), ("Hire", Outcome.GOING_ON), ("Move", Outcome.DROPPED)):
            objective = set_objective(by=bea, what=what, how_known="", at=NOW)
            review_objective(objective, outcome, by=bea, at=NOW)
        note_learning(by=bea, learned="Rye sells", used="", at=NOW)
        note_learning(by=maya, learned="Patience", used="", at=NOW)
        said = drafted_for(bea)
    assert said == "I reached:\n– Price bread\n\nI worked on:\n– Hire\n\nWhat else I learned:\n– Rye sells"
