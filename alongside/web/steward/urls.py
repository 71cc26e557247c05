from django.urls import include, path

from alongside.web.steward import views

urlpatterns = [
    path("network/", views.network, name="network"),
    path("", include("alongside.web.steward.enquiries.urls")),
    path("", include("alongside.web.steward.assessments.urls")),
    path("", include("alongside.web.steward.listings.urls")),
    path("", include("alongside.web.steward.figures.urls")),
]
