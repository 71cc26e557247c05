"""axe on every page of visitors, participants and stewards, and on those the walk of a coordinator does not pass.

In every look; and nothing scrolls sideways.
"""

import pytest
from pytest_django.fixtures import Settings

from alongside.journeys.answer_request import accept_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.links import answer_link, choose_link
from alongside.journeys.pool import pool_of
from alongside.kernel import clock
from alongside.matching.board import start_matching
from alongside.matching.calculations import note_progress, start_calculation
from alongside.matching.states import Stage
from alongside.notifications.models import Email
from alongside.notifications.states import EmailState, Trouble
from alongside.people.models import Person
from alongside.people.sign_in_links import make_sign_in_token
from tests.asked import offer, request_to
from tests.e2e.looks import Reader
from tests.world import World

pytestmark = pytest.mark.browser

Visit = tuple[str, Person | None]


def pages(world: World) -> list[Visit]:
    """Every page in every state worth looking at, and who looks at it."""
    now = clock.now()
    choosing, single, chosen = (
        offer(world.bea, world.maya, world.marcus, world.nia, at=now),
        offer(world.dai, world.nia, at=now),
        offer(world.farah, world.maya, world.marcus, at=now),
    )
    choose_mentors(chosen, [request_to(chosen, world.maya), request_to(chosen, world.marcus)], at=now)
    asked = request_to(chosen, world.maya)
    email = Email.objects.order_by("pk")[0]
    Email.objects.filter(pk=email.pk).update(state=EmailState.FAILED, trouble=Trouble.NOT_TAKEN)
    bea, maya = world.bea.person, world.maya.person
    start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=now)
    calculation, _ = start_calculation(world.cohort, None, by=world.carys, at=now)
    note_progress(calculation, Stage.PAIRING, 0)
    board = f"/cohorts/{world.cohort.ref}/board/"
    public = ["/", "/help/", "/accessibility/", "/account/login/", "/account/signup/", "/outbox/", "/answer/x/"]
    public += [f"/outbox/{email.ref}/", f"/outbox/{email.ref}/html/", f"/sign-in/{make_sign_in_token(maya)}/"]
    links = [choose_link(choosing), choose_link(single), choose_link(chosen), answer_link(asked)]
    mine = ["/me/", "/me/account/", "/me/who-sees-what/", f"/me/profile/{world.bea.ref}/"]
    mine += ["/account/sign-in/", "/account/passkeys/", "/account/passkeys/add/", "/account/logout/"]
    return [
        *((url, None) for url in [*public, *links]),
        *((url, bea) for url in mine),
        ("/me/", maya),
        ("/network/", world.stella),
        *((url, world.carys) for url in ("/queue/", board, f"{board}recruit/", f"/matchings/{calculation.ref}/")),
    ]


def test_nothing_is_in_anybodys_way(live_world: World, reader: Reader, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    visits = pages(live_world)
    readers = {person: reader(person) for person in dict.fromkeys(person for _, person in visits)}
    for url, person in visits:
        readers[person].open(url)
    asked = live_world.maya.requests.get(offer__mentee=live_world.farah)
    accept_request(asked, at=clock.now())
    for url in (answer_link(asked), choose_link(asked.offer)):
        readers[None].open(url)
    wrong = [words for each in readers.values() for words in each.wrong]
    assert not wrong, "\n".join(wrong)
