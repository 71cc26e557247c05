from django.urls import path

from alongside.web.shared import assets, health, home

urlpatterns = [
    path("health/", health.health, name="health"),
    path("home/", home.home, name="home"),
    path("styles/<str:fingerprint>.css", assets.stylesheet, name="stylesheet"),
]
