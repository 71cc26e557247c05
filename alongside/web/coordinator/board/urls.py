from django.urls import path

from alongside.web.coordinator.board import asking, calculating, offering, views

urlpatterns = [
    path("cohorts/<str:ref>/board/", views.board, name="board"),
    path("cohorts/<str:ref>/board/match/", views.board_match, name="board_match"),
    path("cohorts/<str:ref>/board/change/", views.board_change, name="board_change"),
    path("cohorts/<str:ref>/board/weights/", views.board_weights, name="board_weights"),
    path("cohorts/<str:ref>/board/undo/", views.board_undo, name="board_undo"),
    path("cohorts/<str:ref>/board/versions/<int:number>/show/", views.board_version, name="board_version"),
    path("cohorts/<str:ref>/board/versions/<int:number>/name/", views.board_name, name="board_name"),
    path("cohorts/<str:ref>/board/compare/", asking.board_compare, name="board_compare"),
    path("cohorts/<str:ref>/board/reasons/", asking.board_reasons, name="board_reasons"),
    path("cohorts/<str:ref>/board/why-not/", asking.board_why_not, name="board_why_not"),
    path("cohorts/<str:ref>/board/pick/", asking.board_pick, name="board_pick"),
    path("cohorts/<str:ref>/board/swap/", asking.board_swap, name="board_swap"),
    path("cohorts/<str:ref>/board/offer/", offering.board_offer, name="board_offer"),
    path("cohorts/<str:ref>/board/recruit/", calculating.board_recruit, name="board_recruit"),
    path("matchings/<str:ref>/", calculating.calculation, name="calculation"),
    path("matchings/<str:ref>/progress/", calculating.calculation_progress, name="calculation_progress"),
    path("matchings/<str:ref>/stop/", calculating.calculation_stop, name="calculation_stop"),
    path("sendings/<str:ref>/", offering.sending, name="sending"),
    path("sendings/<str:ref>/progress/", offering.sending_progress, name="sending_progress"),
    path("sendings/<str:ref>/stop/", offering.sending_stop, name="sending_stop"),
    path("cohorts/<str:ref>/choices/", offering.offers, name="offers"),
    path("offers/<str:ref>/", offering.offer, name="offer"),
    path("offers/<str:ref>/take-back/", offering.offer_take_back, name="offer_take_back"),
    path("offers/<str:ref>/more-time/", offering.offer_more_time, name="offer_more_time"),
    path("people/<str:ref>/mentor/", offering.pair_by_hand, name="pair_by_hand"),
]
