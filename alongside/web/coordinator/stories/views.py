"""Stories that people told of the programmes of a coordinator: published as they are, or in words they agreed to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys import tell_story as journey
from alongside.kernel import clock
from alongside.stories.models import Story
from alongside.stories.queries import stories_run_by
from alongside.stories.states import StoryState
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.stories import shown
from alongside.web.shared.words import plain_words


@coordinator
def programme_stories(request: PersonRequest) -> HttpResponse:
    """List the stories, those that wait first."""
    rows = [(each, StoryState(each.state).label) for each in stories_run_by(request.person)]
    rows.sort(key=lambda row: row[0].state != StoryState.TOLD)
    return render(request, "stories/stories.html", {"stories": rows})


@coordinator
def programme_story(request: PersonRequest, ref: str) -> HttpResponse:
    """Read one, and decide: publish it, propose other words, or thank them and leave it."""
    story = get_or_404(stories_run_by(request.person), ref=ref)
    if request.method == "POST":
        with plain_words(request):
            _decide(request, story)
        return redirect("programme_story", ref)
    state = StoryState(story.state)
    return render(
        request, "stories/story.html", {"story": story, "shown": shown(story), "state": state, "label": state.label}
    )


def _decide(request: PersonRequest, story: Story) -> None:
    done = request.POST.get("do", "")
    if done == "publish":
        journey.publish(story, by=request.person, at=clock.now())
        messages.success(request, _("It is published, and they are told."))
    elif done == "propose":
        journey.propose(story, request.POST.get("words", ""), by=request.person, at=clock.now())
        messages.success(request, _("They are asked. Nobody reads it before they say yes."))
    elif done == "decline":
        journey.decline(story, by=request.person, at=clock.now())
        messages.success(request, _("They are thanked. It is not published."))
    else:
        raise ValueError(_("Choose one of the buttons on the page."))
