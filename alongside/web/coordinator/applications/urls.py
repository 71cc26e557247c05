from django.urls import path

from alongside.web.coordinator.applications import deciding, views

urlpatterns = [
    path("cohorts/<str:ref>/applications/", views.cohort_applications, name="cohort_applications"),
    path("cohorts/<str:ref>/applications/open/", views.open_or_close, name="open_applications"),
    path("cohorts/<str:ref>/applications/several/", deciding.decide_several, name="applications_several"),
    path("applications/<str:ref>/", views.application, name="application"),
    path("applications/<str:ref>/step/", deciding.application_step, name="application_step"),
    path("applications/<str:ref>/accept/", deciding.accept, name="application_accept"),
    path("applications/<str:ref>/wait/", deciding.wait, name="application_wait"),
    path("applications/<str:ref>/decline/", deciding.decline, name="application_decline"),
    path("application-documents/<str:ref>/", views.application_document, name="application_document"),
]
