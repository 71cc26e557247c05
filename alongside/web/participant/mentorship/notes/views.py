from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.ask_for_records import ask_for_records
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.notes import actions
from alongside.notes.models import Note
from alongside.notes.queries import notes_read_by, notes_written_by
from alongside.web.participant.mentorship.here import Here, in_mentorship
from alongside.web.participant.mentorship.notes.forms import NoteForm
from alongside.web.participant.mentorship.notes.pages import as_text, shown
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest, get_or_404
from alongside.web.shared.forms import sent

CURRENT = "mentorship_notes"


@in_mentorship
def notes(request: PersonRequest, here: Here) -> HttpResponse:
    """Show the notes this member may read, find among them, and write one."""
    form = NoteForm(sent(request), here=here)
    if form.is_valid():
        actions.write_note(by=here.me, at=clock.now(), **form.details())
        return redirect(CURRENT, here.mentorship.ref)
    sought = request.GET.get("q", "").strip()
    found = [shown(note, here) for note in notes_read_by(here.me) if sought.casefold() in note.text.casefold()]
    return render(request, "notes/notes.html", page(here, current=CURRENT, form=form, notes=found, sought=sought))


@in_mentorship
def note(request: PersonRequest, here: Here, note_ref: str) -> HttpResponse:
    """Change a note of one's own."""
    found: Note = get_or_404(notes_written_by(here.me), ref=note_ref)
    form = NoteForm(sent(request), here=here, note=found)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_note(found, version=version, at=clock.now(), **form.details())
            return redirect(CURRENT, here.mentorship.ref)
        except ChangedMeanwhile:
            found.refresh_from_db()
            form.data = {**form.data.dict(), "version": found.version}  # type: ignore[attr-defined]
            theirs = {"theirs": found.text}
            context = page(here, current=CURRENT, form=form, note=found, **theirs)
            return render(request, "notes/note.html", context, status=409)
    return render(request, "notes/note.html", page(here, current=CURRENT, form=form, note=found))


@in_mentorship
def delete(request: PersonRequest, here: Here, note_ref: str) -> HttpResponse:
    """Delete a note of one's own for good, after asking."""
    found: Note = get_or_404(notes_written_by(here.me), ref=note_ref)
    if request.method == "POST":
        actions.delete_note(found, at=clock.now())
        messages.success(request, _("Deleted for good."))
        return redirect(CURRENT, here.mentorship.ref)
    return render(request, "notes/delete.html", page(here, current=CURRENT, note=found))


@in_mentorship
def records(request: PersonRequest, here: Here) -> HttpResponse:
    """Give a mentee the records of their meetings."""
    if request.method == "POST":
        try:
            count = ask_for_records(here.me, at=clock.now())
        except ValueError as refusal:
            messages.warning(request, str(refusal))
        else:
            given, nothing = _("You can read them now."), _("There are no records that you cannot read already.")
            messages.success(request, given if count else nothing)
    return redirect(CURRENT, here.mentorship.ref)


@in_mentorship
def download(request: PersonRequest, here: Here) -> HttpResponse:
    """Hand over all notes this member may read, as a plain text file to take with them."""
    answer = HttpResponse(as_text(notes_read_by(here.me), here), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="notes.txt"'
    return answer
