"""What is kept, and how long, as a programme's rules say (section ``kept``).

What is inside a mentorship goes some days after its end, usually 90; its members are told 14 days before. When they
met goes some months after the end, usually 24; how often and how long stays as two numbers. An answer is somebody's
for some months, usually 12; then it is counted among those of its programme, and goes. That a mentorship was, from
when to when, and how it ended, stays.

Run by the clocks; safe to run twice, by several workers, and after one was stopped in the middle: each step is one
transaction that claims its row first.
"""

from datetime import datetime

from django.apps import apps
from django.db import transaction

from alongside.endings.actions import note_cleared, note_told
from alongside.evaluation import actions as evaluation
from alongside.evaluation.queries import follow_ups_to_forget, pulses_to_forget
from alongside.journeys.ending_emails import say_it_goes_soon
from alongside.kernel import scope
from alongside.meetings import actions as meetings
from alongside.meetings.models import Meeting
from alongside.meetings.queries import figures_of, opinions_to_forget
from alongside.mentorships.actions import keep_figures, throw_key_away
from alongside.mentorships.models import InsideMentorship, Mentorship, OfMentorship
from alongside.mentorships.queries import members_of
from alongside.messaging.actions import doom_files_in
from alongside.notifications.actions import forget_emails
from alongside.reviews.queries import letters_to_raters


@transaction.atomic
def tell_that_it_goes(mentorship: Mentorship, *, at: datetime) -> None:
    """Tell the members of an ended mentorship when what is inside goes, once."""
    if note_told(mentorship, at=at):
        for member in members_of(mentorship):
            say_it_goes_soon(member, at=at)


@transaction.atomic
def clear_inside(mentorship: Mentorship, *, at: datetime) -> None:
    """Delete what is inside a mentorship, and throw its key away: of a row that was copied, nothing opens.

    Of a thing that coordinators may know of, such as a meeting, the words go and the row stays.
    """
    if not note_cleared(mentorship, at=at):
        return
    with scope.within(scope.Scope.of(programmes=[mentorship.programme_id], mentorships=[mentorship.pk])):
        doom_files_in(mentorship, at=at)
        forget_emails(letters_to_raters(mentorship))
        for kind in _kinds():
            rows = kind.objects.filter(mentorship=mentorship)
            if issubclass(kind, InsideMentorship):
                rows.delete()
            else:
                rows.update(sealed=b"")
    throw_key_away(mentorship)


@transaction.atomic
def forget_answers(mentorship: Mentorship, *, at: datetime) -> None:
    """Count the answers of a mentorship that are old enough among those of its programme, and delete them."""
    for pulse in pulses_to_forget(at).filter(mentorship=mentorship):
        if evaluation.forget_answer(pulse):
            evaluation.count_answer(mentorship, "pulse", value=pulse.score, asked_at=pulse.asked_at)
    for each in follow_ups_to_forget(at).filter(mentorship=mentorship):
        if each.asked_at and evaluation.forget_answer(each):
            question = f"follow_up_{each.months}"
            evaluation.count_answer(mentorship, question, value=each.still_uses, asked_at=each.asked_at)


@transaction.atomic
def forget_opinions(meeting: Meeting, *, at: datetime) -> None:
    """Count how useful a meeting was found long enough ago, and keep no longer who found it so."""
    for said in opinions_to_forget(at).filter(meeting=meeting):
        if meetings.forget_usefulness(said):
            evaluation.count_answer(meeting.mentorship, "useful", value=said.useful, asked_at=said.said_at)


@transaction.atomic
def forget_meetings(mentorship: Mentorship, *, at: datetime) -> None:
    """Keep how many meetings a mentorship held and how long they were, and delete when they were."""
    figures = figures_of([mentorship], at=at)[mentorship.pk]
    if keep_figures(mentorship, held=figures.held, minutes=figures.minutes, at=at):
        meetings.forget_meetings(mentorship)


def _kinds() -> list[type[OfMentorship]]:
    """Return every table of things of a mentorship, also of packages that are still to come."""
    return [kind for kind in apps.get_models() if issubclass(kind, OfMentorship) and kind._meta.managed]
