from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.messaging import actions
from alongside.messaging.models import Document, DocumentVersion, Link
from alongside.messaging.queries import documents_read_by, links_read_by, versions_read_by
from alongside.web.participant.answers.documents import handed_to_reader
from alongside.web.participant.mentorship.documents import pages
from alongside.web.participant.mentorship.documents.forms import DocumentForm, LinkForm, TitleForm, VersionForm
from alongside.web.participant.mentorship.handing_in import handed_out
from alongside.web.participant.mentorship.here import Here, in_mentorship
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest, get_or_404
from alongside.web.shared.forms import sent

CURRENT = "mentorship_documents"


@in_mentorship
def documents(request: PersonRequest, here: Here) -> HttpResponse:
    """Show the documents and links this member may read, and add one."""
    data, is_link = sent(request), request.POST.get("do") == "link"
    document = DocumentForm(
        None if is_link else data, request.FILES or None if data and not is_link else None, here=here
    )
    link = LinkForm(data if is_link else None, here=here)
    form = link if is_link else document
    if form.is_valid() and _kept(form, lambda: _add(form, here)):
        return redirect(CURRENT, here.mentorship.ref)
    context = page(
        here, current=CURRENT, form=form, document_form=document, link_form=link, **pages.documents_page(here)
    )
    return render(request, "documents/documents.html", context)


def _add(form: DocumentForm | LinkForm, here: Here) -> object:
    values, shared = form.cleaned_data, form.shared_with()
    if isinstance(form, LinkForm):
        return actions.add_link(by=here.me, title=values["title"], url=values["url"], at=clock.now(), **shared)
    return actions.add_document(values["file"][0], by=here.me, at=clock.now(), **shared)


@in_mentorship
def document(request: PersonRequest, here: Here, document_ref: str) -> HttpResponse:
    """Show one document with its versions; add a newer one, and let its author call it something else."""
    found: Document = get_or_404(documents_read_by(here.me), ref=document_ref)
    data, is_title = sent(request), request.POST.get("do") == "rename"
    initial = {"title": found.title, "version": found.version}
    title = TitleForm(data if is_title else None, initial=initial, prefix="title")
    newer = VersionForm(None if is_title else data, request.FILES or None, prefix="newer")
    form = title if is_title else newer
    if is_title and found.author_id != here.me.pk:
        raise Http404
    if form.is_valid() and _kept(form, lambda: _change(form, found, here)):
        return redirect("document", here.mentorship.ref, found.ref)
    shown = pages.shown(found, here)
    context = page(here, current=CURRENT, document=shown, form=form, title_form=title, version_form=newer)
    return render(request, "documents/document.html", context)


def _change(form: forms.Form, found: Document, here: Here) -> object:
    values = form.cleaned_data
    if "title" in values:
        return actions.rename_document(found, values["title"], version=values["version"] or 0, at=clock.now())
    return actions.add_version(found, values["file"][0], by=here.me, at=clock.now())


@in_mentorship
def delete(request: PersonRequest, here: Here, document_ref: str) -> HttpResponse:
    """Delete a document of one's own for good, after asking."""
    found: Document = get_or_404(documents_read_by(here.me).filter(author=here.me), ref=document_ref)
    if request.method == "POST":
        actions.delete_document(found, at=clock.now())
        return _deleted(request, here)
    return render(request, "documents/delete.html", page(here, current=CURRENT, title=found.title))


@in_mentorship
def delete_link(request: PersonRequest, here: Here, link_ref: str) -> HttpResponse:
    """Delete a link of one's own for good, after asking."""
    found: Link = get_or_404(links_read_by(here.me).filter(author=here.me), ref=link_ref)
    if request.method == "POST":
        actions.delete_link(found, at=clock.now())
        return _deleted(request, here)
    return render(request, "documents/delete.html", page(here, current=CURRENT, title=found.title))


@in_mentorship
def version(request: PersonRequest, here: Here, document_ref: str, number: int) -> HttpResponse:
    """Hand out a version of a document."""
    rows = versions_read_by(here.me).filter(document__ref=document_ref)
    found: DocumentVersion = get_or_404(rows, number=number)
    try:
        return handed_out(found, found.document.title)
    except FileNotFoundError:
        raise Http404 from None


@in_mentorship
def applied(request: PersonRequest, here: Here, document_ref: str) -> HttpResponse:
    """Hand out a document with which one of the members applied, as long as it is kept and their rules show it."""
    return handed_to_reader([member.participant for member in here.members], document_ref)


def _kept(form: forms.Form, keep: Callable[[], object]) -> bool:
    """Do it; where it is refused, say so in the form, with what was filled in."""
    try:
        keep()
    except (ValueError, ChangedMeanwhile) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _deleted(request: PersonRequest, here: Here) -> HttpResponse:
    messages.success(request, _("Deleted for good."))
    return redirect(CURRENT, here.mentorship.ref)
