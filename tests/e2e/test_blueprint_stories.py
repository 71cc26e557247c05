"""Every blueprint as a story in the browser: from picking it on a page to a mentorship that ended well.

One walk for all of them. What differs is read from the rules; no line here, and none of the product, knows a name. The
thirteenth is a programme nobody foresaw, brought along as a file: three kinds of mentors, fortnightly, in German.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.library import shipped
from alongside.blueprints.reading import read_folder
from alongside.blueprints.writing import zipped
from alongside.kernel import clock, scope
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from alongside.questionnaires.queries import newest_definition
from tests.e2e.conftest import OpenPage, SignIn
from tests.e2e.stories.bringing_together import introduced, nobody_yet, placed
from tests.e2e.stories.joining import applies, brought_in, joins, named, open_applications, ready, start
from tests.e2e.stories.mentoring import lived
from tests.e2e.stories.telling import Moving, Story
from tests.world import World

pytestmark = pytest.mark.browser

THIRTEENTH = Path(__file__).parents[1] / "blueprints" / "thirteenth"
MENTEES = ["Tess Tomorrow", "Tom Today", "Tilly Then"]
MENTORS = ["Maeve Moss", "Mina Marsh", "Mo Meadow"]
HERE, THERE = "Here Council", "There Council"
NAMING = {"applications", "exercises", "surveys"}
"""The sections that name questionnaires: what a blueprint brings along becomes the organisation's, under its name."""


@cache
def thirteenth() -> Blueprint:
    return read_folder(THIRTEENTH)


def blueprint_called(name: str) -> Blueprint:
    return thirteenth() if name == THIRTEENTH.name else shipped()[name]


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> Moving:
    """A clock that the server of the test sees too: nine on the next Monday, as sessions keep to the real time."""
    today = datetime.now(UTC).date()
    made = Moving(datetime.combine(today + timedelta(days=7 - today.weekday()), time(9), UTC))
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def tell(
    live_world: World, open_page: OpenPage, as_person: SignIn, moving: Moving, settings: Settings, tmp_path: Path
) -> Iterator[Callable[[Person], Story]]:
    """A story that a coordinator begins."""
    settings.MEDIA_ROOT = tmp_path / "files"
    told: list[Story] = []

    def begun(coordinator: Person) -> Story:
        told.append(Story(moving, open_page, as_person, coordinator))
        return told[-1]

    with scope.everywhere("a story reads what came of it"):
        yield begun
    wrong = [words for story in told for window in story.windows.values() for words in window.wrong]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", [*sorted(shipped()), THIRTEENTH.name])
def test_the_story_of_a_blueprint(
    name: str, tell: Callable[[Person], Story], live_world: World, tmp_path: Path
) -> None:
    story = tell(live_world.carys)
    blueprint = blueprint_called(name)
    start(story, blueprint, "Side by side", file=zipped(blueprint) if name == THIRTEENTH.name else b"")
    runs, said = story.rules.table, blueprint.rules.table
    assert [name for name in runs if runs[name] != said[name] and name not in NAMING] == []
    open_applications(story)
    everybody_is_ready(story, tmp_path)
    if story.rules.placing:
        elsewhere = served_elsewhere(story, tell(live_world.olu), tmp_path)
        lived(elsewhere, introduced(elsewhere))
    else:
        lived(story, introduced(story))


def everybody_is_ready(story: Story, folder: Path) -> None:
    """Whoever applies does, whoever does not is brought in; then each does what comes before matching."""
    people = [*_mentors(story), *_mentees(story, folder)]
    for each in people:
        if each.gates_open:
            nobody_yet(story, each)
        ready(story, each)


def _mentors(story: Story) -> list[Participant]:
    shape = story.rules.shape
    if shape.of == "peers":
        return []
    if shape.kinds:
        return [
            applies(story, name, Side.MENTOR, kind=kind, employer=THERE)
            for name, kind in zip(MENTORS[: len(shape.kinds)], shape.matched, strict=True)
        ]
    number = 1 if story.rules.placing else shape.mentors if shape.of == "group" else story.rules.choice.mentors_offered
    first, *others = MENTORS[:number]
    return [
        applies(story, first, Side.MENTOR, employer=THERE),
        *(joins(story, name, employer=THERE) for name in others),
    ]


def _mentees(story: Story, folder: Path) -> list[Participant]:
    shape = story.rules.shape
    if story.rules.placing:
        return []
    names = MENTEES[: {"pair": 1}.get(shape.of, 2)]
    if story.rules.applications.mentee:
        works = [HERE, THERE] if shape.of == "peers" else [HERE]
        return [applies(story, name, Side.MENTEE, employer=work) for name, work in zip(names, works, strict=True)]
    brought_in(story, names, Side.MENTEE, folder, topics=_topic(story), employer=HERE)
    return named(story, names)


def _topic(story: Story) -> str:
    """What mentors said they can help with, in the words of their form."""
    rules = story.rules.applications.mentor
    assert rules
    form = newest_definition(rules.form, story.cohort.organisation_id)
    (topics,) = (each for each in form.questions if each.item.fills == "topics")
    return str(topics.item.options[0].label)  # type: ignore[union-attr]  # topics are chosen


def served_elsewhere(trainers: Story, elsewhere: Story, folder: Path) -> Story:
    """Whoever was trained is called to a plain programme of another organisation."""
    (volunteer,) = trainers.participants(Side.MENTOR)
    start(elsewhere, shipped()["plain"], "Where they are needed")
    brought_in(elsewhere, MENTEES[:1], Side.MENTEE, folder, topics=_topic(trainers), employer=HERE)
    placed(trainers, elsewhere, volunteer)
    return elsewhere
