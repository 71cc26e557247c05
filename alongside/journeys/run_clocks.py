"""What falls due by itself: reminders, questions nobody answered, imports nobody went on with or that were cut short.

Safe to run twice and by several workers at once.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import OperationalError, transaction

from alongside.applications.actions import put_away
from alongside.applications.queries import (
    applications_to_empty,
    drafts_left,
    drafts_to_remind,
    imports_abandoned,
    imports_cut_short,
    overdue,
    references_to_remind,
)
from alongside.applications.tasks import take_up_again
from alongside.assessments.queries import assessments_with_a_clock_due
from alongside.concerns.queries import concerns_in_hand
from alongside.directory.queries import listings_to_measure
from alongside.endings.queries import mentorships_to_clear, mentorships_to_forget, mentorships_to_tell
from alongside.enquiries.queries import enquiries_to_empty, enquiries_with_a_clock
from alongside.evaluation.queries import (
    follow_ups_due,
    mentorships_to_ask,
    mentorships_to_follow_up,
    mentorships_with_answers_to_forget,
    pulses_to_remind,
)
from alongside.figures.queries import networks_to_freeze
from alongside.groups import actions as groups
from alongside.groups.models import Ask
from alongside.groups.queries import asks_past_due, group_asks_open
from alongside.journeys import application_clocks, emails, enquiry_clocks, group_emails, placing_clocks
from alongside.journeys.after_meeting import ask_after_meeting
from alongside.journeys.all_round import run_review_clocks
from alongside.journeys.ask_mentors import ask_next_mentor, serve_line
from alongside.journeys.assess import run_assessment_clocks
from alongside.journeys.clear_files import clear_files
from alongside.journeys.freeze_figures import freeze_figures
from alongside.journeys.measure_listings import measure_listing
from alongside.journeys.pass_gate import note_standard_late
from alongside.journeys.pulse import ask_follow_up, ask_pulses, plan_follow_ups, remind_of_pulse
from alongside.journeys.raise_concern import run_concern_clocks
from alongside.journeys.remind_of_actions import remind_of_actions
from alongside.journeys.retention import (
    clear_inside,
    forget_answers,
    forget_meetings,
    forget_opinions,
    tell_that_it_goes,
)
from alongside.journeys.run_mentorship_clocks import run_mentorship_clocks
from alongside.journeys.survey import ask_surveys, forget_who_answered, remind_of_survey
from alongside.journeys.tell_story import end_story, remind_of_last_day
from alongside.kernel import scope
from alongside.kernel.ids import Referenced
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.matching import actions, clocks
from alongside.matching.models import Offer, Request
from alongside.matching.queries import offers_past_due, offers_waiting, requests_past_due, with_people
from alongside.matching.states import OfferState, RequestState
from alongside.meetings.queries import meetings_to_ask_about, meetings_with_opinions_to_forget
from alongside.mentorships.clocks import ZONE, months_before
from alongside.mentorships.queries import mentorships_with_a_clock_due
from alongside.placing.queries import asks_open, asks_to_forget, calls_past, not_noted, to_be_reminded
from alongside.placing.states import ASKS_KEPT, REMINDED_BEFORE
from alongside.placing.validity import day_of
from alongside.plans.queries import mentorships_to_remind
from alongside.programmes.models import Cohort
from alongside.questionnaires.actions import KEPT_MONTHS, forget_result
from alongside.questionnaires.queries import results_to_forget
from alongside.reviews.queries import mentorships_with_a_review_due
from alongside.stories.queries import stories_over, stories_soon_over
from alongside.surveys.queries import mentorships_to_survey, responses_to_forget, responses_to_remind

logger = logging.getLogger(__name__)


def run_clocks(*, at: datetime) -> None:
    """Let everything happen that is due at ``at``."""
    with scope.everywhere("clocks run for all organisations at once"):
        for act, things in _fallen_due(at):
            for thing in things:
                _once(act, thing, at)
        clear_files()


def _fallen_due(at: datetime) -> Iterator[tuple[Callable[..., None], Iterable[Referenced]]]:
    """Yield what is to be done, and with what; asked for when its turn comes, as what went before may settle it."""
    offers = with_people(Offer.objects.filter(state=OfferState.OPEN))
    requests = Request.objects.select_related(
        "mentor__person",
        "offer__mentee__person",
        "offer__mentee__cohort",
        "mentor__cohort",
        "offer__cohort",
        "programme",
    )
    yield lapse_offer, offers_past_due(at)
    yield lapse_request, requests_past_due(at).select_related("mentor__person", "offer__mentee__person", "programme")
    yield try_again, offers_waiting()
    yield remind_mentee, offers
    yield remind_mentor, requests.filter(state=RequestState.ASKED)
    yield lapse_ask, asks_past_due(at)
    yield remind_of_group, group_asks_open()
    yield run_mentorship_clocks, mentorships_with_a_clock_due(at)
    yield remind_of_actions, mentorships_to_remind(at.astimezone(ZoneInfo(ZONE)).date())
    yield run_review_clocks, mentorships_with_a_review_due(at)
    yield ask_after_meeting, meetings_to_ask_about(at)
    yield tell_that_it_goes, mentorships_to_tell(at)
    yield clear_inside, mentorships_to_clear(at)
    yield forget_answers, mentorships_with_answers_to_forget(at)
    yield forget_opinions, meetings_with_opinions_to_forget(at)
    yield forget_meetings, mentorships_to_forget(at)
    yield ask_pulses, mentorships_to_ask(at)
    yield remind_of_pulse, pulses_to_remind(at)
    yield ask_surveys, mentorships_to_survey(at)
    yield remind_of_survey, responses_to_remind(at)
    yield forget_who_answered, responses_to_forget(at)
    yield plan_follow_ups, mentorships_to_follow_up(at)
    yield ask_follow_up, follow_ups_due(at)
    yield run_concern_clocks, concerns_in_hand(at)
    yield run_assessment_clocks, assessments_with_a_clock_due(at)
    yield application_clocks.throw_away_draft, drafts_left(at)
    yield application_clocks.remind_of_draft, drafts_to_remind(at)
    yield application_clocks.remind_of_reference, references_to_remind(at)
    yield application_clocks.remind_to_decide, overdue(at)
    yield application_clocks.empty, applications_to_empty(at)
    yield note_standard_late, not_noted()
    yield placing_clocks.lapse_call, calls_past(day_of(at))
    yield placing_clocks.lapse_ask, asks_open().filter(due_at__lte=at)
    yield placing_clocks.remind_ask, asks_open()
    yield placing_clocks.remind_to_refresh, to_be_reminded(day_of(at), day_of(at + timedelta(days=REMINDED_BEFORE)))
    yield placing_clocks.forget_ask, asks_to_forget(months_before(at, ASKS_KEPT))
    yield enquiry_clocks.run_enquiry_clock, enquiries_with_a_clock(at)
    yield enquiry_clocks.empty_enquiry, enquiries_to_empty(at)
    yield forget_result, results_to_forget(months_before(at, KEPT_MONTHS))
    yield put_away, imports_abandoned(at)
    yield take_up_again, imports_cut_short(at)
    yield measure_listing, listings_to_measure(at)
    yield end_story, stories_over(day_of(at))
    yield remind_of_last_day, stories_soon_over(day_of(at))
    yield freeze_figures, networks_to_freeze(at)


@transaction.atomic
def lapse_offer(offer: Offer, *, at: datetime) -> None:
    """Pass a mentee's unanswered offer to the coordinator; the mentee's link stays good."""
    actions.lapse_offer(offer, at=at)


@transaction.atomic
def lapse_request(request: Request, *, at: datetime) -> None:
    """Thank a mentor who did not answer and ask the next on the mentee's list."""
    actions.lapse_request(request, at=at)
    emails.tell_mentor_no_longer_needed(request, at=at)
    ask_next_mentor(request.offer, at=at)
    serve_line(request.mentor, at=at)


