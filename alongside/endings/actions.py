from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.audit.actions import record
from alongside.endings.models import Achievement, Clearing, StayingInTouch, Thanks
from alongside.endings.states import PARTING, Sees
from alongside.kernel.editing import save_edit
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.mentorships.actions import create_one
from alongside.mentorships.models import Member, Mentorship


class NotYet(ValueError):
    """Say that members look back once an ending is planned."""

    def __init__(self) -> None:
        super().__init__("You look back once your last meeting is planned.")


class NotTheirs(ValueError):
    """Say that what was achieved is the mentees' to say."""

    def __init__(self) -> None:
        super().__init__("What was achieved is for the mentee to say.")


class SaidBefore(ValueError):
    """Say that somebody's thanks have gone out."""

    def __init__(self) -> None:
        super().__init__("You have said thank you already; your words went out.")


@transaction.atomic
def keep_achievement(
    achievement: Achievement | None, *, by: Member, version: int, text: str, sees: Sees, at: datetime
) -> Achievement:
    """Keep what a mentee says they achieved, for those they choose.

    :raises NotTheirs: if it is not theirs to say.
    :raises NotYet: if no ending is planned.
    :raises ChangedMeanwhile: if they saved it since ``version`` was read, perhaps in another window.
    """
    if by.is_mentor or (achievement and achievement.author_id != by.pk):
        raise NotTheirs
    _must_be_parting(by)
    shared = {"shared_text": text, "shared_at": at} if sees == Sees.COORDINATOR else _NOT_SHARED
    details = {"sees": sees, "saved_at": at, "text": text, **shared}
    if achievement is None:
        kept: Achievement = create_one(Achievement, by, author=by, **details)
    else:
        kept = achievement
        for name, value in details.items():
            setattr(kept, name, value)
        save_edit(kept, version=version, fields=["sees", "saved_at", "sealed", *shared])
    record("keep_achievement", kept, by=by.participant.person, at=at, sees=sees)
    return kept


@transaction.atomic
def take_back_achievement(achievement: Achievement, *, by: Member, at: datetime) -> None:
    """Let the coordinators read it no longer; doing that twice changes nothing.

    :raises NotTheirs: if it is not theirs.
    """
    if achievement.author_id != by.pk:
        raise NotTheirs
    rows = Achievement.objects.filter(pk=achievement.pk, shared_at__isnull=False)
    if rows.update(sees=Sees.ALL, version=achievement.version + 1, **_NOT_SHARED):
        record("take_back_achievement", achievement, by=by.participant.person, at=at)


@transaction.atomic
def say_thanks(*, by: Member, text: str, at: datetime) -> Thanks:
    """Say thank you to the others, once.

    :raises NotYet: if no ending is planned.
    :raises SaidBefore: if they have.
    """
    _must_be_parting(by)
    try:
        said: Thanks = create_one(Thanks, by, author=by, written_at=at, text=text)
    except ChangedMeanwhile as error:
        raise SaidBefore from error
    record("say_thanks", said, by=by.participant.person, at=at)
    return said


@transaction.atomic
def wish_to_stay_in_touch(wished: bool, *, by: Member, at: datetime) -> None:
    """Keep whether a member wishes to stay in touch; they may change their mind.

    :raises NotYet: if no ending is planned.
    """
    _must_be_parting(by)
    if not StayingInTouch.objects.filter(member=by).update(wished=wished, said_at=at):
        create_one(StayingInTouch, by, member=by, wished=wished, said_at=at)
    # Which it was stands in the row alone: the record of what happened is read by more people.
    record("wish_to_stay_in_touch", by.mentorship, by=by.participant.person, at=at)


@transaction.atomic
def note_told(mentorship: Mentorship, *, at: datetime) -> bool:
    """Note that members are told now that what is inside goes; say whether that was still to be done."""
    owned = {"organisation_id": mentorship.organisation_id, "programme_id": mentorship.programme_id}
    _, created = Clearing.objects.get_or_create(mentorship=mentorship, defaults={**owned, "told_at": at})
    return bool(created)


@transaction.atomic
def note_cleared(mentorship: Mentorship, *, at: datetime) -> bool:
    """Claim that what is inside goes now; say whether that was still to be done. Call it in one transaction with it."""
    if not Clearing.objects.filter(mentorship=mentorship, cleared_at=None).update(cleared_at=at):
        return False
    record("clear_inside", mentorship, by=None, at=at)
    return True


_NOT_SHARED: dict[str, Any] = {"shared_text": "", "shared_at": None}


def _must_be_parting(by: Member) -> None:
    if by.mentorship.state not in PARTING:
        raise NotYet
