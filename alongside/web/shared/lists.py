"""Lists of many: pages and sorting that keep what else stands in the address."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest


def address_with(request: HttpRequest, **changes: object) -> str:
    """Return the query string of this page with some of it changed; None takes a part out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def page_links(request: HttpRequest, page: Page[Any]) -> dict[str, Any]:
    """Return a page and the addresses of its neighbours, as ``components/pagination.html`` takes them."""
    return {
        "page": page,
        "previous_url": address_with(request, page=page.previous_page_number()) if page.has_previous() else "",
        "next_url": address_with(request, page=page.next_page_number()) if page.has_next() else "",
    }


def sortable(
    request: HttpRequest, columns: Sequence[tuple[str, Any]], *, default: str, numeric: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return table headings whose links sort by them: ``columns`` are (name in the address, label)."""
    present = request.GET.get("sort", default)
    return [{**_heading(request, name, label, present), "numeric": name in numeric} for name, label in columns]


def _heading(request: HttpRequest, name: str, label: Any, present: str) -> dict[str, Any]:
    directions = {name: "ascending", f"-{name}": "descending"}
    turned = f"-{name}" if present == name else name
    return {
        "label": label,
        "url": address_with(request, sort=turned, page=None),
        "sort": directions.get(present, ""),
    }
