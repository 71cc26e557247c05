from django.urls import include, path

urlpatterns = [
    path("", include("alongside.web.shared.urls")),
    path("", include("alongside.web.public.urls")),
    path("", include("alongside.web.participant.urls")),
    path("", include("alongside.web.coordinator.urls")),
    path("", include("alongside.web.steward.urls")),
]
