"""What states, sides and reasons are called, and the words a coordinator begins with when she declines."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.applications.models import Application
from alongside.applications.states import ApplicationState, Reason

STATES = {
    ApplicationState.SENT: gettext_lazy("to decide"),
    ApplicationState.WAITING: gettext_lazy("on the waiting list"),
    ApplicationState.ACCEPTED: gettext_lazy("accepted"),
    ApplicationState.DECLINED: gettext_lazy("declined"),
    ApplicationState.WITHDRAWN: gettext_lazy("taken back"),
}
SIDES = {"mentor": gettext_lazy("mentor"), "mentee": gettext_lazy("mentee")}
REASONS = {
    Reason.FULL: gettext_lazy("No place is left"),
    Reason.NOT_MEANT_FOR: gettext_lazy("The programme is meant for others"),
    Reason.OTHER_HELP: gettext_lazy("Other help would suit them better"),
    Reason.NO_CONVERSATION: gettext_lazy("No conversation came about"),
    Reason.CHECK: gettext_lazy("A check or a reference"),
    Reason.OTHER: gettext_lazy("Something else"),
}
DRAFTS = {
    Reason.FULL: gettext_lazy(
        "This time there are more people than places, and we could not find one for you. That says nothing about what "
        "you wrote. You are welcome to apply again."
    ),
    Reason.NOT_MEANT_FOR: gettext_lazy(
        "This programme is meant for people in another situation than yours, so we cannot offer you a place. There may "
        "be others that fit you better, and we are glad to help you look."
    ),
    Reason.OTHER_HELP: gettext_lazy(
        "From what you told us, other help would bring you further than a mentor just now. We are glad to say more if "
        "you would like to talk."
    ),
    Reason.NO_CONVERSATION: gettext_lazy(
        "We did not manage to talk with each other, so we close your application for now. You are welcome to apply "
        "again whenever it suits you."
    ),
    Reason.CHECK: gettext_lazy(
        "We cannot offer you a place in this programme. If you would like to know more, write to me, and we talk."
    ),
    Reason.OTHER: gettext_lazy("This time we cannot offer you a place."),
}


def draft_of(application: Application, reason: Reason, name: str) -> str:
    """Return a kind letter to begin with; whoever declines edits it."""
    thanks = _("Thank you for your application to %(programme)s, and for the time you gave it.")
    about = thanks % {"programme": application.programme.name}
    return f"{about}\n\n{DRAFTS[reason]}\n\n{name}"
