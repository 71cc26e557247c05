from django.urls import include, path

from alongside.api.v1.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("alongside.web.shared.urls")),
    path("", include("alongside.web.public.urls")),
    path("", include("alongside.web.participant.urls")),
    path("", include("alongside.web.lead.urls")),
    path("", include("alongside.web.assessor.urls")),
    path("", include("alongside.web.coordinator.urls")),
    path("", include("alongside.web.steward.urls")),
]
