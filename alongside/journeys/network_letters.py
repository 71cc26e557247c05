"""A letter that comes from a network or an organisation of it, and not from within a programme's cohort."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from alongside.journeys.mentorship_emails import Letter
from alongside.notifications.actions import write_email
from alongside.people.models import Person

Action = tuple[str, str]


def write_letter(
    kind: str, to: Person, letter: Letter, *, operator: str, why: str, at: datetime, action: Action, **about: Any
) -> None:
    """Write a letter to somebody, in the time of where they are.

    :param operator: in whose name it is written.
    :param why: why they get it, for its foot.
    :param action: the words on its one button, and where that leads.
    :param about: further fields of the email.
    """
    context = {
        "person": to,
        "letter": letter,
        "operator": operator,
        "why": why,
        "action": {"label": action[0], "url": action[1]},
    }
    with timezone.override(ZoneInfo(to.time_zone)):
        write_email(kind, template="letter", to=to.email, at=at, context=context, **about)
