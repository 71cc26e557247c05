from django.urls import path

from alongside.web.coordinator.mentors import views

urlpatterns = [path("mentors/", views.found_mentors, name="found_mentors")]
