"""What the pages of exercises show, and what they give to the story of a mentorship."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.exercises.models import Exercise, Filling
from alongside.exercises.queries import asked, exercises_in, filling_of, fillings_shown_to
from alongside.questionnaires.answering import cleaned
from alongside.questionnaires.definition import Definition, Role, Shown
from alongside.questionnaires.items import Section
from alongside.questionnaires.scoring import Compared, compare, limits_of, role_scores
from alongside.questionnaires.speaking import for_reader
from alongside.web.participant.mentorship.exercises.suggestions import suggested
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Event, Step

WIDTH, ROW, MARGIN, APART = 600, 40, 12, 16
"""The picture of roles, in its own units: how wide its scale is, how high a row, the room at either end, and how far
apart the lines of those who answered run, so that no mark hides another."""


ALONE = gettext_lazy("Answer it alone; nobody sees it before everybody is done.")
ONLY_YOU = gettext_lazy("Only you see it.")


def listed(exercise: Exercise, here: Here) -> dict[str, Any] | None:
    """Return an exercise as the list shows it, or None where it is somebody else's alone."""
    own, shown = filling_of(exercise, here.me), fillings_shown_to(here.me, exercise, here.members)
    mine = here.me.pk in {member.pk for member in asked(exercise, here.members)}
    if not mine and not shown:
        return None
    return {
        "row": exercise,
        "definition": for_reader(exercise.definition),
        "to_do": mine and not (own and own.done_at),
        "begun": bool(own),
        "ready": len(shown) > 1,
        "alone": exercise.definition.shown == Shown.IF_SHARED,
    }


def comparison(exercise: Exercise, here: Here) -> dict[str, Any]:
    """Return what a member may read: each item side by side, the picture of the roles, and for whom they still wait."""
    definition = for_reader(exercise.definition)
    fillings = fillings_shown_to(here.me, exercise, here.members)
    names = [_name(filling, here) for filling in fillings]
    answers = [cleaned(definition, filling.answers) for filling in fillings]
    compared = compare(definition, answers)
    waiting = [m for m in asked(exercise, here.members) if m.pk not in {f.member_id for f in fillings}]
    return {
        "names": names,
        "stem": _stem(definition),
        "first": [_row(each) for each in compared if each.gap > 1],
        "second": [_row(each) for each in compared if each.gap == 1],
        "alike": [_row(each) for each in compared if each.gap == 0],
        "together": len(fillings) > 1,
        "roles": _roles(definition, answers, names),
        "waiting": [] if len(fillings) > 1 else [member.participant.person.name for member in waiting],
        "alone": exercise.definition.shown == Shown.IF_SHARED,
    }


def events(here: Here) -> Iterator[Event]:
    """Tell which exercises all have answered."""
    for exercise in exercises_in([here.mentorship]):
        shown = fillings_shown_to(here.me, exercise, here.members)
        if len(shown) > 1:
            url = reverse("exercise", args=[here.mentorship.ref, exercise.ref])
            latest = max(filling.done_at or filling.saved_at for filling in shown)
            yield Event(latest, _("Compared: %(title)s") % {"title": for_reader(exercise.definition).title}, url=url)


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask for what was begun and is not answered by the reader; suggest what the programme suggests now."""
    by_mentorship = {here.mentorship.pk: here for here in heres}
    begun: dict[int, set[str]] = {}
    for exercise in exercises_in(here.mentorship for here in heres):
        here = by_mentorship[exercise.mentorship_id]
        begun.setdefault(here.mentorship.pk, set()).add(exercise.questionnaire)
        row = listed(exercise, here)
        if row and row["to_do"]:
            yield Step(
                here.mentorship,
                row["definition"].title,
                str(ONLY_YOU if row["alone"] else ALONE),
                reverse("exercise", args=[here.mentorship.ref, exercise.ref]),
                _("Go on with it") if row["begun"] else _("Answer it"),
                weight=1,
            )
    yield from suggested(heres, begun, at)


def _name(filling: Filling, here: Here) -> str:
    return _("You") if filling.member_id == here.me.pk else filling.member.participant.person.first_name


def _row(each: Compared) -> dict[str, Any]:
    return {"text": each.question.text, "said": [each.label(n) or _("no answer") for n in range(len(each.answers))]}


def _roles(definition: Definition, answers: Sequence[Any], names: Sequence[str]) -> dict[str, Any] | None:
    """Return the picture of the roles: for each a line, and a mark for each who answered, in the picture's units."""
    if not definition.roles:
        return None
    scores = [role_scores(definition, each) for each in answers]
    rows = [
        _role(role, limits_of(definition, role), [score[role.id] for score in scores], names)
        for role in definition.roles
    ]
    return {"rows": rows, "width": WIDTH + 2 * MARGIN, "height": ROW, "start": MARGIN, "end": WIDTH + MARGIN}


def _role(
    role: Role, limits: tuple[float, float], figures: Sequence[float | None], names: Sequence[str]
) -> dict[str, Any]:
    low, high = limits
    marks = [
        {
            "x": MARGIN + round(WIDTH * (figure - low) / (high - low)),
            "y": ROW // 2 + APART * (2 * number - len(figures) + 1) // 2,
            "who": number % 5 + 1,
            "figure": figure,
            "name": names[number],
        }
        for number, figure in enumerate(figures)
        if figure is not None
    ]
    return {"title": role.title, "about": role.about, "marks": marks}


def _stem(definition: Definition) -> str:
    """Return the words with which every statement begins, where a questionnaire opens with some."""
    first = definition.items[0]
    return first.text if isinstance(first, Section) else ""
