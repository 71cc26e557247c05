from django.urls import path

from alongside.web.assessor.scoring import views

urlpatterns = [
    path("assessing/", views.assessing, name="assessing"),
    path("assessing/<str:ref>/", views.assignment, name="assessing_one"),
    path("assessing/<str:ref>/declare/", views.declare, name="declare_interest"),
    path("assessing/<str:ref>/hand-in/", views.hand_in, name="hand_in_scores"),
    path("assessing/<str:ref>/criteria/<slug:criterion>/", views.criterion, name="score_criterion"),
    path("assessing/<str:ref>/shown-by/<str:evidence>/", views.evidence, name="assessing_evidence"),
]
