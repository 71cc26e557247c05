"""The figures that everybody may have, and the links of campaigns."""

import json
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from alongside.directory.queries import networks_with_listings
from alongside.figures.actions import count_visit
from alongside.figures.queries import ZONE, wordings_linked
from alongside.kernel import clock
from alongside.reports.open_data import DATASETS, Dataset, columns_of, rows_of, values_of
from alongside.sheets.exports import write_csv
from alongside.web.shared.access import get_or_404, public

LICENCES = {
    "OGL": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "CC-BY": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
}
"""Under what the figures may be used: `ALONGSIDE_OPEN_DATA_LICENCE` says which."""
AN_HOUR = 3600


@require_safe
@public
def open_data(request: HttpRequest) -> HttpResponse:
    """Say what the figures are, how they are made, and under what licence they can be used."""
    name, address = LICENCES[settings.OPEN_DATA_LICENCE]
    sets = [
        {
            "title": each.title,
            "csv": reverse("open_data_file", args=[each.name, "csv"]),
            "json": reverse("open_data_file", args=[each.name, "json"]),
        }
        for each in DATASETS.values()
    ]
    return render(request, "open_data/open_data.html", {"sets": sets, "licence": name, "licence_url": address})


@require_safe
@public
def open_data_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Hand over a file of figures."""
    dataset = DATASETS.get(name)
    if dataset is None:
        raise Http404
    if kind == "csv":
        made: bytes = write_csv(_rows(dataset), header=columns_of(dataset))
        answer = HttpResponse(made, content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(json.dumps(_as_json(dataset), ensure_ascii=False), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(answer, public=True, max_age=AN_HOUR)
    return answer


@require_safe
@public
def follow_campaign(request: HttpRequest, slug: str, variant: str) -> HttpResponse:
    """Count that a link of a campaign was followed today, and lead to the search; nothing of who is kept."""
    wording = get_or_404(wordings_linked(), campaign__slug=slug, variant=variant)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        count_visit(wording, on=_today())
    answer = redirect("find")
    patch_cache_control(answer, no_store=True)
    return answer


def _today() -> date:
    return clock.now().astimezone(ZONE).date()


def _rows(dataset: Dataset) -> Iterator[list[object]]:
    return (values_of(row, dataset) for network in networks_with_listings() for row in rows_of(network, dataset))


def _as_json(dataset: Dataset) -> dict[str, object]:
    name, address = LICENCES[settings.OPEN_DATA_LICENCE]
    columns = columns_of(dataset)
    return {
        "title": str(dataset.title),
        "licence": {"name": name, "url": address},
        "method": settings.SITE_URL + reverse("open_data"),
        "figures": [dict(zip(columns, row, strict=True)) for row in _rows(dataset)],
    }
