from django.urls import path

from alongside.web.participant.mentorship.notes import views

HERE = "mentorships/<str:ref>/notes/"

urlpatterns = [
    path(HERE, views.notes, name="mentorship_notes"),
    path(f"{HERE}records/", views.records, name="ask_for_records"),
    path(f"{HERE}download/", views.download, name="download_notes"),
    path(f"{HERE}<str:note_ref>/", views.note, name="note"),
    path(f"{HERE}<str:note_ref>/delete/", views.delete, name="delete_note"),
]
