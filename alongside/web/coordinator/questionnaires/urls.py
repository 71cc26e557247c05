from django.urls import path

from alongside.web.coordinator.questionnaires import editing, parts, views

ONE = "questionnaires/<str:ref>/"

urlpatterns = [
    path("questionnaires/", views.questionnaires, name="questionnaires"),
    path("questionnaires/new/", views.begin, name="new_questionnaire"),
    path("questionnaires/from-file/", views.from_file, name="questionnaire_from_file"),
    path("questionnaires/copy/", views.copy, name="copy_questionnaire"),
    path(ONE, editing.questionnaire, name="questionnaire"),
    path(f"{ONE}arrange/", editing.arrange, name="arrange_questionnaire"),
    path(f"{ONE}undo/", editing.undo, name="undo_questionnaire"),
    path(f"{ONE}new-item/", editing.new_item, name="questionnaire_new_item"),
    path(f"{ONE}preview/", editing.preview, name="preview_item"),
    path(f"{ONE}items/<str:item>/", editing.item, name="questionnaire_item"),
    path(f"{ONE}about/", parts.about, name="questionnaire_about"),
    path(f"{ONE}raters/", parts.raters, name="questionnaire_raters"),
    path(f"{ONE}words/", parts.words, name="questionnaire_words"),
    path(f"{ONE}scales/<str:name>/", parts.scale, name="questionnaire_scale"),
    path(f"{ONE}roles/<str:name>/", parts.role, name="questionnaire_role"),
    path(f"{ONE}publish/", views.publish, name="publish_questionnaire"),
    path(f"{ONE}retire/", views.retire, name="retire_questionnaire"),
    path(f"{ONE}take-up/", views.take_up, name="take_up_questionnaire"),
    path(f"{ONE}questionnaire.toml", views.export, name="export_questionnaire"),
    path(f"{ONE}versions/<int:number>/", views.version, name="questionnaire_version"),
]
