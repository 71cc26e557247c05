from django.urls import path

from alongside.web.steward.listings import importing, views

urlpatterns = [
    path("network/listings/", views.listings, name="network_listings"),
    path("network/listings/import/", importing.import_sheet, name="import_listings"),
    path("network/listings/<str:ref>/", views.listing, name="network_listing"),
    path("network/claims/<str:ref>/", views.claim, name="network_claim"),
]
