"""What is inside a mentorship goes 90 days after its end; its members are told 14 days before.

That it was, when it was, and that and when they met, stays. Run by the clocks; safe to run twice, by several workers,
and after one was stopped in the middle: each step is one transaction that claims its row first.
"""

from datetime import datetime

from django.apps import apps
from django.db import transaction

from alongside.endings.actions import note_cleared, note_told
from alongside.journeys.ending_emails import say_it_goes_soon
from alongside.kernel import scope
from alongside.mentorships.actions import throw_key_away
from alongside.mentorships.models import InsideMentorship, Mentorship, OfMentorship
from alongside.mentorships.queries import members_of
from alongside.messaging.actions import doom_files_in


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
        for kind in _kinds():
            rows = kind.objects.filter(mentorship=mentorship)
            if issubclass(kind, InsideMentorship):
                rows.delete()
            else:
                rows.update(sealed=b"")
    throw_key_away(mentorship)


def _kinds() -> list[type[OfMentorship]]:
    """Return every table of things of a mentorship, also of packages that are still to come."""
    return [kind for kind in apps.get_models() if issubclass(kind, OfMentorship) and kind._meta.managed]
