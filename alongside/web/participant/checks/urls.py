from django.urls import path

from alongside.web.participant.checks import views

urlpatterns = [
    path("me/checks/", views.my_checks, name="my_checks"),
    path("me/checks/delete/", views.delete_all, name="delete_my_checks"),
    path("me/checks/keep/<str:key>/", views.keep, name="keep_check"),
    path("me/checks/keep/<str:ref>/<str:key>/", views.keep, name="keep_organisations_check"),
    path("me/checks/work-on/<str:key>/", views.work_on, name="work_on_check"),
    path("me/checks/work-on/<str:ref>/<str:key>/", views.work_on, name="work_on_organisations_check"),
    path("me/checks/kept/<str:ref>/", views.my_check, name="my_check"),
    path("me/checks/kept/<str:ref>/work-on/", views.work_on_kept, name="work_on_my_check"),
    path("me/checks/kept/<str:ref>/delete/", views.delete, name="delete_my_check"),
]
