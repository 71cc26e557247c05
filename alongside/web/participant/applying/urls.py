from django.urls import path

from alongside.web.participant.applying import referees, views

urlpatterns = [
    path("apply/begin/<str:token>/", views.apply_begin, name="apply_begin"),
    path("apply/reference/<str:token>/", referees.referee, name="referee"),
    path("apply/<str:ref>/<str:side>/", views.apply, name="apply"),
    path("apply/<str:ref>/<str:side>/sent/", views.apply_look, name="apply_look"),
    path("me/applications/<str:ref>/", views.my_application, name="my_application"),
    path("me/applications/<str:ref>/kind/", views.my_application_kind, name="my_application_kind"),
    path("me/applications/<str:ref>/form/<int:number>/", views.my_application_form, name="my_application_form"),
    path(
        "me/applications/<str:ref>/documents/<str:document>/",
        views.my_application_document,
        name="my_application_document",
    ),
    path(
        "me/applications/<str:ref>/documents/<str:document>/file/",
        views.my_application_file,
        name="my_application_file",
    ),
    path("me/applications/<str:ref>/referees/", referees.my_application_referees, name="my_application_referees"),
    path("me/applications/<str:ref>/check/", views.my_application_check, name="my_application_check"),
    path("me/applications/<str:ref>/withdraw/", views.my_application_withdraw, name="my_application_withdraw"),
]
