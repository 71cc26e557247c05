from django.urls import path

from alongside.web.participant.mentorship.messages import views

HERE = "mentorships/<str:ref>/messages/"

urlpatterns = [
    path(HERE, views.thread, name="mentorship_messages"),
    path(f"{HERE}download/", views.download, name="download_messages"),
    path(f"{HERE}download.json", views.download_json, name="download_messages_json"),
    path(f"{HERE}files/<str:file_ref>/", views.attachment, name="message_file"),
    path(f"{HERE}<str:message_ref>/delete/", views.delete, name="delete_message"),
    path("mentorships/<str:ref>/search/", views.search, name="search_mentorship"),
]
