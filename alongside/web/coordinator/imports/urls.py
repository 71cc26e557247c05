from django.urls import path

from alongside.web.coordinator.imports import views

urlpatterns = [
    path("cohorts/<str:ref>/import/", views.drop, name="import"),
    path("imports/<str:ref>/", views.sheet_import, name="sheet_import"),
    path("imports/<str:ref>/progress/", views.progress, name="import_progress"),
    path("imports/<str:ref>/columns/", views.correct, name="import_correct"),
    path("imports/<str:ref>/sheet/", views.choose_sheet, name="import_sheet"),
    path("imports/<str:ref>/back/", views.back, name="import_back"),
    path("imports/<str:ref>/start/", views.start, name="import_start"),
    path("imports/<str:ref>/cancel/", views.cancel, name="import_cancel"),
]
