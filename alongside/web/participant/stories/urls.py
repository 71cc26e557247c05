from django.urls import path

from alongside.web.participant.stories import views

urlpatterns = [
    path("mentorships/<str:ref>/tell/", views.tell_story, name="tell_story"),
    path("me/stories/", views.my_stories, name="my_stories"),
    path("me/stories/<str:ref>/", views.my_story, name="my_story"),
]
