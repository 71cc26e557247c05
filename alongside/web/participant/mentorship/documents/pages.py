"""What the page of documents shows, and what documents give to the story of a mentorship."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.messaging.models import Document, DocumentVersion, Link
from alongside.messaging.queries import documents_read_by, links_read_by, versions_read_by
from alongside.web.participant.answers.documents import to_read
from alongside.web.participant.mentorship.handing_in import size_in_words
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Event
from alongside.web.participant.mentorship.sharing import sees


def documents_page(here: Here) -> dict[str, Any]:
    """Return the documents and the links that this member may read."""
    return {
        "documents": [shown(document, here) for document in documents_read_by(here.me)],
        "links": [shown_link(link, here) for link in links_read_by(here.me)],
        "applied": list(_applied(here)),
        "sees_applied": _("%(members)s, and the coordinators who read the applications")
        % {"members": here.members_in_words},
    }


def _applied(here: Here) -> Iterator[dict[str, Any]]:
    """Yield with what each member applied, as far as the others may read it."""
    address = partial(_address_of_applied, here.mentorship.ref)
    papers = to_read([member.participant for member in here.members], address)
    for member in here.members:
        if documents := papers.get(member.participant_id):
            yield {"name": member.participant.person.name, "documents": documents}


def _address_of_applied(mentorship: str, ref: str) -> str:
    return reverse("applied_document", args=[mentorship, ref])


def shown(document: Document, here: Here) -> dict[str, Any]:
    """Return a document as its pages show it, with who can read it in words."""
    versions = [shown_version(version) for version in document.versions.all()]
    mine = document.author_id == here.me.pk
    return {"row": document, "mine": mine, "sees": sees(document, here), "latest": versions[0], "versions": versions}


def shown_version(version: DocumentVersion) -> dict[str, Any]:
    return {
        "row": version,
        "author": version.author.participant.person,
        "kind": version.kind.extension.upper(),
        "size": size_in_words(version.size),
    }


def shown_link(link: Link, here: Here) -> dict[str, Any]:
    return {"row": link, "mine": link.author_id == here.me.pk, "sees": sees(link, here)}


def events(here: Here) -> Iterator[Event]:
    """Tell which documents were added, and newer versions of them, as far as the reader may read them."""
    for version in versions_read_by(here.me):
        words = {"name": version.author.participant.person.name, "title": version.document.title}
        title = _("%(name)s added “%(title)s”") if version.number == 1 else _("%(name)s added a newer “%(title)s”")
        url = reverse("document", args=[here.mentorship.ref, version.document.ref])
        yield Event(version.added_at, title % words, url=url)
