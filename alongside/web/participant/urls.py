from django.urls import include, path

from alongside.web.participant.answers import views as answers
from alongside.web.participant.home import views as home
from alongside.web.participant.mentorship import views as mentorship
from alongside.web.participant.profile import emails
from alongside.web.participant.profile import views as profile

urlpatterns = [
    path("choose/<str:token>/", answers.choose, name="choose"),
    path("choose/<str:token>/documents/<str:ref>/", answers.choose_document, name="choose_document"),
    path("answer/<str:token>/", answers.answer, name="answer"),
    path("answer/<str:token>/documents/<str:ref>/", answers.answer_document, name="answer_document"),
    path("going-on/<str:token>/", mentorship.going_on, name="going_on"),
    path("mentorships/<str:ref>/", mentorship.mentorship, name="mentorship"),
    path("mentorships/<str:ref>/going-on/", mentorship.mentorship_going_on, name="mentorship_going_on"),
    path("mentorships/<str:ref>/next/", mentorship.mentorship_ending, name="mentorship_ending"),
    path("mentorships/<str:ref>/everything.zip", mentorship.take_everything, name="take_everything"),
    path("mentorships/<str:ref>/leave/", mentorship.mentorship_leave, name="mentorship_leave"),
    path("", include("alongside.web.participant.mentorship.meetings.urls")),
    path("", include("alongside.web.participant.mentorship.plan.urls")),
    path("", include("alongside.web.participant.mentorship.exercises.urls")),
    path("", include("alongside.web.participant.mentorship.reviews.urls")),
    path("", include("alongside.web.participant.mentorship.notes.urls")),
    path("", include("alongside.web.participant.mentorship.messages.urls")),
    path("", include("alongside.web.participant.mentorship.documents.urls")),
    path("", include("alongside.web.participant.mentorship.agreement.urls")),
    path("", include("alongside.web.participant.mentorship.ending.urls")),
    path("", include("alongside.web.participant.mentorship.pulse.urls")),
    path("", include("alongside.web.participant.mentorship.surveys.urls")),
    path("", include("alongside.web.participant.groups.urls")),
    path("", include("alongside.web.participant.concerns.urls")),
    path("", include("alongside.web.participant.applying.urls")),
    path("", include("alongside.web.participant.placing.urls")),
    path("", include("alongside.web.participant.checks.urls")),
    path("", include("alongside.web.participant.stories.urls")),
    path("", include("alongside.web.participant.mentoring.urls")),
    path("me/", home.participant_home, name="participant_home"),
    path("me/account/", profile.my_account, name="my_account"),
    path("me/emails/", emails.my_emails, name="my_emails"),
    path("emails/<str:token>/", emails.turn_off_emails, name="turn_off_emails"),
    path("me/profile/<str:ref>/", profile.my_profile, name="my_profile"),
    path("me/who-sees-what/", profile.who_sees_what, name="who_sees_what"),
]
