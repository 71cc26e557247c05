from django.urls import include, path

urlpatterns = [
    path("", include("alongside.web.coordinator.queue.urls")),
    path("", include("alongside.web.coordinator.programmes.urls")),
    path("", include("alongside.web.coordinator.people.urls")),
    path("", include("alongside.web.coordinator.questionnaires.urls")),
    path("", include("alongside.web.coordinator.imports.urls")),
    path("", include("alongside.web.coordinator.applications.urls")),
    path("", include("alongside.web.coordinator.board.urls")),
    path("", include("alongside.web.coordinator.groups.urls")),
    path("", include("alongside.web.coordinator.mentorships.urls")),
    path("", include("alongside.web.coordinator.surveys.urls")),
    path("", include("alongside.web.coordinator.placing.urls")),
    path("", include("alongside.web.coordinator.enquiries.urls")),
    path("", include("alongside.web.coordinator.assessment.urls")),
    path("", include("alongside.web.coordinator.listing.urls")),
    path("", include("alongside.web.coordinator.stories.urls")),
    path("", include("alongside.web.coordinator.mentors.urls")),
]
