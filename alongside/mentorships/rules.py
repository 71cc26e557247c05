from alongside.kernel.permissions import Rule
from alongside.mentorships import queries
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person
from alongside.programmes.rules import run_programme

watch_over: Rule[Person, Mentorship] = Rule(
    "watch over this mentorship",
    lambda person, mentorship: run_programme.allows(person, mentorship.programme),
    queries.mentorships_run_by,
)
take_part: Rule[Person, Mentorship] = Rule(
    "take part in this mentorship",
    lambda person, mentorship: Member.unscoped.filter(
        mentorship=mentorship, participant__person=person, left_at=None
    ).exists(),
    queries.mentorships_of,
)
