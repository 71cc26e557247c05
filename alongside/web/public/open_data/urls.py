from django.urls import path, re_path

from alongside.web.public.open_data import views

urlpatterns = [
    path("open-data/", views.open_data, name="open_data"),
    re_path(r"^open-data/(?P<name>[a-z-]+)\.(?P<kind>csv|json)$", views.open_data_file, name="open_data_file"),
    path("go/<slug:slug>/<slug:variant>/", views.follow_campaign, name="follow_campaign"),
]
