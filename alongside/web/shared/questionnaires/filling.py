"""Fill in a long questionnaire: page by page, each saved as it is sent, then the answers checked, then sent.

Whoever lets people fill something in says where the answers are kept (`Keeping`) and where the pages stand
(`Addresses`), and answers its own addresses with ``begin``, ``fill_page`` and ``check``. It looks after who may do so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.questionnaires.definition import Answer, Definition
from alongside.web.shared.forms import sent
from alongside.web.shared.questionnaires.forms import AnswerForm
from alongside.web.shared.questionnaires.walking import Page, Walk

FROM_CHECK = "?from=check"
"""What stands behind the address of a page that was opened to change one answer."""
SAVED = gettext_lazy("Answer “%(question)s”. What you wrote so far is saved.")
SHORT = 7
"""Up to how many pages all of them are named on each."""


@dataclass(frozen=True)
class Addresses:
    """Where the pages stand: one by its place, the check, where to go to go on later, and once it is sent."""

    page: Callable[[int], str]
    check: str
    later: str
    done: str


class Keeping(Protocol):
    """Where the answers of somebody are kept.

    ``definition`` is in the language of the reader. ``answers`` are what is kept, and what is known already (see
    `applications.fills.known_answers`) while nothing was saved; ``version`` is 0 until then.
    """

    definition: Definition
    addresses: Addresses

    @property
    def answers(self) -> Mapping[str, Any]: ...

    @property
    def version(self) -> int: ...

    def refused(self, files: Mapping[str, UploadedFile[bytes]]) -> Mapping[str, str]:
        """Return which of the files are not kept, by question, with what to say of each."""

    def save(self, answers: Mapping[str, Answer], files: Mapping[str, UploadedFile[bytes]], *, version: int) -> None:
        """Keep all answers, also where some are missing; ``answers`` and ``version`` then say what is kept.

        Of a file the answer is its name: what is kept in its place names it for whoever keeps files.

        :param version: as the page had read it.
        :raises ChangedMeanwhile: if something was saved since. Nothing is changed then.
        """

    def finish(self, *, version: int) -> None:
        """Send what was answered; everything that must be is.

        :raises ChangedMeanwhile: if something was saved since the answers were checked.
        """


@dataclass(frozen=True)
class Turn:
    """What comes of a page that was sent: all answers now, and the page to go to; None for the check.

    ``stays`` says that it is the same page once more, with what is wrong, still open, or new on it; ``then`` are the
    places of the pages after it where a change has brought something up.
    """

    answers: Mapping[str, Answer]
    page: Page | None
    stays: bool = False
    then: tuple[int, ...] = ()


def turned(
    form: AnswerForm,
    walk: Walk,
    place: int,
    *,
    words: str | Promise,
    wish: str = "",
    to_check: bool = False,
    then: Sequence[int] = (),
) -> Turn:
    """Decide where somebody goes from a page that they have sent.

    :param form: of that page, cleaned; of what is still open it says so.
    :param words: what to say of a question that must be answered and is not, as `AnswerForm.leave_open` takes them.
    :param wish: "back" or "later"; then nothing need be answered yet.
    :param to_check: they came to change one answer. They go back to the check, past the questions that it brought up.
    :param then: the places of the pages on which it has brought up some already.
    """
    answers = form.together
    now = Walk(walk.definition, answers)
    here = now.at(place)
    still_open = not wish and form.leave_open(words)
    if form.misfits or still_open:
        return Turn(answers, here, stays=True)
    if wish:
        return Turn(answers, now.before(place) or here)
    if to_check:
        new = sorted({*now.places_new_since(walk), *then} - {place})
        pages = [page for each in new if (page := now.at(each))]
        rest = tuple(page.place for page in pages[1:])
        return Turn(answers, pages[0] if pages else now.incomplete, then=rest)
    return Turn(answers, now.after(place) or now.incomplete)


def begin(keeping: Keeping) -> HttpResponse:
    """Lead to the page on which to go on: the first where something is open, else the check."""
    walk = Walk(keeping.definition, keeping.answers)
    page = walk.resumed if keeping.version else next(iter(walk.pages), None)
    return redirect(keeping.addresses.page(page.place) if page else keeping.addresses.check)


def fill_page(
    request: HttpRequest, keeping: Keeping, place: int, *, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """Show one page, or keep what was sent from it and go on.

    :param template: the audience's own, in which `components/walk_page.html` stands.
    """
    pages = keeping.definition.pages
    if not 1 <= place <= len(pages):
        raise Http404
    walk = Walk(keeping.definition, keeping.answers)
    if request.method != "POST" and walk.at(place) is None:
        return begin(keeping)
    form = AnswerForm(
        sent(request),
        request.FILES or None,
        definition=keeping.definition,
        answers=keeping.answers,
        items=pages[place - 1],
        version=keeping.version,
    )
    older = False
    if form.is_bound:
        try:
            turn = _kept(request, form, walk, keeping, place)
        except ChangedMeanwhile:
            older = True
        else:
            if not turn.stays:
                return redirect(_address(request, turn, keeping))
        form.as_version(keeping.version)
        walk = Walk(keeping.definition, form.together)
    shown = {"form": form, "blocks": list(form.blocks()), "older": older, **_where(request, walk, keeping, place)}
    return render(request, template, {**context, **shown}, status=409 if older else 200)


def check(request: HttpRequest, keeping: Keeping, *, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Show what was answered, each with a way to change it; or send it, once everything is answered that must be.

    :param template: the audience's own, in which `components/walk_check.html` stands.
    """
    walk = Walk(keeping.definition, keeping.answers)
    if walk.incomplete:
        return redirect(keeping.addresses.page(walk.incomplete.place) + FROM_CHECK)
    older = False
    if request.method == "POST":
        form = AnswerForm(request.POST, definition=keeping.definition, answers={}, items=())
        try:
            keeping.finish(version=form.read_version)
        except ChangedMeanwhile:
            older = True
        else:
            return redirect(keeping.addresses.done)
    shown = {"sections": checked(walk, keeping.addresses), "version": keeping.version, "older": older}
    shown |= {"definition": keeping.definition, "later_url": keeping.addresses.later}
    return render(request, template, {**context, **shown}, status=409 if older else 200)


