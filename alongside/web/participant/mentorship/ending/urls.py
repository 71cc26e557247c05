from django.urls import path

from alongside.web.participant.mentorship.ending import views

HERE = "mentorships/<str:ref>/ending/"

urlpatterns = [
    path(HERE, views.farewell, name="mentorship_farewell"),
    path(f"{HERE}achieved/back/", views.take_back, name="take_back_achievement"),
    path(f"{HERE}record.pdf", views.record_on_paper, name="mentors_record_pdf"),
    path(f"{HERE}record.json", views.record_as_data, name="mentors_record_json"),
]
