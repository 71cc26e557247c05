from django.urls import path

from alongside.web.coordinator.surveys import views

urlpatterns = [
    path("cohorts/<str:ref>/surveys/", views.cohort_surveys, name="cohort_surveys"),
    path("cohorts/<str:ref>/surveys/<slug:questionnaire>/<int:version>/", views.survey_result, name="survey_result"),
    path("surveys/<str:ref>/", views.survey_answers, name="survey_answers"),
]
