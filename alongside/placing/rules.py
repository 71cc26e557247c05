from alongside.kernel.permissions import Rule
from alongside.people.models import Person
from alongside.placing import queries
from alongside.placing.models import Call, Volunteer
from alongside.programmes.rules import run_programme

make_call: Rule[Person, Call] = Rule(
    "look after this call", lambda person, call: run_programme.allows(person, call.programme), queries.calls_made_by
)
answer_call: Rule[Person, Call] = Rule(
    "answer this call", lambda person, call: run_programme.allows(person, call.to), queries.calls_to
)
look_after_volunteer: Rule[Person, Volunteer] = Rule(
    "look after this volunteer",
    lambda person, volunteer: run_programme.allows(person, volunteer.programme),
    queries.volunteers_run_by,
)
