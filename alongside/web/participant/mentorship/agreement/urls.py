from django.urls import path

from alongside.web.participant.mentorship.agreement import views

HERE = "mentorships/<str:ref>/agreement/"

urlpatterns = [
    path("sign/<str:token>/", views.sign_by_link, name="sign"),
    path(HERE, views.agreement, name="mentorship_agreement"),
    path(f"{HERE}draft/", views.draft, name="agreement_draft"),
    path(f"{HERE}propose/", views.propose, name="propose_agreement"),
    path(f"{HERE}charter/", views.charter, name="mentorship_charter"),
    path(f"{HERE}<str:agreement_ref>/sign/", views.sign, name="sign_agreement"),
    path(f"{HERE}<str:agreement_ref>/pdf/", views.download, name="download_agreement"),
]
