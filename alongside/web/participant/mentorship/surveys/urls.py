from django.urls import path

from alongside.web.participant.mentorship.surveys import views

urlpatterns = [
    path("survey/<str:token>/", views.survey, name="survey"),
    path("survey/<str:token>/check/", views.survey_check, name="survey_check"),
    path("survey/<str:token>/<int:place>/", views.survey_page, name="survey_page"),
    path("mentorships/<str:ref>/surveys/<str:survey_ref>/", views.mentorship_survey, name="mentorship_survey"),
]
