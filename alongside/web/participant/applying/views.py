from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.applications import applying
from alongside.applications.begin_links import Beginning
from alongside.applications.models import Application, ApplicationDocument
from alongside.applications.standing import missing_beside_the_form
from alongside.files.kinds import NotTaken
from alongside.journeys import apply as journey
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.programmes.models import Cohort
from alongside.web.participant.applying import pages
from alongside.web.participant.applying.doors import (
    begun_or_404,
    by_begin_link,
    own_application,
    where_one_can_apply,
)
from alongside.web.participant.applying.forms import DocumentForm, EmailForm, KindForm
from alongside.web.participant.applying.keeping import Kept
from alongside.web.shared.access import PersonRequest
from alongside.web.shared.downloads import document_handed_over
from alongside.web.shared.forms import sent
from alongside.web.shared.prose import html_of
from alongside.web.shared.questionnaires.filling import check, fill_page
from alongside.web.shared.sign_in import enter

LETTERS_AN_HOUR = 20
"""How many links to begin with one address on the network can have sent, be it to as many people."""


@where_one_can_apply
def apply(request: HttpRequest, cohort: Cohort, side: str) -> HttpResponse:
    """Say what it is and how it goes, and let somebody begin: signed in at once, else by a link in an email."""
    person = request.user if request.user.is_authenticated else None
    if request.method == "POST" and person:
        return redirect("my_application", journey.begin(cohort, person, side, at=clock.now()).ref)
    form = EmailForm(sent(request))
    if form.is_valid():
        if _may_ask_again(request):
            journey.ask_to_confirm(cohort, side, form.cleaned_data["email"], at=clock.now())
            return redirect("apply_look", cohort.ref, side)
        form.add_error(None, _("Too many people begin from here just now. Try again in an hour."))
    return render(request, "applying/apply.html", {"form": form, **pages.the_way(cohort, side)})


@where_one_can_apply
def apply_look(request: HttpRequest, cohort: Cohort, side: str) -> HttpResponse:
    """Say that the link is on its way; the same whoever the address belongs to."""
    return render(request, "applying/look.html", {"cohort": cohort, "side": side})


@by_begin_link
def apply_begin(request: HttpRequest, cohort: Cohort, beginning: Beginning) -> HttpResponse:
    """Begin for whoever has the link; asked first, as mail scanners fetch links."""
    if request.method == "POST":
        person, application = journey.begin_by_link(cohort, beginning, at=clock.now())
        enter(request, person)
        return redirect("my_application", application.ref)
    return render(request, "applying/begin.html", {"cohort": cohort, "beginning": beginning})


@own_application
def my_application(request: PersonRequest, application: Application) -> HttpResponse:
    """Show what is still to do, or how it stands."""
    return render(request, "applying/mine.html", pages.overview(application, at=clock.now()))


@own_application
def my_application_form(request: PersonRequest, application: Application, number: int) -> HttpResponse:
    """Answer one page of the form; what fits is kept, whatever else is missing."""
    keeping = Kept(begun_or_404(application), request.person)
    sees = pages.writers_only(application)
    context = {"application": application, "sees": sees}
    return fill_page(request, keeping, number, template="applying/form.html", context=context)


@own_application
def my_application_kind(request: PersonRequest, application: Application) -> HttpResponse:
    """Ask as which kind of mentor somebody applies, before the form."""
    kinds = begun_or_404(application).kinds
    if not kinds:
        raise Http404
    form = KindForm(sent(request), kinds=kinds, chosen=application.kind)
    if form.is_valid():
        applying.choose_kind(application, form.cleaned_data["kind"], at=clock.now())
        return redirect("my_application", application.ref)
    abouts = [{"title": kind.title, "html": html_of(kind.about, lowest=3)} for kind in kinds if kind.about]
    context = {"application": application, "form": form, "abouts": abouts, "sees": pages.writers_only(application)}
    return render(request, "applying/kind.html", context)


@own_application
def my_application_document(request: PersonRequest, application: Application, document: str) -> HttpResponse:
    """Add a document that is asked for, or take it back."""
    asked = next((each for each in begun_or_404(application).rules.documents if each.id == document), None)
    if asked is None:
        raise Http404
    there = application.documents.filter(document=document).first()
    if request.method == "POST" and request.POST.get("do") == "remove":
        if there:
            applying.remove_document(there, at=clock.now())
        return redirect(request.path)
    form = DocumentForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            name = form.cleaned_data["file"].name or "file"
            applying.add_document(application, document, name=name, content=form.content, at=clock.now())
        except NotTaken as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("my_application", application.ref)
    context = {
        "application": application,
        "asked": asked,
        "there": there,
        "form": form,
        "readers": pages.names_of_readers(application),
    }
    return render(request, "applying/document.html", context)


@own_application
def my_application_file(request: PersonRequest, application: Application, document: str) -> HttpResponse:
    """Hand a document back to whoever added it."""
    row: ApplicationDocument | None = application.documents.filter(document=document).first()
    if row is None:
        raise Http404
    return document_handed_over(row.content, name=row.name, kind=row.kind.content_type)


@own_application
def my_application_check(request: PersonRequest, application: Application) -> HttpResponse:
    """Show everything once more, and send it; what is still to do, beside the form too, stands in the overview."""
    if application.state != "begun" or (missing_beside_the_form(application) and request.method != "POST"):
        return redirect("my_application", application.ref)
    keeping = Kept(application, request.person)
    context = {
        "application": application,
        "days": application.rules.days_to_decide,
        "referees": application.references.all(),
        "sees": pages.names_of_readers(application),
    }
    try:
        return check(request, keeping, template="applying/check.html", context=context)
    except (ValueError, MoveNotAllowed) as refusal:
        messages.error(request, str(refusal))
        return redirect("my_application", application.ref)


@own_application
def my_application_withdraw(request: PersonRequest, application: Application) -> HttpResponse:
    """Take an application back, asked first."""
    if request.method == "POST":
        try:
            journey.withdraw(application, by=request.person, at=clock.now())
        except (MoveNotAllowed, ChangedMeanwhile) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("You have taken your application back."))
            return redirect("participant_home")
        return redirect("my_application", application.ref)
    return render(request, "applying/withdraw.html", {"application": application})


def _may_ask_again(request: HttpRequest) -> bool:
    """Count the letters that one address on the network has sent, so that nobody's inbox is flooded through us."""
    key = f"apply:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, 60 * 60)
    try:
        return bool(cache.incr(key) <= LETTERS_AN_HOUR)
    except ValueError:  # it ran out between the two
        return True
