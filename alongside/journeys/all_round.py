"""A 360-degree review from asking to its result: raters are asked, reminded once, and forgotten when it closes."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from alongside.journeys.review_emails import ask_rater, remind_rater, tell_review_is_ready
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.mentorships.models import Member, Mentorship
from alongside.notifications.actions import forget_emails
from alongside.notifications.models import Email
from alongside.notifications.states import EmailState
from alongside.reviews import actions
from alongside.reviews.models import AllRoundReview, Rater
from alongside.reviews.queries import raters_to_remind, reviews_to_close


@transaction.atomic
def ask_raters(review: AllRoundReview, *, by: Member, at: datetime) -> int:
    """Ask everybody who was named and not asked, by email; return how many.

    :raises NotNow: if it has closed.
    """
    asked = actions.ask(review, by=by, at=at)
    for rater in asked:
        _write(ask_rater, rater, at)
    return len(asked)


def unreached_raters(review: AllRoundReview, raters: Iterable[Rater]) -> list[Rater]:
    """Return to whom the first email did not arrive, for the mentee alone.

    That a reminder did not is told to nobody: only who has not answered is reminded.
    """
    asked = [rater for rater in raters if rater.asked_at and not rater.replaced]
    refs = [ref for rater in asked for ref in rater.letters]
    failed = Email.objects.filter(ref__in=refs, kind="ask_rater", state=EmailState.FAILED) if refs else []
    lost = {email.ref for email in failed}
    return [rater for rater in asked if lost & set(rater.letters)]


@transaction.atomic
def ask_at_another_address(rater: Rater, *, email: str, by: Member, at: datetime) -> None:
    """Ask somebody whom no email reached once more, and delete the emails that did not arrive.

    :raises NotNow: if it has closed, they were reached, or the address is on the list already.
    """
    if not unreached_raters(rater.review, [rater]):
        raise actions.NotNow("The email to them is on its way, or has arrived.")
    letters = list(rater.letters)
    another = actions.replace(rater, email=email, by=by, at=at)
    forget_emails(letters)
    _write(ask_rater, another, at)


@transaction.atomic
def close_review(review: AllRoundReview, *, by: Member | None, at: datetime) -> None:
    """Close a review, and delete the emails to whoever was asked. Where a clock closes it, the mentee is told.

    :raises ChangedMeanwhile: if it has closed.
    """
    forget_emails(actions.close_review(review, by=by.participant.person if by else None, at=at))
    if by is None and review.mentee.left_at is None:
        tell_review_is_ready(review.mentee, review, at=at)


@transaction.atomic
def run_review_clocks(mentorship: Mentorship, *, at: datetime) -> None:
    """Remind raters, and close what is over, in one mentorship: it works inside that one alone."""
    with scope.within(scope.Scope.of(programmes=[mentorship.programme_id], mentorships=[mentorship.pk])):
        for rater in raters_to_remind(mentorship, at):
            if not rater.replaced and actions.claim_reminder(rater, at=at):
                _write(remind_rater, rater, at)
        for review in reviews_to_close(mentorship, at):
            try:
                close_review(review, by=None, at=at)
            except ChangedMeanwhile:  # the mentee closed it in the last second
                continue


def _write(letter: Callable[..., Email], rater: Rater, at: datetime) -> None:
    actions.note_letter(rater, letter(rater, at=at).ref)
