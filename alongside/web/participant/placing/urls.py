from django.urls import path

from alongside.web.participant.placing import views

urlpatterns = [
    path("called/<str:token>/", views.answer_call, name="answer_call"),
    path("me/volunteering/<str:ref>/", views.volunteering, name="volunteering"),
    path("me/volunteering/<str:ref>/pause/", views.pause, name="pause_volunteering"),
    path("me/volunteering/<str:ref>/certificate.pdf", views.certificate, name="training_certificate"),
]
