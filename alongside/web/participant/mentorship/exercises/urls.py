from django.urls import path

from alongside.web.participant.mentorship.exercises import views

HERE = "mentorships/<str:ref>/exercises/"

urlpatterns = [
    path(HERE, views.exercises, name="mentorship_exercises"),
    path(f"{HERE}<str:exercise_ref>/", views.exercise, name="exercise"),
    path(f"{HERE}<str:exercise_ref>/share/", views.share, name="share_exercise"),
]
