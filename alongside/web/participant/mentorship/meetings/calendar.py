"""A person's meetings in their own calendar program, at an address that only they know."""

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.links import feed_link
from alongside.kernel import clock, scope
from alongside.meetings.actions import renew_feed, stop_feed
from alongside.meetings.feed_links import NoSuchFeed, owner_of
from alongside.meetings.invitations import feed
from alongside.meetings.queries import feed_of, own_meetings
from alongside.people.models import Person
from alongside.web.shared.access import PersonRequest, by_signed_link, signed_in

CALENDAR = "text/calendar; charset=utf-8"


@signed_in
def my_calendar(request: PersonRequest) -> HttpResponse:
    """Show the address of somebody's calendar; make one, make another, turn it off."""
    if request.method == "POST":
        if request.POST.get("do") == "stop":
            stop_feed(request.person)
            messages.success(request, _("Your calendar address is turned off."))
        else:
            renew_feed(request.person, at=clock.now())
            messages.success(request, _("This is your address. An earlier one works no longer."))
        return redirect("my_calendar")
    kept = feed_of(request.person)
    address = feed_link(kept) if kept else ""
    return render(request, "meetings/calendar.html", {"address": address})


@by_signed_link
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the meetings of whoever the address belongs to, or say that nothing changed."""
    try:
        person = owner_of(token)
    except NoSuchFeed as error:
        raise Http404 from error
    text = _meetings_of(person)
    tag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    unchanged = tag in (request.headers.get("If-None-Match") or "")
    response = HttpResponseNotModified() if unchanged else HttpResponse(text, content_type=CALENDAR)
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response


def _meetings_of(person: Person) -> str:
    """Write the meetings of a person, in a scope of their own mentorships and of nothing else."""
    meetings = own_meetings(person)
    programmes, inside = {each.programme_id for each in meetings}, {each.mentorship_id for each in meetings}
    with scope.within(scope.Scope.of(programmes=programmes, mentorships=inside)):
        rows = [(each, [m.participant.person for m in each.mentorship.members.all()]) for each in meetings]
        return feed(rows, name=_("Mentoring"))