@transaction.atomic
def try_again(offer: Offer, *, at: datetime) -> None:
    """Ask the next mentor of an offer that stands in line: a place may have become free in another programme."""
    ask_next_mentor(offer, at=at)


def remind_mentee(offer: Offer, *, at: datetime) -> None:
    """Remind a mentee to choose, if a reminder is due."""
    _remind(offer, offer.cohort, offer.offered_at, emails.remind_mentee, at)


def remind_mentor(request: Request, *, at: datetime) -> None:
    """Remind a mentor to answer, if a reminder is due."""
    _remind(request, request.offer.cohort, request.asked_at, emails.remind_mentor, at)


def lapse_ask(ask: Ask, *, at: datetime) -> None:
    """Pass an unanswered question about a group to the coordinator; a late answer still counts."""
    groups.lapse_ask(ask, at=at)


def remind_of_group(ask: Ask, *, at: datetime) -> None:
    """Remind somebody to say yes or no to a group, if a reminder is due."""
    if ask.due_at <= at:
        return
    wanted = clocks.reminders_due(ask.asked_at, ask.due_at, ask.group.cohort.rules.choice.reminders, at)
    if wanted > ask.reminders_sent:
        with transaction.atomic():
            if groups.count_reminders(ask, sent=wanted):
                group_emails.remind_of_group(ask, at=at)


def _once(act: Callable[..., None], thing: Referenced, at: datetime) -> None:
    """Do it, unless another worker (or the person, in the last second) was first; the others go on in any case."""
    try:
        act(thing, at=at)
    except (ChangedMeanwhile, MoveNotAllowed):
        return
    except OperationalError:  # the database is busy or away: the next round tries everything again
        raise
    except Exception:  # one thing that cannot be done must not stop everybody's clocks
        logger.exception("The clock of %s %s failed", type(thing).__name__, thing.ref)


def _remind(
    question: Offer | Request, cohort: Cohort, asked_at: datetime | None, write: Callable[..., None], at: datetime
) -> None:
    if asked_at is None or question.due_at is None or question.due_at <= at:
        return
    wanted = clocks.reminders_due(asked_at, question.due_at, cohort.rules.choice.reminders, at)
    if wanted > question.reminders_sent:
        with transaction.atomic():
            if actions.count_reminders(question, sent=wanted):
                write(question, at=at)
