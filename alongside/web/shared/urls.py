from django.urls import path

from alongside.web.shared import assets, home

urlpatterns = [
    path("home/", home.home, name="home"),
    path("styles/<str:fingerprint>.css", assets.stylesheet, name="stylesheet"),
]
