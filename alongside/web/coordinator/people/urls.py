from django.urls import path, re_path

from alongside.web.coordinator.people import views

urlpatterns = [
    path("cohorts/<str:ref>/people/", views.people, name="people"),
    re_path(r"^cohorts/(?P<ref>\w+)/people\.(?P<kind>csv|xlsx)$", views.export_people, name="export_people"),
    path("cohorts/<str:ref>/people/step/", views.pass_gate_for_several, name="people_gate"),
    path("people/<str:ref>/", views.participant, name="participant"),
    path("people/<str:ref>/step/", views.participant_gate, name="participant_gate"),
    path("people/<str:ref>/leave/", views.participant_leave, name="participant_leave"),
    path("people/<str:ref>/return/", views.participant_return, name="participant_return"),
]
