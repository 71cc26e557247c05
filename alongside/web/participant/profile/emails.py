"""Emails we send you: on a page of one's own, and one sort of them by a link from any of it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from alongside.kernel.links import BadLink
from alongside.people.actions import choose_emails, turn_emails
from alongside.people.email_links import named_by
from alongside.people.states import EmailSort
from alongside.web.shared.access import PersonRequest, by_signed_link, signed_in
from alongside.web.shared.forms import sent


class EmailsForm(forms.Form):
    """Which of the emails that can be left out somebody wants."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Send me by email"),
        choices=EmailSort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@signed_in
def my_emails(request: PersonRequest) -> HttpResponse:
    """Let a person choose which emails they get."""
    off = set(request.person.emails_off)
    form = EmailsForm(sent(request), initial={"wanted": [sort.value for sort in EmailSort if sort not in off]})
    if form.is_valid():
        choose_emails(request.person, wanted={EmailSort(each) for each in form.cleaned_data["wanted"]})
        messages.success(request, _("Saved. What you left out stands on your pages all the same."))
        return redirect("my_emails")
    return render(request, "participant/emails.html", {"form": form})


@csrf_exempt  # mail programs post here for whoever reads (RFC 8058): the signature in the address is what counts
@by_signed_link
def turn_off_emails(request: HttpRequest, token: str) -> HttpResponse:
    """Turn one sort of somebody's emails off, or on again; to look at the page turns nothing."""
    try:
        person, sort = named_by(token)
    except BadLink as bad:
        return render(request, "participant/bad_link.html", {"words": str(bad)}, status=404)
    if request.method == "POST":
        turn_emails(person, sort, on="again" in request.POST)
    return render(request, "participant/emails_off.html", {"sort": sort.label, "off": sort in person.emails_off})
