from django.urls import path

from alongside.web.steward import views

urlpatterns = [path("network/", views.network, name="network")]
