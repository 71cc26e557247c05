from django.urls import include, path

from alongside.web.public.front import views as front
from alongside.web.public.outbox import views as outbox
from alongside.web.public.sign_in import views as sign_in

urlpatterns = [
    path("", front.front, name="front"),
    path("help/", front.help_page, name="help"),
    path("concern/", front.whom_to_turn_to, name="whom_to_turn_to"),
    path("accessibility/", front.accessibility, name="accessibility"),
    path("", include("alongside.web.public.checks.urls")),
    path("", include("alongside.web.public.directory.urls")),
    path("", include("alongside.web.public.stories.urls")),
    path("", include("alongside.web.public.open_data.urls")),
    path("", include("alongside.web.public.mentors.urls")),
    path("theme/", front.theme, name="theme"),
    path("demonstration/<str:kind>/", sign_in.demonstration_sign_in, name="demonstration_sign_in"),
    path("sign-in/<str:token>/", sign_in.sign_in_by_link, name="sign_in_by_link"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<str:ref>/", outbox.outbox_email, name="outbox_email"),
    path("outbox/<str:ref>/html/", outbox.outbox_html, name="outbox_html"),
    path("outbox/<str:ref>/meeting.ics", outbox.outbox_calendar, name="outbox_calendar"),
    path("", include("alongside.web.public.enquiries.urls")),
    path("account/", include("alongside.web.public.sign_in.urls")),
]
