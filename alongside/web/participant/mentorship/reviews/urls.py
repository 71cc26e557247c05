from django.urls import path

from alongside.web.participant.mentorship.reviews import raters, views

HERE = "mentorships/<str:ref>/reviews/"

urlpatterns = [
    path("rate/<str:token>/", raters.rate, name="rate"),
    path("rate/<str:token>/check/", raters.rate_check, name="rate_check"),
    path("rate/<str:token>/<int:place>/", raters.rate_page, name="rate_page"),
    path(HERE, views.reviews, name="mentorship_reviews"),
    path(f"{HERE}<str:review_ref>/", views.review, name="all_round_review"),
    path(f"{HERE}<str:review_ref>/myself/", views.myself, name="review_myself"),
    path(f"{HERE}<str:review_ref>/myself/check/", views.myself_check, name="review_myself_check"),
    path(f"{HERE}<str:review_ref>/myself/<int:place>/", views.myself_page, name="review_myself_page"),
    path(f"{HERE}<str:review_ref>/close/", views.close, name="close_review"),
    path(f"{HERE}<str:review_ref>/share/", views.share, name="share_review"),
    path(f"{HERE}<str:review_ref>/objective/", views.objective, name="review_objective"),
    path(f"{HERE}<str:review_ref>/review.pdf", views.on_paper, name="review_pdf"),
]
