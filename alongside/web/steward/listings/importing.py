"""A spreadsheet of organisations: dropped, looked at row by row, then put into the directory."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.directory.reading import Entry, Read, read_organisations
from alongside.journeys.import_listings import Fate, Planned, import_listings, plan_import
from alongside.kernel import clock
from alongside.organisations.models import Network
from alongside.organisations.queries import networks_stewarded_by
from alongside.sheets import UnreadableFile
from alongside.web.shared.access import PersonRequest, get_or_404, steward
from alongside.web.shared.forms import sent

SALT = "alongside.directory.import"
WORDS = {
    Fate.NEW: gettext_lazy("new"),
    Fate.CHANGED: gettext_lazy("brought up to date"),
    Fate.THEIRS: gettext_lazy("left alone: its own people look after it"),
    Fate.STOPPED: gettext_lazy("left out"),
}


class SheetForm(forms.Form):
    """The spreadsheet, and into which network."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet of organisations"),
        help_text=gettext_lazy("CSV, Excel or OpenDocument, as it is. One row for each organisation."),
    )
    network = forms.ChoiceField(label=gettext_lazy("Into which network?"))

    def __init__(self, *args: Any, networks: list[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = [(each.ref, each.name) for each in networks]  # type: ignore[attr-defined]
        if len(networks) == 1:
            self.fields["network"].initial = networks[0].ref
            self.fields["network"].widget = forms.HiddenInput()


@steward
def import_sheet(request: PersonRequest) -> HttpResponse:
    """Show what would happen with each row of a sheet; do it once the steward has looked."""
    if request.method == "POST" and "rows" in request.POST:
        return _import(request)
    networks = list(networks_stewarded_by(request.person).order_by("name"))
    form = SheetForm(sent(request), request.FILES or None, networks=networks)
    if form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            read = read_organisations(file.read(), file.name or "sheet")
        except UnreadableFile as refusal:
            form.add_error("file", str(refusal))
        else:
            return _look(request, read, next(each for each in networks if each.ref == form.cleaned_data["network"]))
    return render(request, "listings/import.html", {"form": form})


def _look(request: PersonRequest, read: Read, network: Network) -> HttpResponse:
    planned = plan_import(network, read.entries)
    ready = [each for each in planned if each.fate in (Fate.NEW, Fate.CHANGED)]
    rows = signing.dumps([network.ref, [asdict(each.entry) for each in ready]], salt=SALT, compress=True)
    context = {
        "rows": rows if ready else "",
        "ready": len(ready),
        "planned": [_line(each) for each in planned],
        "columns": read.columns,
        "left_out": read.left_out,
    }
    return render(request, "listings/import_look.html", context)


def _import(request: PersonRequest) -> HttpResponse:
    try:
        ref, rows = signing.loads(request.POST["rows"], salt=SALT, max_age=24 * 60 * 60)
    except signing.BadSignature:
        messages.error(request, _("That was too long ago. Drop the file once more."))
        return redirect("import_listings")
    network = get_or_404(networks_stewarded_by(request.person), ref=ref)
    done = import_listings(network, [Entry(**row) for row in rows], by=request.person, at=clock.now())
    words = _("%(new)d organisations are new in the directory, %(changed)d were brought up to date.")
    messages.success(request, words % {"new": done[Fate.NEW], "changed": done[Fate.CHANGED]})
    return redirect("network_listings")


def _line(each: Planned) -> dict[str, Any]:
    return {"row": each.entry.row, "name": each.entry.name, "fate": WORDS[each.fate], "remarks": each.entry.remarks}
