from django.urls import include, path

urlpatterns = [path("", include("alongside.web.lead.concerns.urls"))]
