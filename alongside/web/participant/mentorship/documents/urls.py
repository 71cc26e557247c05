from django.urls import path

from alongside.web.participant.mentorship.documents import views

HERE = "mentorships/<str:ref>/documents/"

urlpatterns = [
    path(HERE, views.documents, name="mentorship_documents"),
    path(f"{HERE}links/<str:link_ref>/delete/", views.delete_link, name="delete_link"),
    path(f"{HERE}applications/<str:document_ref>/", views.applied, name="applied_document"),
    path(f"{HERE}<str:document_ref>/", views.document, name="document"),
    path(f"{HERE}<str:document_ref>/delete/", views.delete, name="delete_document"),
    path(f"{HERE}<str:document_ref>/<int:number>/", views.version, name="document_version"),
]
