from django.urls import path

from alongside.web.participant.answers import views as answers
from alongside.web.participant.home import views as home
from alongside.web.participant.mentorship import views as mentorship
from alongside.web.participant.mentorship.agreement import urls as agreement
from alongside.web.participant.mentorship.ending import urls as ending
from alongside.web.participant.mentorship.exercises import urls as exercises
from alongside.web.participant.mentorship.notes import urls as notes
from alongside.web.participant.mentorship.plan import urls as plan
from alongside.web.participant.profile import views as profile

urlpatterns = [
    path("choose/<str:token>/", answers.choose, name="choose"),
    path("answer/<str:token>/", answers.answer, name="answer"),
    path("going-on/<str:token>/", mentorship.going_on, name="going_on"),
    path("mentorships/<str:ref>/", mentorship.mentorship, name="mentorship"),
    path("mentorships/<str:ref>/going-on/", mentorship.mentorship_going_on, name="mentorship_going_on"),
    path("mentorships/<str:ref>/next/", mentorship.mentorship_ending, name="mentorship_ending"),
    path("mentorships/<str:ref>/everything.zip", mentorship.take_everything, name="take_everything"),
    path("mentorships/<str:ref>/leave/", mentorship.mentorship_leave, name="mentorship_leave"),
    *agreement.urlpatterns,
    *ending.urlpatterns,
    *exercises.urlpatterns,
    *plan.urlpatterns,
    *notes.urlpatterns,
    path("me/", home.participant_home, name="participant_home"),
    path("me/account/", profile.my_account, name="my_account"),
    path("me/profile/<str:ref>/", profile.my_profile, name="my_profile"),
    path("me/who-sees-what/", profile.who_sees_what, name="who_sees_what"),
]
