from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.agreements.actions import save_draft
from alongside.agreements.models import Agreement
from alongside.agreements.queries import agreements_in, agreements_kept, draft_in, has_accepted
from alongside.agreements.wording import charter_of, text_of
from alongside.journeys.agree import propose_agreement, sign_agreement
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.reports.agreement_document import agreement_pdf
from alongside.web.participant.mentorship.agreement.forms import DraftForm, SignForm
from alongside.web.participant.mentorship.agreement.pages import agreement_page, parts_of, sees, theirs
from alongside.web.participant.mentorship.here import Here, by_member_link, in_mentorship
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest, get_or_404
from alongside.web.shared.downloads import handed_over
from alongside.web.shared.forms import sent

CURRENT = "mentorship_agreement"


@in_mentorship
def agreement(request: PersonRequest, here: Here) -> HttpResponse:
    """Show what they agreed, what waits to be signed, and how far a change of it is."""
    return render(request, "agreement/agreement.html", page(here, current=CURRENT, **agreement_page(here)))


@in_mentorship
def draft(request: PersonRequest, here: Here) -> HttpResponse:
    """Fill in what the programme's text leaves open."""
    found = draft_in(here.mentorship)
    form = DraftForm(sent(request), here=here, draft=found)
    context = page(here, current=CURRENT, form=form, sees=sees(here))
    if form.is_valid():
        version, until = form.cleaned_data["version"] or 0, form.cleaned_data["until"]
        try:
            save_draft(found, by=here.me, version=version, until=until, words=form.words(), at=clock.now())
            return redirect("propose_agreement", here.mentorship.ref)
        except ChangedMeanwhile:
            return _edited_meanwhile(request, here, form)
    return render(request, "agreement/draft.html", context)


@in_mentorship
def propose(request: PersonRequest, here: Here) -> HttpResponse:
    """Show what they would sign, and propose it to all."""
    found = draft_in(here.mentorship)
    if found is None:
        return redirect("agreement_draft", here.mentorship.ref)
    if request.method == "POST":
        version = int(request.POST.get("version", "")[:9]) if request.POST.get("version", "").isdecimal() else 0
        try:
            made = propose_agreement(found, by=here.me, version=version, at=clock.now())
            return redirect("sign_agreement", here.mentorship.ref, made.ref)
        except (ValueError, ChangedMeanwhile) as refusal:
            messages.warning(request, str(refusal))
            return redirect("propose_agreement", here.mentorship.ref)
    parts = parts_of(text_of(found, here.members, here.mentorship.cohort))
    return render(
        request, "agreement/propose.html", page(here, current=CURRENT, draft=found, parts=parts, sees=sees(here))
    )


@in_mentorship
def charter(request: PersonRequest, here: Here) -> HttpResponse:
    """Show the ethics everyone accepts."""
    found = charter_of(here.mentorship.cohort.rules)
    context = {"charter": found, "parts": parts_of(found.text), "accepted": has_accepted(here.me, found.fingerprint)}
    return render(request, "agreement/charter.html", page(here, current=CURRENT, **context))


@in_mentorship
def sign(request: PersonRequest, here: Here, agreement_ref: str) -> HttpResponse:
    """Let a member read a version and sign it."""
    return _sign(request, here, agreement_ref)


@by_member_link("sign")
def sign_by_link(request: HttpRequest, here: Here, ref: str) -> HttpResponse:
    """Let a member read a version and sign it without signing in."""
    return _sign(request, here, ref)


@in_mentorship
def download(request: PersonRequest, here: Here, agreement_ref: str) -> HttpResponse:
    """Hand over a version as a PDF."""
    found: Agreement = get_or_404(agreements_kept(here.mentorship), ref=agreement_ref)
    made = agreement_pdf(found, at=clock.now())
    return handed_over(made, name=f"agreement-{found.version}.pdf", kind="application/pdf")


def _sign(request: HttpRequest, here: Here, ref: str) -> HttpResponse:
    found: Agreement = get_or_404(agreements_in([here.mentorship]), ref=ref)
    has_signed = any(signature.member_id == here.me.pk for signature in found.signatures.all())
    to_accept = charter_of(here.mentorship.cohort.rules)
    form = SignForm(
        sent(request),
        name=here.person.name,
        fingerprint=found.fingerprint,
        charter=to_accept,
        accepted=has_accepted(here.me, to_accept.fingerprint),
    )
    if form.is_valid() and _signed(form, found, here):
        return redirect(request.path)
    asked = found.is_open and not has_signed and not here.mentorship.ended_at
    context = {"here": here, "agreement": found, "has_signed": has_signed, "asked": asked, "form": form}
    if asked:  # a link of long ago shows nothing any more
        context |= {"parts": parts_of(found.text), "charter": parts_of(to_accept.text), "sees": sees(here)}
    return render(request, "agreement/sign.html", context)


def _signed(form: SignForm, found: Agreement, here: Here) -> bool:
    """Sign, and say whether that could be done; what stands against it is said at the form."""
    try:
        sign_agreement(found, by=here.me, at=clock.now(), **form.details())
    except (ValueError, MoveNotAllowed, ChangedMeanwhile) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _edited_meanwhile(request: PersonRequest, here: Here, form: DraftForm) -> HttpResponse:
    """Show what one of the others saved beside what this member wrote; saving again takes this member's."""
    now = draft_in(here.mentorship)
    if now is None:
        raise Http404(_("There is no draft any more."))
    form.data = {**request.POST.dict(), "version": now.version}
    context = page(here, current=CURRENT, form=form, sees=sees(here), theirs=theirs(now))
    return render(request, "agreement/draft.html", context, status=409)
