from django.urls import path

from alongside.web.lead.concerns import views

urlpatterns = [
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/<str:ref>/", views.concern, name="concern"),
    path("concerns/<str:ref>/do/", views.concern_do, name="concern_do"),
]
