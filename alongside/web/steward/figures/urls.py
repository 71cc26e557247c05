from django.urls import path

from alongside.web.steward.figures import keeping, views

urlpatterns = [
    path("network/figures/", views.figures, name="network_figures"),
    path("network/figures/gap/", views.gaps, name="network_gaps"),
    path("network/figures/file.csv", views.download, {"kind": "csv"}, name="network_figures_file"),
    path("network/figures/file.xlsx", views.download, {"kind": "xlsx"}, name="network_figures_file"),
    path("network/targets/", keeping.targets, name="network_targets"),
    path("network/targets/<str:ref>/drop/", keeping.drop_target, name="drop_target"),
    path("network/awareness/", keeping.awareness, name="network_awareness"),
    path("network/awareness/<str:ref>/drop/", keeping.drop_awareness, name="drop_awareness"),
    path("network/campaigns/", keeping.campaigns, name="network_campaigns"),
    path("network/campaigns/<str:ref>/", keeping.campaign, name="network_campaign"),
]
