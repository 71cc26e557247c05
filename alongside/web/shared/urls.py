from django.urls import path

from alongside.web.shared import assets, health, home, look

urlpatterns = [
    path("health/", health.health, name="health"),
    path("home/", home.home, name="home"),
    path("look/<str:colour>.css", look.look, name="look"),
    path("styles/<str:fingerprint>.css", assets.stylesheet, name="stylesheet"),
]
