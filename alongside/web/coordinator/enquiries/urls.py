from django.urls import path

from alongside.web.coordinator.enquiries import views

urlpatterns = [
    path("enquiries/", views.enquiries, name="enquiries"),
    path("enquiries/<str:ref>/", views.enquiry, name="enquiry"),
]
