from django.urls import path

from alongside.web.participant.mentorship.plan import views

HERE = "mentorships/<str:ref>/plan/"

urlpatterns = [
    path(HERE, views.plan, name="mentorship_plan"),
    path(f"{HERE}objectives/new/", views.new_objective, name="new_objective"),
    path(f"{HERE}objectives/<str:objective_ref>/", views.objective, name="objective"),
    path(f"{HERE}objectives/<str:objective_ref>/look/", views.look_at_objective, name="look_at_objective"),
    path(f"{HERE}actions/<str:action_ref>/", views.action, name="action"),
    path(f"{HERE}actions/<str:action_ref>/back/", views.put_back_action, name="put_back_action"),
]
