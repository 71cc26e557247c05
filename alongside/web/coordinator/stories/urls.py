from django.urls import path

from alongside.web.coordinator.stories import views

urlpatterns = [
    path("told/", views.programme_stories, name="programme_stories"),
    path("told/<str:ref>/", views.programme_story, name="programme_story"),
]
