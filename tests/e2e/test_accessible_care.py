"""The pages of care for mentorships in a real browser: axe finds nothing serious, and nothing scrolls sideways."""

from datetime import timedelta

import pytest

from alongside.concerns.status_links import status_token
from alongside.evaluation.actions import answer_pulse, ask_pulse
from alongside.kernel import clock
from alongside.mentorships.states import MentorshipState
from alongside.people.email_links import emails_token
from alongside.people.models import Person
from alongside.people.states import EmailSort
from tests.e2e.looks import Reader
from tests.paired import member_in, pair
from tests.reported import named_lead, raised
from tests.world import World

pytestmark = pytest.mark.browser


def pages(world: World) -> list[tuple[str, Person | None]]:
    """Every page of care with something on it, and who looks at it."""
    now, lena = clock.now(), named_lead(world)
    mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE, at=now - timedelta(days=70))
    introduced = pair(world.nia, world.dai, at=now - timedelta(days=20))
    for days, score in ((40, 4), (10, 2)):
        pulse = ask_pulse(member_in(mentorship, world.bea), due_on=(now - timedelta(days=days)).date(), at=now)
        assert pulse is not None
        answer_pulse(pulse, score=score, call_wanted=True, words="A word", at=now)
    concern = raised(world, world.carys)
    board, one = f"/cohorts/{world.cohort.ref}/mentorships/", f"/looking-after/{mentorship.ref}/"
    hers = [board, f"{board}?stage=paused", one, f"{one}end/", f"/programmes/{world.programme.ref}/lead/", "/queue/"]
    hers.append(f"/looking-after/{introduced.ref}/")
    mine = [f"/mentorships/{mentorship.ref}/pulse/", "/concerns/raise/", "/me/who-sees-what/", "/me/", "/me/emails/"]
    off = f"/emails/{emails_token(world.bea.person, EmailSort.PULSE)}/"
    return [
        *((url, world.carys) for url in hers),
        *((url, world.bea.person) for url in mine),
        *((url, lena) for url in ("/concerns/", f"/concerns/{concern.ref}/")),
        *((url, None) for url in ("/concern/", f"/concerns/status/{status_token(concern)}/", off)),
    ]


def test_nothing_is_in_anybodys_way(live_world: World, reader: Reader) -> None:
    visits = pages(live_world)
    readers = {person: reader(person) for person in dict.fromkeys(person for _, person in visits)}
    for url, person in visits:
        readers[person].open(url)
    wrong = [words for each in readers.values() for words in each.wrong]
    assert not wrong, "\n".join(wrong)
