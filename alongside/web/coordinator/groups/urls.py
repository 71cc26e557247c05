from django.urls import path

from alongside.web.coordinator.groups import deciding, views

urlpatterns = [
    path("cohorts/<str:ref>/groups/", views.groups, name="groups"),
    path("cohorts/<str:ref>/groups/suggest/", views.groups_suggest, name="groups_suggest"),
    path("groups/<str:ref>/", views.group, name="group"),
    path("groups/<str:ref>/mentors/", views.group_mentors, name="group_mentors"),
    path("groups/<str:ref>/ask/", views.group_ask, name="group_ask"),
    path("groups/<str:ref>/put-in/", deciding.group_put_in, name="group_put_in"),
    path("groups/<str:ref>/take-out/", deciding.group_take_out, name="group_take_out"),
    path("groups/<str:ref>/name/", deciding.group_name, name="group_name"),
    path("groups/<str:ref>/begin/", deciding.group_begin, name="group_begin"),
    path("groups/<str:ref>/give-up/", deciding.group_give_up, name="group_give_up"),
    path("asks/<str:ref>/again/", deciding.ask_again, name="ask_again"),
]
