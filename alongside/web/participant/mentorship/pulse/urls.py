from django.urls import path

from alongside.web.participant.mentorship.pulse import views

urlpatterns = [
    path("pulse/<str:token>/", views.pulse, name="pulse"),
    path("afterwards/<str:token>/", views.follow_up, name="follow_up"),
    path("mentorships/<str:ref>/pulse/", views.mentorship_pulse, name="mentorship_pulse"),
]
