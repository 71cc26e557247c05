from django.urls import path

from alongside.web.coordinator.placing import calling, volunteers

urlpatterns = [
    path("programmes/<str:ref>/calls/", calling.calls, name="calls"),
    path("programmes/<str:ref>/calls/new/", calling.new_call, name="new_call"),
    path("calls/<str:ref>/", calling.call, name="call"),
    path("calls/<str:ref>/back/", calling.take_back, name="take_call_back"),
    path("calls/<str:ref>/answer/", volunteers.answer, name="call_answer"),
    path("calls/<str:ref>/ask/", volunteers.ask, name="call_ask"),
    path("calls/<str:ref>/decline/", volunteers.decline, name="call_decline"),
    path("programmes/<str:ref>/volunteers/", volunteers.volunteers, name="volunteers"),
    path("programmes/<str:ref>/volunteers/refreshed/", volunteers.refreshed, name="volunteers_refreshed"),
]
