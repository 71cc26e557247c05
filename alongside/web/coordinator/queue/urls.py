from django.urls import path

from alongside.web.coordinator.queue import views

urlpatterns = [
    path("queue/", views.queue, name="queue"),
    path("queue/decide/", views.queue_decide, name="queue_decide"),
    path("queue/emails/<str:ref>/back/", views.queue_email_back, name="queue_email_back"),
    path("queue/several/", views.queue_bulk, name="queue_bulk"),
]
