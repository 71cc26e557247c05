from django.urls import path

from alongside.web.participant.mentorship.meetings import calendar, views

INSIDE = "mentorships/<str:ref>/meetings/"
ONE = f"{INSIDE}<str:meeting_ref>/"

urlpatterns = [
    path(INSIDE, views.meetings, name="meetings"),
    path(f"{INSIDE}suggest/", views.meetings_suggest, name="meetings_suggest"),
    path(f"{INSIDE}log/", views.meetings_log, name="meetings_log"),
    path(ONE, views.meeting, name="meeting"),
    path(f"{ONE}answer/", views.meeting_times, name="meeting_times"),
    path(f"{ONE}move/", views.meeting_move, name="meeting_move"),
    path(f"{ONE}where/", views.meeting_where, name="meeting_where"),
    path(f"{ONE}cancel/", views.meeting_cancel, name="meeting_cancel"),
    path(f"{ONE}agenda/", views.meeting_agenda, name="meeting_agenda"),
    path(f"{ONE}how-it-was/", views.meeting_how, name="meeting_how"),
    path("meeting/<str:token>/", views.meeting_answer, name="meeting_answer"),
    path("how-it-was/<str:token>/", views.meeting_after, name="meeting_after"),
    path("me/calendar/", calendar.my_calendar, name="my_calendar"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
]
