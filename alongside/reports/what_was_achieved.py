"""A draft of what was achieved, from the plan of a mentorship: the mentee makes it theirs, or writes their own."""

from django.utils.translation import gettext as _

from alongside.mentorships.models import Member
from alongside.plans.queries import learnings_in, objectives_in
from alongside.plans.states import ObjectiveState


def drafted_for(mentee: Member) -> str:
    """Return what a mentee may want to say: what was reached, what was worked on, what else they learned.

    What they do not pursue any more is not in it. Empty where the plan says nothing.
    """
    objectives = list(objectives_in(mentee.mentorship))
    learned = [each.learned for each in learnings_in(mentee.mentorship) if each.author_id == mentee.pk]
    parts = [
        (_("I reached:"), [each.what for each in objectives if each.state == ObjectiveState.MET]),
        (_("I worked on:"), [each.what for each in objectives if each.state == ObjectiveState.OPEN]),
        (_("What else I learned:"), learned),
    ]
    return "\n\n".join("\n".join([title, *(f"– {line}" for line in lines)]) for title, lines in parts if lines)
