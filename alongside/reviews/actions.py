"""Asking those around a mentee, and closing it.

Nothing here leaves a trace of who answered: what is recorded names the review, never a rater.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.audit.actions import record
from alongside.kernel.editing import save_edit
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.mentorships.models import Member
from alongside.people.models import Person
from alongside.questionnaires.answering import cleaned
from alongside.questionnaires.definition import Definition
from alongside.reviews.counting import result_of
from alongside.reviews.models import AllRoundReview, Rater
from alongside.reviews.queries import OPEN_FOR

MOST = 40
"""How many can be asked in one review: more is no review but a mailing."""


class NotNow(ValueError):
    """Say in plain words why something about a review cannot be done."""


@transaction.atomic
def open_review(definition: Definition, *, by: Member, at: datetime) -> AllRoundReview:
    """Begin a review: nobody is asked yet.

    :raises NotNow: if it is a mentor who begins one, or one of theirs is open.
    """
    if by.is_mentor:
        raise NotNow("A review is begun by the mentee.")
    if AllRoundReview.objects.filter(mentee=by, closed_at=None).exists():
        raise NotNow("You have a review open. Close it before you begin another.")
    review: AllRoundReview = AllRoundReview.objects.create(
        **by.where,
        mentee=by,
        questionnaire=definition.id,
        questionnaire_version=definition.version,
        opened_at=at,
    )
    for group in definition.raters:
        if group.oneself:
            Rater.objects.create(**by.where, review=review, group=group.id, name=by.participant.person.name)
    record("open_review", review, by=by.participant.person, at=at)
    return review


@transaction.atomic
def name_rater(review: AllRoundReview, *, name: str, email: str, group: str, by: Member, at: datetime) -> Rater:
    """Name somebody who is to be asked; they are not asked yet.

    :raises NotNow: if it has closed, they were named before, they are the mentee, or it is one too many.
    """
    _hold_open(review)
    here = Rater.objects.filter(review=review).select_related("mentorship")
    named = {str(rater.email).casefold() for rater in here}
    if email.casefold() in named:
        raise NotNow("Somebody with this address is on the list already.")
    if email.casefold() == by.participant.person.email.casefold():
        raise NotNow("This is your own address. You answer for yourself on this page.")
    if group not in {each.id for each in review.definition.raters if not each.oneself}:
        raise NotNow("Choose how you know them.")
    if len(named) > MOST:
        raise NotNow(f"You can ask up to {MOST} people. Choose those who see most of your work.")
    rater: Rater = Rater.objects.create(**by.where, review=review, group=group, name=name, email=email)
    record("name_rater", review, by=by.participant.person, at=at)
    return rater


@transaction.atomic
def take_off(review: AllRoundReview, ref: str, *, by: Member, at: datetime) -> None:
    """Take somebody off the list who was not asked yet. Afterwards the count would tell whether they had answered."""
    Rater.objects.filter(review=review, ref=ref, asked_at=None).exclude(group__in=_oneself(review)).delete()
    record("take_off_rater", review, by=by.participant.person, at=at)


@transaction.atomic
def ask(review: AllRoundReview, *, by: Member, at: datetime) -> list[Rater]:
    """Ask those who were named and not asked, and return them. The first time, the three weeks begin.

    :raises NotNow: if it has closed.
    """
    _hold_open(review)
    waiting = Rater.objects.filter(review=review, asked_at=None).exclude(group__in=_oneself(review))
    asked = list(waiting.select_related("mentorship", "review__mentorship", "review__mentee__participant__person"))
    Rater.objects.filter(pk__in=[rater.pk for rater in asked]).update(asked_at=at)
    for rater in asked:
        rater.asked_at = at
    if asked and review.closes_at is None:
        review.closes_at = at + OPEN_FOR
        review.save(update_fields=["closes_at"])
    record("ask_raters", review, by=by.participant.person, at=at, number=len(asked))
    return asked


@transaction.atomic
def replace(rater: Rater, *, email: str, by: Member, at: datetime) -> Rater:
    """Put somebody whom no email reached on the list anew, with another address, as asked; return that row.

    The row before is left as it is, but for its link, which opens nothing any more: so nobody can tell from what
    becomes of it whether it was answered after all, and no link to it goes to another mailbox.

    :raises NotNow: if it has closed, or the address is on the list already.
    """
    review = rater.review
    _hold_open(review)
    others = Rater.objects.filter(review=review).exclude(pk=rater.pk).select_related("mentorship")
    if email.casefold() in {str(each.email).casefold() for each in others}:
        raise NotNow("Somebody with this address is on the list already.")
    rater.seal_words(replaced=True, letters=[])
    rater.save(update_fields=["sealed"])
    told = {"group": rater.group, "name": rater.name, "email": email}
    another: Rater = Rater.objects.create(**by.where, review=review, asked_at=at, **told)
    record("replace_rater", review, by=by.participant.person, at=at)
    return another


@transaction.atomic
def save_rating(rater: Rater, answers: Mapping[str, Any], *, version: int, done: bool, at: datetime) -> None:
    """Keep what a rater answers; once they are done it is not changed.

    :raises NotNow: if the review has closed, or they are done.
    :raises ChangedMeanwhile: if it was saved since, in another window.
    """
    _hold_open(rater.review)
    if rater.done_at:
        raise NotNow("You have answered already. Thank you.")
    rater.answers = cleaned(rater.review.definition, answers)
    rater.done_at, rater.declined_at = at if done else None, None
    save_edit(rater, version=version, fields=["sealed", "done_at", "declined_at"])
    record("answer_review", rater.review, by=None, at=at, done=done)


@transaction.atomic
def decline(rater: Rater, *, at: datetime) -> None:
    """Let a rater say that they would rather not; they may think again until it closes.

    :raises NotNow: if the review has closed, or they have answered.
    """
    _hold_open(rater.review)
    if rater.done_at:
        raise NotNow("You have answered already. Thank you.")
    rater.answers, rater.declined_at = {}, at
    rater.save(update_fields=["sealed", "declined_at"])
    record("decline_review", rater.review, by=None, at=at)


@transaction.atomic
def claim_reminder(rater: Rater, *, at: datetime) -> bool:
    """Note that a rater is reminded; of several workers, one is told True."""
    return bool(Rater.objects.filter(pk=rater.pk, reminded_at=None, done_at=None).update(reminded_at=at))


def note_letter(rater: Rater, ref: str) -> None:
    """Keep which email was written to a rater, so that it goes when their address does."""
    rater.letters = [*rater.letters, ref]
    rater.save(update_fields=["sealed"])


@transaction.atomic
def close_review(review: AllRoundReview, *, by: Person | None, at: datetime) -> list[str]:
    """Close a review: keep what may be shown, and delete single answers, addresses and who answered.

    Return the refs of the emails to the raters.

    :raises ChangedMeanwhile: if it has closed.
    """
    raters = _claim(review, at)
    given: dict[str, list[Mapping[str, Any]]] = {}
    for rater in raters:
        if rater.done_at:
            given.setdefault(rater.group, []).append(rater.answers)
    review.closed_at, review.result = at, result_of(review.definition, given)
    review.save(update_fields=["sealed"])
    letters = [ref for rater in raters for ref in rater.letters]
    for rater in raters:
        rater.seal_words(email="", answers={})
        rater.done_at = rater.declined_at = rater.reminded_at = None
        rater.version = 0
        rater.save(update_fields=["sealed", "done_at", "declined_at", "reminded_at", "version"])
    record("close_review", review, by=by, at=at)
    return letters


@transaction.atomic
def share_result(review: AllRoundReview, *, shared: bool, by: Member, at: datetime) -> None:
    """Show the result to the others in the mentorship, or to oneself alone again."""
    review.shared_at = at if shared else None
    review.save(update_fields=["shared_at"])
    record("share_review", review, by=by.participant.person, at=at, shared=shared)


def _claim(review: AllRoundReview, at: datetime) -> list[Rater]:
    if not AllRoundReview.objects.filter(pk=review.pk, closed_at=None).update(closed_at=at):
        raise ChangedMeanwhile
    rows = Rater.objects.select_for_update(of=("self",)).filter(review=review).select_related("mentorship")
    return list(rows)


def _hold_open(review: AllRoundReview) -> None:
    """Hold a review, so that nobody closes it meanwhile.

    :raises NotNow: if it has closed.
    """
    held = AllRoundReview.objects.select_for_update().get(pk=review.pk)
    if held.closed_at:
        raise NotNow("This review has closed.")


def _oneself(review: AllRoundReview) -> list[str]:
    return [group.id for group in review.definition.raters if group.oneself]
