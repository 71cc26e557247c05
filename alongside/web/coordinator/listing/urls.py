from django.urls import path

from alongside.web.coordinator.listing import views

urlpatterns = [
    path("listings/", views.my_listings, name="my_listings"),
    path("listings/<str:ref>/", views.my_listing, name="my_listing"),
    path("listings/<str:ref>/move/", views.move_listing, name="move_listing"),
    path("listings/<str:ref>/about/", views.listing_about, name="listing_about"),
    path("listings/<str:ref>/for-whom/", views.listing_for_whom, name="listing_for_whom"),
    path("listings/<str:ref>/where/", views.listing_where, name="listing_where"),
    path("listings/<str:ref>/programmes/add/", views.add_offering, name="add_offering"),
    path("offerings/<str:ref>/", views.change_offering, name="change_offering"),
]
