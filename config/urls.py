from django.http import HttpRequest, HttpResponse
from django.urls import path

from alongside.web.shared.access import public
from alongside.web.shared.assets import stylesheet


@public
def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Alongside")


urlpatterns = [
    path("", front, name="front"),
    path("styles/<str:fingerprint>.css", stylesheet, name="stylesheet"),
]
