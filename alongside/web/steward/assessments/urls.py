from django.urls import path

from alongside.web.steward.assessments import views

urlpatterns = [
    path("network-assessments/", views.queue, name="stewarded_assessments"),
    path("network-assessments/<str:ref>/", views.assessment, name="stewarded_assessment"),
    path("network-assessments/<str:ref>/do/", views.do, name="stewarded_do"),
    path("network-assessments/<str:ref>/decide/", views.decide, name="decide_assessment"),
    path("network-assessments/<str:ref>/shown-by/<str:evidence>/", views.evidence, name="stewarded_evidence"),
]
