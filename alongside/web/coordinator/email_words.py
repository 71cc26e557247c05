"""Words for an email that did not arrive: which one it was, where it went, and why as far as we know."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.notifications.states import Trouble
from alongside.reports.unreached import Unreached

EMAILS = {
    "say_it_arrived": gettext_lazy("The note that an application has arrived"),
    "remind_of_draft": gettext_lazy("The reminder of an application that is not sent"),
    "welcome": gettext_lazy("The welcome to the programme"),
    "say_they_wait": gettext_lazy("The note that they are on the waiting list"),
    "decline_application": gettext_lazy("The answer to an application that was declined"),
    "mentee_offer": gettext_lazy("The offer of mentors"),
    "mentee_reminder": gettext_lazy("The reminder to choose a mentor"),
    "mentee_asked": gettext_lazy("The news that a mentor has been asked"),
    "mentee_nobody_left": gettext_lazy("The news that we are looking again"),
    "mentor_request": gettext_lazy("The request to answer a mentee"),
    "mentor_reminder": gettext_lazy("The reminder to answer a mentee"),
    "mentor_released": gettext_lazy("The thanks that no answer is needed any more"),
    "introduction": gettext_lazy("The introduction to each other"),
    "ask_to_be_in_group": gettext_lazy("The question whether they say yes to a group"),
    "remind_of_group": gettext_lazy("The reminder to say yes or no to a group"),
    "tell_group_needs_no_answer": gettext_lazy("The thanks that no answer about a group is needed any more"),
    "introduce_group": gettext_lazy("The introduction of a group to each other"),
    "suggest_a_meeting": gettext_lazy("The reminder to find a time for a first meeting"),
    "ask_whether_to_go_on": gettext_lazy("The question whether they are happy to go on"),
    "tell_we_go_on": gettext_lazy("The news that both are happy to go on"),
    "remind_to_agree": gettext_lazy("The reminder to sign an agreement"),
    "say_the_end_comes_near": gettext_lazy("The note that the planned end comes near"),
    "say_the_pause_is_over": gettext_lazy("The note that a pause is over"),
    "ask_how_it_ended": gettext_lazy("The question how it ended"),
    "tell_of_leaving": gettext_lazy("The news that somebody leaves"),
    "remind_of_action": gettext_lazy("The reminder of something on their plan"),
    "tell_records_were_given": gettext_lazy("The note that the records of meetings were asked for"),
    "ask_to_fill_in": gettext_lazy("The note that an exercise was begun"),
    "tell_it_can_be_compared": gettext_lazy("The note that an exercise can be compared"),
    "tell_of_message": gettext_lazy("A message of the other side"),
    "tell_answer_was_not_kept": gettext_lazy("The note that an answer by email did not arrive"),
    "tell_files_were_left_out": gettext_lazy("The note that files of an answer by email were not taken"),
    "ask_to_sign": gettext_lazy("The note that an agreement waits to be signed"),
    "tell_all_signed": gettext_lazy("The news that all have signed their agreement"),
    "pass_on_thanks": gettext_lazy("Thanks passed on"),
    "say_it_goes_soon": gettext_lazy("The notice that what was written in a mentorship is deleted soon"),
    "tell_it_ended": gettext_lazy("The news that a mentorship has ended"),
    "tell_you_part": gettext_lazy("The news that they part from a mentorship that goes on"),
    "suggest_times": gettext_lazy("The times suggested for a meeting"),
    "tell_no_time_suits": gettext_lazy("The news that no suggested time suits all"),
    "tell_meeting_booked": gettext_lazy("The invitation to a meeting"),
    "tell_meeting_cancelled": gettext_lazy("The news that a meeting is off"),
    "tell_somebody_cannot_come": gettext_lazy("The news that somebody cannot come to a meeting"),
    "tell_somebody_comes_too": gettext_lazy("The news that somebody who joined comes to a meeting too"),
    "tell_time_not_taken": gettext_lazy("The answer why a time from a calendar was not passed on"),
    "ask_after_meeting": gettext_lazy("The question how a meeting was"),
    "nudge": gettext_lazy("Your message to a mentorship"),
    "tell_somebody_joins": gettext_lazy("The news that somebody joins a mentorship"),
    "tell_you_join": gettext_lazy("The introduction to a mentorship they join"),
    "ask_pulse": gettext_lazy("The monthly question how it goes"),
    "remind_of_pulse": gettext_lazy("The reminder to say how it goes"),
    "ask_follow_up": gettext_lazy("The question what came of a mentorship"),
    "ask_survey": gettext_lazy("The survey"),
    "remind_of_survey": gettext_lazy("The reminder of a survey"),
    "tell_review_is_ready": gettext_lazy("The news that a 360-degree review has closed"),
    "ask_volunteer": gettext_lazy("The question whether they would mentor elsewhere"),
    "remind_volunteer": gettext_lazy("The reminder to say whether they would mentor elsewhere"),
    "tell_not_needed": gettext_lazy("The thanks that no answer to a call is needed any more"),
    "welcome_placed": gettext_lazy("The welcome to the programme that called for mentors"),
    "tell_trained": gettext_lazy("The news that they are trained"),
    "remind_to_refresh": gettext_lazy("The note that their training is to be refreshed"),
    "ask_for_reference": gettext_lazy("The question for a reference"),
    "remind_of_reference": gettext_lazy("The reminder of a reference"),
    "confirm_enquiry": gettext_lazy("The question whether an enquiry is theirs"),
    "tell_enquiry_arrived": gettext_lazy("The note that an enquiry has arrived"),
    "tell_enquiry_read": gettext_lazy("The note that an enquiry was read"),
    "tell_enquiry_answered": gettext_lazy("The answer to an enquiry"),
    "tell_enquiry_declined": gettext_lazy("The answer to an enquiry that could not be helped with"),
    "tell_enquiry_passed_on": gettext_lazy("The news that an enquiry was passed on"),
    "tell_enquiry_nobody_yet": gettext_lazy("The news that the answer to an enquiry is late"),
    "tell_enquiry_lapsed": gettext_lazy("The news that nobody could answer an enquiry"),
    "tell_enquiry_is_application": gettext_lazy("The link to an application that an enquiry became"),
    "confirm_becoming": gettext_lazy("The link to begin as a mentor"),
    "invite_mentor": gettext_lazy("The question whether they would be a mentor with you"),
    "tell_mentor_says_yes": gettext_lazy("The news that a mentor says yes"),
    "tell_meeting_logged": gettext_lazy("The news that a meeting was noted"),
}
TROUBLES = {
    Trouble.UNKNOWN: gettext_lazy("We do not know why."),
    Trouble.NO_SUCH_ADDRESS: gettext_lazy(
        "The mail server says that this address takes no emails. It may be misspelt, or no longer in use."
    ),
    Trouble.MAILBOX_FULL: gettext_lazy("Their mailbox is full. Let them know in another way, then try again."),
    Trouble.NOT_TAKEN: gettext_lazy(
        "The mail server refused the email; it may have taken it for unwanted post. "
        "Whoever looks after this installation can find out more."
    ),
    Trouble.NOT_NOW: gettext_lazy("Each time, the mail server asked us to come back later."),
    Trouble.NO_SERVER: gettext_lazy("Our mail server could not be reached. The address may well be right."),
    Trouble.NO_ANSWER: gettext_lazy("Our mail server did not answer in time. The address may well be right."),
    Trouble.NOT_LET_IN: gettext_lazy(
        "Our mail server did not let us send. Tell whoever looks after this installation, then try again."
    ),
    Trouble.NOT_WRITTEN: gettext_lazy(
        "The email could not be put together. If the address has an unusual sign in it, that may be why."
    ),
}


def said(email: Unreached) -> str:
    """Say which email did not arrive, where, and why."""
    what = EMAILS.get(email.kind, _("An email"))
    return _("%(email)s did not get to %(address)s. %(why)s") % {
        "email": what,
        "address": email.to,
        "why": TROUBLES[email.trouble],
    }
