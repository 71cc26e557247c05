from django.urls import path

from alongside.web.public.mentors import views

urlpatterns = [
    path("become-a-mentor/", views.become, name="become_mentor"),
    path("become-a-mentor/<str:token>/", views.become_begin, name="become_begin"),
]
