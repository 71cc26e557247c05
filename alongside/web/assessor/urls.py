from django.urls import include, path

urlpatterns = [path("", include("alongside.web.assessor.scoring.urls"))]
