"""Exercises, and 360-degree reviews, that a programme suggests when their time in a mentorship has come."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.exercises.queries import answers
from alongside.meetings.queries import figures_of
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import WORKING, MentorshipState
from alongside.questionnaires.definition import Audience, Definition
from alongside.questionnaires.queries import newest_definition
from alongside.questionnaires.speaking import for_reader
from alongside.reviews.queries import reviews_of
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Step

NOT_MET = frozenset({MentorshipState.INTRODUCED, MentorshipState.BOOKED})


def suggested(heres: Sequence[Here], begun: Mapping[int, Collection[str]], at: datetime) -> Iterator[Step]:
    """Suggest what nobody has begun yet; whether they do it is theirs to say.

    :param begun: the questionnaires that were begun, by mentorship.
    """
    asked = [here for here in heres if here.mentorship.cohort.rules.exercises]
    reviewed = set(reviews_of(here.me for here in asked).values_list("mentorship", flat=True)) if asked else set()
    figures = figures_of([here.mentorship for here in asked], at=at) if asked else {}
    for here in asked:
        pk, held = here.mentorship.pk, figures[here.mentorship.pk].held
        for each in here.mentorship.cohort.rules.exercises:
            if each.questionnaire not in begun.get(pk, ()) and has_come(each.when, here.mentorship, held=held, at=at):
                yield from _step(here, each.questionnaire, reviewed=pk in reviewed)


def has_come(when: str, mentorship: Mentorship, *, held: int, at: datetime) -> bool:
    """Say whether the time of an exercise has come and is not over.

    :param when: as the rules of a programme call it.
    :param held: how many meetings were held.
    """
    running, half = mentorship.state in WORKING, halfway(mentorship)
    return {
        "before_first": mentorship.state in NOT_MET,
        "first_meeting": held >= 1 and mentorship.state != MentorshipState.ENDED,
        "second_meeting": held >= 2 and running,
        "agreement": mentorship.agreed_at is not None and running,
        "halfway": running and half is not None and at >= half,
        "ending": mentorship.state == MentorshipState.ENDING,
    }[when]


def halfway(mentorship: Mentorship) -> datetime | None:
    """Return when half of the time is over that a mentorship is planned for; None where no end is planned."""
    if mentorship.planned_end_on is None:
        return None
    end = datetime.combine(mentorship.planned_end_on, time(), UTC)
    return mentorship.introduced_at + (end - mentorship.introduced_at) / 2


def _step(here: Here, questionnaire: str, *, reviewed: bool) -> Iterator[Step]:
    definition = newest_definition(questionnaire, here.mentorship.organisation_id)
    if definition.audience == Audience.RATERS:
        yield from _review(here, definition) if not (reviewed or here.me.is_mentor) else ()
    elif answers(here.me, definition):
        url = reverse("mentorship_exercises", args=[here.mentorship.ref])
        text = _("Your programme suggests this exercise now. It is yours to do or to leave.")
        yield Step(here.mentorship, for_reader(definition).title, text, url, _("Look at it"), weight=3)


def _review(here: Here, definition: Definition) -> Iterator[Step]:
    """Suggest to a mentee who has not done so to ask those around her."""
    url = reverse("mentorship_reviews", args=[here.mentorship.ref])
    text = _("Your programme suggests asking those around you now. Only you see what comes of it.")
    yield Step(here.mentorship, for_reader(definition).title, text, url, _("Look at it"), weight=3)
