from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.notifications.models import Email
from alongside.web.shared.access import get_or_404, public

PER_PAGE = 30
HTML_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@public
def outbox(request: HttpRequest) -> HttpResponse:
    """List every email of the demonstration, the newest first."""
    page = Paginator(_emails(), PER_PAGE).get_page(request.GET.get("page"))
    columns = [{"label": _("Subject")}, {"label": _("To")}, {"label": _("When")}]
    table = {"columns": columns, "rows": [_row(email) for email in page]}
    return render(request, "public/outbox.html", {"page": page, **table})


@public
def outbox_email(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an email as plain text, with its links working."""
    email = get_or_404(_emails(), ref=ref)
    return render(request, "public/outbox_email.html", {"email": email, "body": email.body})


@public
def outbox_html(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an email as a mail program would; nothing in it can run."""
    html = get_or_404(_emails(), ref=ref).body.html
    if not html:
        raise Http404
    return HttpResponse(html, headers={"Content-Security-Policy": HTML_POLICY})


@public
def outbox_calendar(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand over the invitation that goes with an email."""
    email = get_or_404(_emails(), ref=ref)
    calendar = email.body.calendar
    if not calendar:
        raise Http404
    return HttpResponse(
        calendar,
        content_type=f"text/calendar; charset=utf-8; method={email.calendar_method}",
        headers={"Content-Disposition": 'attachment; filename="meeting.ics"'},
    )


def _emails() -> QuerySet[Email]:
    if not settings.DEMONSTRATION:
        raise Http404
    return Email.objects.all()


def _row(email: Email) -> dict[str, object]:
    queued = date_format(timezone.localtime(email.queued_at), "l j F, H:i")
    values = [(_("Subject"), email.subject), (_("To"), email.to), (_("When"), queued)]
    cells = [{"label": label, "value": value} for label, value in values]
    return {"url": reverse("outbox_email", args=[email.ref]), "cells": cells}