def checked(walk: Walk, addresses: Addresses) -> list[dict[str, Any]]:
    """Return the answers by page with the address at which each is changed."""
    sections = walk.sections()
    for section in sections:
        for fact in section["facts"]:
            fact["change_url"] = f"{addresses.page(section['place'])}{FROM_CHECK}#q-{fact['id']}"
    return sections


def steps_of(walk: Walk, place: int, address: Callable[[int], str] | None = None) -> list[dict[str, str]]:
    """Return the pages as `components/steps.html` names them; none where they are too many, or have no names."""
    if not 1 < len(walk.pages) <= SHORT or len(walk.definition.parts) == 1:
        return []
    return [
        {
            "label": page.title,
            "state": (state := _state(page, place)),
            "url": address(page.place) if address and state == "done" else "",
        }
        for page in walk.pages
    ]


def _state(page: Page, place: int) -> str:
    if page.place == place:
        return "current"
    return "done" if page.place < place and not page.missing else "ahead"


def _kept(request: HttpRequest, form: AnswerForm, walk: Walk, keeping: Keeping, place: int) -> Turn:
    """Keep what was sent, also where some of it is still open; what does not fit is not kept.

    :raises ChangedMeanwhile: if something else was saved since the page was read.
    """
    form.full_clean()
    for question, refusal in keeping.refused(form.handed_in).items():
        form.refuse(question, refusal)
    to_check = request.GET.get("from") == "check"
    then = _then(request, keeping.definition)
    turn = turned(form, walk, place, words=SAVED, wish=_wish(request), to_check=to_check, then=then)
    if form.handed_in or turn.answers != keeping.answers or not keeping.version:
        keeping.save(turn.answers, form.handed_in, version=form.read_version)
    return turn


def _address(request: HttpRequest, turn: Turn, keeping: Keeping) -> str:
    if _wish(request) == "later":
        return keeping.addresses.later
    if turn.page is None:
        return keeping.addresses.check
    behind = FROM_CHECK if request.GET.get("from") == "check" else ""
    then = f"&then={'.'.join(map(str, turn.then))}" if behind and turn.then else ""
    return f"{keeping.addresses.page(turn.page.place)}{behind}{then}"


def _wish(request: HttpRequest) -> str:
    wish = request.POST.get("do", "")
    return wish if wish in ("back", "later") else ""


def _then(request: HttpRequest, definition: Definition) -> list[int]:
    known = {str(place): place for place in range(1, len(definition.pages) + 1)}
    return [known[each] for each in request.GET.get("then", "").split(".") if each in known]


def _where(request: HttpRequest, walk: Walk, keeping: Keeping, place: int) -> dict[str, Any]:
    page = walk.at(place)
    return {
        "page": page,
        "definition": keeping.definition,
        "title": page.title if page else keeping.definition.title,
        "count": len(walk.pages),
        "steps": steps_of(walk, place, keeping.addresses.page),
        "has_before": walk.before(place) is not None,
        "to_check": request.GET.get("from") == "check",
        "check_url": keeping.addresses.check,
    }
