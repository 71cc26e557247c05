"""The letters about exercises: that one waits, and that it can be compared. What was answered is in none of them."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.exercises.models import Exercise
from alongside.journeys.links import mentorship_link
from alongside.journeys.mentorship_emails import Letter, others_in_words, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member


@in_their_words
def ask_to_fill_in(member: Member, exercise: Exercise, *, at: datetime) -> None:
    name = exercise.opened_by.participant.person.name
    letter = Letter(
        _("%(name)s began an exercise with you") % {"name": name},
        [
            _("It is called “%(title)s”. Each of you answers alone; then you see both side by side.")
            % {"title": exercise.definition.title},
            _("Nobody sees your answers before everybody is done, and a coordinator never does."),
        ],
    )
    url = mentorship_link(member.mentorship, "mentorship_exercises")
    send("ask_to_fill_in", member, letter, at=at, action=(_("Answer it"), url))


@in_their_words
def tell_it_can_be_compared(member: Member, exercise: Exercise, *, at: datetime) -> None:
    letter = Letter(
        _("Compare your answers with %(others)s") % {"others": others_in_words(member)},
        [
            _("You have all answered “%(title)s”. What you see differently stands on top: talk about that first.")
            % {"title": exercise.definition.title}
        ],
    )
    url = mentorship_link(member.mentorship, "mentorship_exercises")
    send("tell_it_can_be_compared", member, letter, at=at, action=(_("Compare"), url))
