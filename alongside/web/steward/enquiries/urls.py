from django.urls import path

from alongside.web.steward.enquiries import views

urlpatterns = [
    path("network/enquiries/", views.enquiries, name="steward_enquiries"),
    path("network/enquiries/<str:ref>/", views.enquiry, name="steward_enquiry"),
    path("network/held/<str:ref>/", views.decide_held, name="decide_held"),
]
