from django.urls import path

from alongside.web.participant.concerns import views

urlpatterns = [
    path("concerns/raise/", views.raise_concern, name="raise_concern"),
    path("concerns/status/<str:token>/", views.concern_status, name="concern_status"),
]
