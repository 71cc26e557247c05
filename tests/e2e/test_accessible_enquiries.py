"""The pages of enquiries in a real browser: axe finds nothing serious, and nothing scrolls sideways."""

from datetime import timedelta

import pytest

from alongside.enquiries.enquiry_links import confirm_token, follow_token, hold_token
from alongside.journeys import answer_enquiry as answering
from alongside.journeys import enquire as journey
from alongside.kernel import clock
from alongside.people.models import Person
from tests.applied import let_apply
from tests.e2e.looks import Reader
from tests.enquired import begun, confirmed, directory
from tests.world import World

pytestmark = pytest.mark.browser


def pages(world: World) -> list[tuple[str, Person | None]]:
    """Every page of enquiries with something on it, and who looks at it."""
    now = clock.now()
    directory(world)
    let_apply(world)
    asked = confirmed(world, world.harbour, at=now - timedelta(days=4))
    answering.answer(asked, "Come by on Monday.", by=world.carys, at=now)
    journey.add_word(asked, "On which Monday?", at=now)
    passed = confirmed(world, world.harbour, email="p@example.net", words="p", at=now - timedelta(days=3))
    answering.pass_on(passed, world.quay, by=world.carys, at=now)
    late = confirmed(world, None, email="l@example.net", words="l", at=now - timedelta(days=20))
    new = begun(world, world.harbour, email="n@example.net", words="n", at=now)
    begun(world, world.harbour, trap="x", email="h@example.net", words="h", at=now)
    links = [f"confirm/{confirm_token(new)}", f"held/{hold_token(asked)}", follow_token(asked), "sent", "gone"]
    return [
        *((url, None) for url in ("/enquire/", "/enquire/harbour-enterprise/?need=Cash+flow&topic=finance")),
        *((f"/enquiry/{link}/", None) for link in links),
        *((url, world.carys) for url in ("/enquiries/", f"/enquiries/{asked.ref}/", f"/enquiries/{passed.ref}/")),
        *((url, world.stella) for url in ("/network/enquiries/", f"/network/enquiries/{late.ref}/", "/network/")),
    ]


def test_nothing_is_in_anybodys_way(live_world: World, reader: Reader) -> None:
    visits = pages(live_world)
    readers = {person: reader(person) for person in dict.fromkeys(person for _, person in visits)}
    for url, person in visits:
        readers[person].open(url)
    wrong = [words for each in readers.values() for words in each.wrong]
    assert not wrong, "\n".join(wrong)
