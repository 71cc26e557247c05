from django.urls import path

from alongside.web.coordinator.assessment import evidence, views

urlpatterns = [
    path("quality/", views.assessments, name="assessments"),
    path("quality/begin/", views.begin, name="begin_assessment"),
    path("assessments/<str:ref>/", views.assessment, name="assessment"),
    path("assessments/<str:ref>/do/", views.do, name="assessment_do"),
    path("assessments/<str:ref>/before/", views.gates, name="assessment_gates"),
    path("assessments/<str:ref>/criteria/<slug:criterion>/", views.criterion, name="assessment_criterion"),
    path("assessments/<str:ref>/shown-by/<slug:kind>/", evidence.add, name="add_evidence"),
    path("evidence/<str:ref>/", evidence.download, name="assessment_evidence"),
    path("evidence/<str:ref>/remove/", evidence.remove, name="remove_evidence"),
]
