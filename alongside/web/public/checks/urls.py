from django.urls import path

from alongside.web.public.checks import views

urlpatterns = [
    path("check/<str:key>/", views.check, name="self_check"),
    path("check/<str:key>/paper.pdf", views.paper, name="self_check_paper"),
    path("check/<str:ref>/<str:key>/", views.check_of_organisation, name="organisations_self_check"),
    path("check/<str:ref>/<str:key>/paper.pdf", views.paper_of_organisation, name="organisations_self_check_paper"),
]
