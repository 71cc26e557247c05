from django.urls import path

from alongside.web.public.directory import embedding, joining, listings, views

urlpatterns = [
    path("find/", views.find, name="find"),
    path("find/missing/", views.missing, name="find_missing"),
    path("find/on-your-site/", embedding.on_your_site, name="find_on_your_site"),
    path("find/embedded/", embedding.embedded, name="find_embedded"),
    path("organisations/", listings.everybody, name="organisations"),
    path("organisations/add/", joining.join, name="join_directory"),
    path("organisations/begin/<str:token>/", joining.begin, name="join_begin"),
    path("organisations/claim/<str:token>/", joining.claim_confirm, name="claim_confirm"),
    path("organisations/<slug:slug>/claim/", joining.claim, name="claim_listing"),
    path("organisations/<slug:slug>/", listings.listing, name="listing"),
    path("sitemap.xml", listings.sitemap, name="sitemap"),
    path("robots.txt", listings.robots, name="robots"),
]
