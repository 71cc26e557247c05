from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, be it nothing at all, and None where the page was only fetched."""
    return request.POST if request.method == "POST" else None
