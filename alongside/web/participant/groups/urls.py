from django.urls import path

from alongside.web.participant.groups import views

urlpatterns = [
    path("together/<str:token>/", views.together, name="together"),
]
