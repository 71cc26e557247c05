from django.urls import path

from alongside.web.public.enquiries import following, views

urlpatterns = [
    path("enquire/", views.enquire_network, name="enquire_network"),
    path("enquire/<slug:slug>/", views.enquire, name="enquire"),
    path("enquiry/sent/", views.enquiry_sent, name="enquiry_sent"),
    path("enquiry/confirm/<str:token>/", following.confirm_enquiry, name="confirm_enquiry"),
    path("enquiry/held/<str:token>/", following.held_enquiry, name="held_enquiry"),
    path("enquiry/<str:token>/", following.my_enquiry, name="my_enquiry"),
]
