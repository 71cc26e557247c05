from django.urls import path

from alongside.web.participant.mentoring import views

urlpatterns = [
    path("me/mentor/", views.my_mentor_profile, name="my_mentor_profile"),
    path("me/mentor/offer/", views.offer_help, name="offer_help"),
    path("me/mentor/delete/", views.delete_mentor_profile, name="delete_mentor_profile"),
    path("me/mentor/places/<str:ref>/update/", views.update_there, name="update_there"),
    path("me/mentor/asked/<str:ref>/", views.my_invitation, name="my_invitation"),
]
