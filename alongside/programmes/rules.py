from alongside.kernel.permissions import Rule
from alongside.people.models import Person
from alongside.programmes import queries
from alongside.programmes.models import Cohort, Participant, Programme


def _runs(person: Person, programme_id: int) -> bool:
    return queries.programmes_run_by(person).filter(pk=programme_id).exists()


run_programme: Rule[Person, Programme] = Rule(
    "run this programme", lambda person, programme: _runs(person, programme.pk), queries.programmes_run_by
)
run_cohort: Rule[Person, Cohort] = Rule(
    "run this cohort", lambda person, cohort: _runs(person, cohort.programme_id), queries.cohorts_run_by
)
look_after_participant: Rule[Person, Participant] = Rule(
    "look after this participant",
    lambda person, participant: _runs(person, participant.programme_id),
    queries.participants_run_by,
)
