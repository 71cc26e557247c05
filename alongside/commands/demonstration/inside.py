"""What two invented people wrote inside their mentorship: a plan, notes, an exercise compared."""

from datetime import datetime, timedelta

from alongside.evaluation.actions import answer_pulse, ask_pulse
from alongside.exercises.models import Exercise
from alongside.journeys.book_meeting import Plan, answer_times, suggest_times, times_for
from alongside.journeys.fill_in import begin_exercise, fill_in
from alongside.kernel import scope
from alongside.meetings.states import Answer, Mode
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import WORKING
from alongside.messaging.actions import write_message
from alongside.notes.actions import write_note
from alongside.plans import actions as plans
from alongside.plans.states import Outcome, Reminder
from alongside.questionnaires.queries import definition_of
from alongside.surveys import actions as surveys
from alongside.surveys.clocks import after, since
from alongside.surveys.models import Response
from alongside.surveys.queries import asks

DAY = timedelta(days=1)
SEEN_OTHERWISE = (
    {"solutions": 2, "shield": 1, "hard-questions": 1, "how-to-act": 2, "be-a-friend": 1},
    {"solutions": 0, "shield": 0, "hard-questions": 2, "how-to-act": 0, "be-a-friend": 0},
)
"""Where the mentee and the mentor see a mentor's part differently."""


def write_inside(mentorship: Mentorship, *, met: datetime, now: datetime) -> None:
    """Let the members of a mentorship that goes on write what many write in their first months."""
    within = scope.Scope.of(
        organisations=[mentorship.organisation_id],
        programmes=[mentorship.programme_id],
        mentorships=[mentorship.pk],
    )
    with scope.within(within):
        mentee, mentor = members_of(mentorship)
        _compare_expectations(mentee, mentor, met + 6 * DAY)
        _plan(mentee, mentor, met + 10 * DAY, now)
        _note(mentee, mentor, met + 31 * DAY)
        if mentorship.state in WORKING:
            _write(mentee, mentor, now)
            _meet_soon(mentee, mentor, now)


def say_how_it_goes(mentorship: Mentorship, *, now: datetime, number: int) -> None:
    """Let both sides answer this month's pulse; one of them would like a call."""
    at = now - 6 * DAY
    for shift, member in enumerate(members_of(mentorship)):
        pulse = ask_pulse(member, due_on=at.date(), at=at)
        if pulse is not None and (number + shift) % 4:
            wants = number % 31 == 2 and not member.is_mentor
            words = "We do not seem to get to the point." if wants else ""
            score = 2 if wants else 5 - (number + shift) % 3
            answer_pulse(pulse, score=score, call_wanted=wants, words=words, at=at + DAY)


def answer_surveys(mentorship: Mentorship, *, now: datetime, number: int) -> None:
    """Let those whom the programme asked by now have been asked, and most of them have answered."""
    rules = mentorship.cohort.rules
    for survey in rules.surveys:
        began = getattr(mentorship, since(survey.when))
        at = began and began + after(survey.when, months=rules.length.months)
        if at is None or at >= now or mentorship.going_on_at is None:
            continue
        for shift, member in enumerate(members_of(mentorship)):
            member.mentorship = mentorship
            if asks(survey, member) and (response := surveys.ask(survey, member, at=at)) and at + DAY < now:
                _answer_survey(response, number + shift, at + DAY)


def _answer_survey(response: Response, number: int, at: datetime) -> None:
    """Answer as somebody would: a little better at the end than at the start; every sixth person never does."""
    if number % 6 == 5:
        return
    better = response.when not in ("start", "halfway")
    answers = {}
    for place, question in enumerate(response.definition.questions):
        if question.steps:
            values = [step.value for step in question.steps]
            chosen = (number * 7 + place * 5 + place * place) % 3 + (1 if better else 0)
            answers[question.id] = values[min(chosen + len(values) - 4, len(values) - 1)]
    surveys.save_answers(response, answers, version=0, at=at)
    surveys.send_answers(response, version=1, at=at)


def _compare_expectations(mentee: Member, mentor: Member, at: datetime) -> Exercise:
    definition = definition_of("expectations", 1)
    exercise = begin_exercise(definition, by=mentee, at=at)
    for shift, member in enumerate((mentee, mentor)):
        answers = {each.id: (1, 2, 1, 1, 2)[number % 5] for number, each in enumerate(definition.questions)}
        answers |= SEEN_OTHERWISE[shift]
        fill_in(exercise, answers, by=member, version=0, done=True, at=at + shift * DAY)
    return exercise


def _plan(mentee: Member, mentor: Member, at: datetime, now: datetime) -> None:
    costs = plans.set_objective(
        by=mentee,
        what="Know what each product costs me, and price it by that",
        how_known="A sheet with all costs that I look at each Monday",
        by_when=(at + 60 * DAY).date(),
        at=at,
    )
    plans.review_objective(costs, Outcome.GOING_ON, by=mentee, note="Half of it stands", at=at + 28 * DAY)
    plans.review_objective(costs, Outcome.MET, by=mentee, note="Done, and two prices went up", at=at + 56 * DAY)
    plans.set_objective(
        by=mentee,
        what="Win one customer who buys every month",
        how_known="The third order in a row",
        by_when=(now + 45 * DAY).date(),
        at=at + 28 * DAY,
    )
    ring = plans.add_action(by=mentee, what="Ring the three shops on the list", who=mentee, at=at + 28 * DAY)
    plans.finish_action(ring, by=mentee, at=at + 33 * DAY)
    plans.add_action(
        by=mentee,
        what="Write the offer for the café",
        who=mentee,
        by_when=(now + 5 * DAY).date(),
        remind_days=Reminder.A_DAY,
        at=now - 3 * DAY,
    )
    plans.add_action(
        by=mentor, what="Send the example of an offer", who=mentor, by_when=(now + 2 * DAY).date(), at=now - 3 * DAY
    )
    plans.note_learning(
        by=mentee,
        learned="Saying a price aloud is the hardest part of it.",
        used="I practise before each call.",
        at=at + 40 * DAY,
    )


def _write(mentee: Member, mentor: Member, now: datetime) -> None:
    write_message(by=mentor, text="How did the call with the café go?", at=now - 3 * DAY)
    write_message(
        by=mentee,
        text="Better than I feared. She wants an offer in writing, for two deliveries a week.",
        at=now - 2 * DAY,
    )
    write_message(by=mentor, text="Good. Bring a first page of it, and we go through it together.", at=now - 2 * DAY)


def _meet_soon(mentee: Member, mentor: Member, now: datetime) -> None:
    at = now - 2 * DAY
    plan = Plan(90, Mode.IN_PERSON, place="The library café, halfway for both")
    meeting = suggest_times(mentor, times_for(mentee.mentorship, number=3, at=at), plan=plan, at=at)
    yes = meeting.options.filter(is_open=True).order_by("starts_at")[0]
    answer_times(mentee, meeting, {yes.ref: Answer.YES}, at=at + DAY)


def _note(mentee: Member, mentor: Member, at: datetime) -> None:
    write_note(by=mentee, text="Ask next time how she found her first employee.", at=at)
    write_note(
        by=mentor,
        text="We went through the costs line by line. Next: what a regular customer is worth.",
        for_all=True,
        is_record=True,
        at=at,
    )
