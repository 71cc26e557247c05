from django.urls import path

from alongside.web.public.stories import views

urlpatterns = [path("stories/", views.stories, name="stories")]
