from django.urls import path

from alongside.web.coordinator.programmes import views

urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/new/", views.new_programme, name="new_programme"),
    path("programmes/<str:ref>/", views.programme, name="programme"),
    path("programmes/<str:ref>/lead/", views.name_lead, name="name_lead"),
    path("programmes/<str:ref>/cohorts/new/", views.new_cohort, name="new_cohort"),
    path("cohorts/<str:ref>/", views.cohort, name="cohort"),
]
