"""A visitor whose enquiry became an application has the link to finish it sent again."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.applications.models import Application
from alongside.applications.queries import open_cohort
from alongside.enquiries.models import Enquiry
from alongside.journeys.answer_enquiry import Door, send_link
from alongside.journeys.apply import MOST_LETTERS, WITHIN
from alongside.notifications.models import Email

KIND = "tell_enquiry_is_application"


def door_of(enquiry: Enquiry, *, at: datetime) -> Door | None:
    """Return where the application stands that an enquiry became; None once nothing can be sent there."""
    made = Application.objects.filter(ref=enquiry.application_ref, state="begun").select_related("cohort").first()
    cohort = open_cohort(made.cohort.ref, made.side, at=at) if made else None
    return Door(cohort, made.side) if made and cohort else None


def send_link_again(enquiry: Enquiry, *, at: datetime) -> None:
    """Send the link once more, three times an hour at most.

    :raises ValueError: if the application was sent already, or nobody can apply there any more.
    """
    door = door_of(enquiry, at=at)
    if door is None:
        raise ValueError(_("There is nothing left to finish. Sign in to see your application."))
    if Email.objects.filter(kind=KIND, to=enquiry.email, queued_at__gt=at - WITHIN).count() < MOST_LETTERS:
        send_link(enquiry, door, at=at)
