"""The documents of an application that the other side may read, before they say yes and after."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.template.defaultfilters import filesizeformat

from alongside.applications.models import ApplicationDocument
from alongside.applications.queries import documents_shown
from alongside.programmes.models import Participant
from alongside.web.shared.downloads import document_handed_over


def to_read(participants: Iterable[Participant], address: Callable[[str], str]) -> dict[int, list[dict[str, Any]]]:
    """Return what `components/documents.html` lists of each, by primary key.

    A document goes by what was asked for: the name that its file had may tell a name that is not shared yet.

    :param address: where a document is handed out, by its ref.
    """
    shown = documents_shown(participants)
    return {owner: [_line(each, address(each.ref)) for each in rows] for owner, rows in shown.items()}


def handed_to_reader(participants: Iterable[Participant], ref: str) -> HttpResponse:
    """Hand out a document of one of these.

    :raises Http404: if it is none that the other side may read.
    """
    rows = (row for each in documents_shown(participants).values() for row in each if row.ref == ref)
    row = next(rows, None)
    if row is None:
        raise Http404
    return document_handed_over(row.content, name=f"{_title(row)}.{row.kind_name}", kind=row.kind.content_type)


def _line(row: ApplicationDocument, url: str) -> dict[str, Any]:
    return {"title": _title(row), "about": f"{row.kind_name.upper()}, {filesizeformat(row.size)}", "url": url}


def _title(row: ApplicationDocument) -> str:
    return row.asked.title if row.asked else row.document
