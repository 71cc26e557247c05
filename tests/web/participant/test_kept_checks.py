"""What somebody keeps of a look at themselves: theirs alone, compared over time, worked on, deleted."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alongside.audit.models import Entry
from alongside.journeys.reseal import reseal
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel.scope import NoScope
from alongside.people.models import Person
from alongside.plans.models import Objective
from alongside.questionnaires.actions import bring_in, keep_result
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.models import KeptResult
from alongside.questionnaires.queries import kept_by
from alongside.questionnaires.reading import parse
from alongside.web.shared.questionnaires.carrying import to_carry
from tests.paired import SECRET, browser_of, inside, pair
from tests.queries import queries_of
from tests.web.public.test_checks import OWN, RESILIENCE
from tests.world import NOW, World

URL = "/check/resilience/"
KEEP = "/me/checks/keep/resilience/"
MINE = "/me/checks/"


def sent(value: int, definition: Definition = RESILIENCE) -> dict[str, str]:
    """What travels along once every question was answered alike."""
    return dict(to_carry({question.id: value for question in definition.questions}))


def keeping(person: Person, value: int, *, months: int = 0) -> KeptResult:
    answers = {question.id: value for question in RESILIENCE.questions}
    at = NOW - timedelta(days=31 * months)
    return keep_result(RESILIENCE, answers, organisation=None, by=person, at=at)


def result_page(client: Client) -> str:
    """The last page of the check."""
    last = len(RESILIENCE.pages)
    here = {question.id for item in RESILIENCE.pages[-1] for question in RESILIENCE.of_item[item.id]}
    page: dict[str, Any] = {"place": last, **{f"item-{key}": 3 for key in here}}
    return client.post(URL, {**sent(3), **page}).content.decode()


def test_somebody_who_signed_in_is_asked_and_nothing_is_kept_before(world: World) -> None:
    page = result_page(browser_of(world.bea))
    assert "Keep this for me" in page
    assert f'action="{KEEP}"' in page
    assert "no coordinator and no mentor learns of it" in page
    assert not kept_by(world.bea.person).exists()


def test_somebody_without_an_account_is_told_how_they_could(client: Client, world: World) -> None:
    page = result_page(client)
    assert "who signs in before they begin can keep" in page
    assert "Keep this for me" not in page
    assert "Take it along as a PDF" in page
    assert client.post(KEEP, sent(3)).status_code == 302
    assert not KeptResult.unscoped.exists()


def test_what_is_kept_stands_with_its_date_and_beside_the_time_before(world: World) -> None:
    keeping(world.bea.person, 0, months=3)
    bea = browser_of(world.bea)
    page = bea.post(KEEP, sent(3), follow=True).content.decode()
    assert "Kept for you alone." in page
    page = bea.get(MINE).content.decode()
    assert page.count('<th scope="col" class="num">') == 2
    row = page.split("Energy and pace")[-1].split("</tr>")[0]
    figures = re.findall(r'<td class="num">(\d+)</td>', row)
    assert len(figures) == 2
    assert figures[0] != figures[1]
    assert "roles__mark--2" in page


def test_asked_twice_it_is_kept_once(world: World) -> None:
    bea = browser_of(world.bea)
    bea.post(KEEP, sent(3))
    bea.post(KEEP, sent(3))
    bea.post(KEEP, sent(2))
    assert kept_by(world.bea.person).count() == 2


def test_what_is_not_answered_to_the_end_is_not_kept(world: World) -> None:
    bea = browser_of(world.bea)
    for wrong in ({}, {"so-far-energy.rested": "4"}, {"so-far-nothing": "1"}):
        assert bea.post(KEEP, wrong).status_code == 404
    assert bea.post("/me/checks/keep/expectations/", sent(3)).status_code == 404
    assert bea.get(KEEP).status_code == 405
    assert not kept_by(world.bea.person).exists()


def test_nobody_else_sees_it_or_touches_it(world: World) -> None:
    mentorship = pair(world.maya, world.bea)
    kept = keeping(world.bea.person, 3)
    doors = ("", "delete/", "work-on/")
    for person in (world.carys, world.piotr, world.olu, world.stella, world.maya.person, world.nia.person):
        client = Client()
        client.force_login(person)
        assert "Resilience" not in client.get(MINE).content.decode()
        for door in doors:
            data = {"role": RESILIENCE.roles[0].id, "mentorship": mentorship.ref}
            assert client.post(f"{MINE}kept/{kept.ref}/{door}", data).status_code == 404
        client.post(f"{MINE}delete/")
    assert Client().get(f"{MINE}kept/{kept.ref}/").status_code == 302
    assert kept_by(world.bea.person).get() == kept
    assert not Objective.unscoped.exists()


def test_it_is_read_only_by_saying_whose(world: World) -> None:
    keeping(world.bea.person, 3)
    with pytest.raises(NoScope):
        KeptResult.objects.all()
    assert not kept_by(world.maya.person).exists()


def test_a_copy_of_the_table_reads_nothing_and_nothing_is_recorded(world: World) -> None:
    key = bring_in(world.harbour, parse(OWN), by=world.carys, at=NOW)
    before = Entry.unscoped.count()
    door = f"/me/checks/keep/{world.harbour.ref}/{key}/"
    page = browser_of(world.bea).post(door, {"so-far-words": SECRET, "so-far-needs": ["rest"]}, follow=True)
    assert SECRET in page.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM questionnaires_keptresult")
        rows = [[bytes(each) if isinstance(each, memoryview) else each for each in row] for row in cursor.fetchall()]
    assert len(rows) == 1
    assert "SECRET" not in str(rows)
    assert Entry.unscoped.count() == before


def test_one_is_deleted_or_all_after_asking_once(world: World) -> None:
    first, _second = keeping(world.bea.person, 1, months=2), keeping(world.bea.person, 2, months=1)
    other = keeping(world.maya.person, 2)
    bea = browser_of(world.bea)
    assert "Delete this result?" in bea.get(f"{MINE}kept/{first.ref}/delete/").content.decode()
    assert kept_by(world.bea.person).count() == 2
    bea.post(f"{MINE}kept/{first.ref}/delete/")
    assert kept_by(world.bea.person).count() == 1
    assert "That is one result" in bea.get(f"{MINE}delete/").content.decode()
    assert "You kept nothing yet" in bea.post(f"{MINE}delete/", follow=True).content.decode()
    assert list(kept_by(world.maya.person)) == [other]


def test_it_goes_with_its_person_and_after_36_months(world: World) -> None:
    leaver = Person.objects.create(email="leaver@example.org", name="Lee Ver", joined_at=NOW)
    keeping(leaver, 3)
    leaver.delete()
    assert not KeptResult.unscoped.exists()
    old, new = keeping(world.bea.person, 3, months=37), keeping(world.bea.person, 3, months=34)
    run_clocks(at=NOW)
    assert list(kept_by(world.bea.person)) == [new]
    assert old.pk != new.pk


def test_a_new_key_of_the_installation_seals_it_anew(world: World, settings: Any) -> None:
    from alongside.kernel.sealing import new_key, written

    kept = keeping(world.bea.person, 3)
    answers, old = kept.answers, settings.CONTENT_KEYS
    settings.CONTENT_KEYS = f"{written(new_key())},{old}"
    assert reseal() >= 1
    settings.CONTENT_KEYS = settings.CONTENT_KEYS.split(",")[0]
    assert kept_by(world.bea.person).get().answers == answers


def test_one_click_puts_it_on_the_plan_and_nothing_else_of_it(world: World) -> None:
    mentorship = pair(world.maya, world.bea)
    kept, role = keeping(world.bea.person, 3), RESILIENCE.roles[0]
    bea = browser_of(world.bea)
    for door, page in (
        ("/me/checks/work-on/resilience/", result_page(bea)),
        (f"{MINE}kept/{kept.ref}/work-on/", bea.get(f"{MINE}kept/{kept.ref}/").content.decode()),
    ):
        assert f'action="{door}"' in page
        assert "What you answered and what it came to stays yours" in page
        plan = bea.post(door, {"role": role.id, "mentorship": mentorship.ref}, follow=True).content.decode()
        assert f"{role.title}: do more of what helps" in plan
    with inside(mentorship):
        assert Objective.objects.count() == 2
    assert (
        f"{role.title}: do more of what helps"
        in browser_of(world.maya).get(f"/mentorships/{mentorship.ref}/plan/").content.decode()
    )
    for wrong in ({"role": "nothing", "mentorship": mentorship.ref}, {"role": role.id, "mentorship": "x"}, {}):
        assert bea.post("/me/checks/work-on/resilience/", wrong).status_code == 404


def test_it_is_offered_only_to_somebody_who_is_mentored(world: World) -> None:
    pair(world.maya, world.bea)
    assert "Work on this" in result_page(browser_of(world.bea))
    assert "Work on this" not in result_page(browser_of(world.maya))
    assert "Work on this" not in result_page(Client())


def test_who_sees_what_says_that_nobody_else_does(world: World) -> None:
    page = browser_of(world.bea).get("/me/who-sees-what/").content.decode()
    assert "What you keep of looks at yourself" in page
    assert f'href="{MINE}"' in page
    assert f'href="{MINE}"' in browser_of(world.bea).get("/me/account/").content.decode()


def test_the_page_takes_as_many_queries_with_three_as_with_one(world: World) -> None:
    keeping(world.bea.person, 1, months=3)
    bea = browser_of(world.bea)
    few = queries_of(bea, MINE)
    keeping(world.bea.person, 2, months=2)
    keeping(world.bea.person, 3, months=1)
    assert queries_of(bea, MINE) == few
