from django.urls import path, re_path

from alongside.web.coordinator.mentorships import evidence, one, views, writing

urlpatterns = [
    path("cohorts/<str:ref>/mentorships/", views.cohort_mentorships, name="cohort_mentorships"),
    re_path(
        r"^cohorts/(?P<ref>\w+)/mentorships\.(?P<kind>csv|xlsx)$", views.export_mentorships, name="export_mentorships"
    ),
    path("cohorts/<str:ref>/evidence/", evidence.evidence, name="evidence"),
    re_path(r"^cohorts/(?P<ref>\w+)/evidence\.(?P<kind>csv|xlsx)$", evidence.export_evidence, name="export_evidence"),
    path("cohorts/<str:ref>/mentorships/write/", writing.write_to_several, name="write_to_several"),
    path("looking-after/<str:ref>/", one.looking_after, name="looking_after"),
    path("looking-after/<str:ref>/met/", one.note_met, name="note_met"),
    path("looking-after/<str:ref>/contact/", one.change_contact, name="change_contact"),
    path("looking-after/<str:ref>/add/", one.add_member, name="add_member"),
    path("looking-after/<str:ref>/end/", one.end_for_them, name="end_for_them"),
    path("looking-after/<str:ref>/called/", one.note_call, name="note_call"),
]
