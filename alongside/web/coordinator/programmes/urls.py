from django.urls import path

from alongside.web.coordinator.programmes import asking, blueprints, speech, views

urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/new/", blueprints.pick, name="new_programme"),
    path("programmes/new/file/", blueprints.from_file, name="programme_from_file"),
    path("programmes/new/<slug:blueprint>/", blueprints.start, name="start_programme"),
    path("programmes/<str:ref>/", views.programme, name="programme"),
    path("programmes/<str:ref>/how/", blueprints.how_it_runs, name="how_it_runs"),
    path("programmes/<str:ref>/how/file/", blueprints.take_along, name="take_programme_along"),
    path("programmes/<str:ref>/newer/", blueprints.follow, name="follow_blueprint"),
    path("programmes/<str:ref>/words/", speech.words_and_letters, name="words_and_letters"),
    path("programmes/<str:ref>/asked/", asking.what_is_asked, name="what_is_asked"),
    path("programmes/<str:ref>/lead/", views.name_lead, name="name_lead"),
    path("programmes/<str:ref>/contacts/", views.name_contacts, name="name_contacts"),
    path("programmes/<str:ref>/cohorts/new/", views.new_cohort, name="new_cohort"),
    path("cohorts/<str:ref>/", views.cohort, name="cohort"),
]
