"""What somebody tells in public of their mentoring: theirs to tell, to change and to take back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys import tell_story as journey
from alongside.kernel import clock, scope
from alongside.places import find
from alongside.stories import actions
from alongside.stories.models import Story
from alongside.stories.queries import stories_told_by
from alongside.stories.states import LIVE, StoryState
from alongside.web.participant.mentorship.here import Here, in_mentorship
from alongside.web.participant.stories.forms import StoryForm
from alongside.web.shared.access import PersonRequest, get_or_404, signed_in
from alongside.web.shared.forms import sent
from alongside.web.shared.stories import shown
from alongside.web.shared.words import plain_words

TWO_YEARS = timedelta(days=730)


@in_mentorship
def tell_story(request: PersonRequest, here: Here) -> HttpResponse:
    """Ask how it was, at a good ending; before that, lead back to the mentorship."""
    if not here.mentorship.ended_at:
        return redirect("mentorship", here.mentorship.ref)
    initial = {"until": (clock.now() + TWO_YEARS).date(), "shown_as": "first"}
    form = StoryForm(sent(request), request.FILES or None, initial=initial)
    if form.is_valid():
        place = find(here.me.participant.place)
        told = form.told(region=place.region if place else "")
        try:
            story = journey.tell(here.mentorship.programme, told, side=here.me.side, by=request.person, at=clock.now())
        except ValueError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The coordinators read it, and you hear before anybody else does."))
            return redirect("my_story", story.ref)
    return render(request, "telling/tell.html", {"form": form, "mentorship": here.mentorship})


@signed_in
def my_stories(request: PersonRequest) -> HttpResponse:
    """List what somebody told."""
    rows = [(each, StoryState(each.state).label) for each in stories_told_by(request.person)]
    return render(request, "telling/mine.html", {"stories": rows})


@signed_in
def my_story(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a story to its teller: say yes to other words, keep one's own, or take it back."""
    story = get_or_404(stories_told_by(request.person), ref=ref)
    if request.method == "POST":
        with plain_words(request), scope.within(scope.Scope.of(programmes=[story.programme_id])):
            _decide(request, story)
        return redirect("my_story", ref)
    state = StoryState(story.state)
    return render(
        request,
        "telling/story.html",
        {"story": story, "shown": shown(story), "state": state, "live": state in LIVE},
    )


def _decide(request: PersonRequest, story: Story) -> None:
    done = request.POST.get("do", "")
    if done == "agree":
        actions.agree(story, seen=request.POST.get("seen", ""), by=request.person, at=clock.now())
        messages.success(request, _("Thank you. It is published."))
    elif done == "keep":
        actions.keep_words(story, by=request.person, at=clock.now())
        messages.success(request, _("Your words stay as they are."))
    elif done == "withdraw":
        actions.withdraw(story, by=request.person, at=clock.now())
        messages.success(request, _("It is taken back everywhere, and deleted."))
    else:
        raise ValueError(_("Choose one of the buttons on the page."))
