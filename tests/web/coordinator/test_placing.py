"""The pages of calls and volunteers: what each side sees, and that nobody sees a volunteer before their yes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.journeys.place_volunteers import accept_ask, decline_ask
from alongside.kernel import clock, scope
from alongside.people.models import Person
from alongside.placing.models import Ask, Call, Volunteer
from alongside.placing.states import AskState, CallState
from alongside.programmes.models import Participant
from tests.placed import BY, UNSEEN, School, again, asked, called, fresh, recruited, school, trained
from tests.queries import queries_of
from tests.world import LEAK, NOW, World

DAY = timedelta(days=1)
SAYS = {"wanted": "2", "topics": "Pricing\n\n Hiring ", "words": "Owners of shops.", "place": "Swansea", "remote": "on"}


@pytest.fixture
def there(world: World) -> School:
    return school(world)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(client: Client, name: str, ref: str, **get: str) -> str:
    answer = client.get(reverse(name, args=[ref]), get)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def says(there: School, **other: str) -> dict[str, str]:
    fixed = {"to": there.programme.ref, "cohort": there.world.cohort.ref, "needed_by": BY.isoformat()}
    return {**SAYS, **fixed, **other}


# Whoever needs mentors.


def test_they_see_who_trains_mentors_and_about_how_many(there: School, as_carys: Client) -> None:
    trained(there)
    page = text(as_carys, "calls", there.world.programme.ref)
    assert "Mentor School" in page
    assert "Trained: a few. Free now: a few." in page
    assert "Vera" not in page


def test_a_round_number_stands_for_many(there: School, as_carys: Client) -> None:
    for number in range(7):
        trained(there, f"Volunteer {number}")
    assert "Trained: about 5. Free now: about 5." in text(as_carys, "calls", there.world.programme.ref)


def test_they_call(there: School, as_carys: Client) -> None:
    answer = as_carys.post(reverse("new_call", args=[there.world.programme.ref]), says(there))
    call = Call.objects.get()
    assert answer.headers["Location"] == reverse("call", args=[call.ref])
    assert (call.wanted, call.topics, call.place) == (2, [["Pricing", 1.0], ["Hiring", 1.0]], "Swansea")
    assert call.latitude
    assert call.called_by == there.world.carys
    assert "0 of 2 said yes. Nobody is being asked just now." in text(as_carys, "call", call.ref)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"to": ""}, "Choose whom you ask."),
        ({"topics": " \n"}, "Say what for"),
        ({"words": ""}, "Volunteers decide by it."),
        ({"place": "Xyzzy upon Nowhere"}, "We do not know this place."),
        ({"place": "", "remote": ""}, "Say where they meet, or tick that online will do."),
        ({"needed_by": "2020-01-01"}, "This day has passed."),
        ({"needed_by": ""}, "Say by which day you need them."),
        ({"topics": "x" * 121}, "at most 120 letters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    there: School, as_carys: Client, wrong: dict[str, str], words: str
) -> None:
    answer = as_carys.post(reverse("new_call", args=[there.world.programme.ref]), says(there, **wrong))
    page = answer.content.decode()
    assert words in page
    assert "Owners of shops." in page or "words" in wrong
    assert not Call.objects.exists()


def test_a_programme_that_trains_nobody_or_another_network_cannot_be_chosen(there: School, as_carys: Client) -> None:
    said = says(there, to=there.world.other_programme.ref)
    assert as_carys.post(reverse("new_call", args=[there.world.programme.ref]), said).status_code == 200
    assert not Call.objects.exists()


def test_without_anybody_who_trains_there_is_nothing_to_call(world: World, as_carys: Client) -> None:
    assert "Nobody trains mentors for others yet" in text(as_carys, "calls", world.programme.ref)
    answer = as_carys.get(reverse("new_call", args=[world.programme.ref]))
    assert answer.headers["Location"] == reverse("calls", args=[world.programme.ref])


def test_before_the_yes_they_see_a_number_and_after_it_what_is_shared(there: School, as_carys: Client) -> None:
    volunteer = trained(there, job_title="Milliner", shares=["name", "job_title"], about=UNSEEN)
    call = called(there)
    (ask,) = asked(there, call)
    pages = [("call", call.ref), ("calls", there.world.programme.ref), ("people", there.world.cohort.ref)]
    for name, ref in pages:
        seen = text(as_carys, name, ref)
        assert "Vera" not in seen
        assert "Milliner" not in seen
        assert volunteer.participant.person.email not in seen
    assert "Somebody is being asked." in text(as_carys, "call", call.ref)
    assert "Vera" not in as_carys.get(reverse("queue")).content.decode()
    accept_ask(ask, at=NOW)
    seen = text(as_carys, "call", call.ref)
    for words in ("Vera Volunteer", volunteer.participant.person.email, "Milliner", "holds until 9 March 2028"):
        assert words in seen
    mentor = Participant.objects.get(programme=there.world.programme, person=volunteer.participant.person)
    page = text(as_carys, "participant", mentor.ref)
    assert "Mentor School" in page
    assert "Trained on 9 March 2026" in page
    assert UNSEEN not in seen + page


def test_after_a_no_nothing_of_it_is_seen(there: School, as_carys: Client) -> None:
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    decline_ask(ask, reason=UNSEEN, at=NOW)
    seen = text(as_carys, "call", call.ref)
    assert "Nobody is being asked just now." in seen
    assert "Vera" not in seen
    assert UNSEEN not in seen


def test_they_take_it_back(there: School, as_carys: Client) -> None:
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    as_carys.post(reverse("take_call_back", args=[call.ref]))
    assert again(ask).call.state == CallState.TAKEN_BACK
    assert again(ask).state == AskState.RELEASED
    assert "You took it back." in text(as_carys, "call", call.ref)


# Whoever trains.


def test_a_call_stands_in_the_queue_until_enough_are_asked(there: School) -> None:
    trained(there)
    call = called(there)
    tessa = browser(there.tessa)
    assert "Harbour Enterprise needs a mentor" in tessa.get(reverse("queue")).content.decode()
    asked(there, call)
    assert "Harbour Enterprise needs a mentor" not in tessa.get(reverse("queue")).content.decode()


def test_she_sees_whom_to_ask_and_why_and_asks(there: School) -> None:
    volunteer = trained(there)
    call, tessa = called(there), browser(there.tessa)
    page = text(tessa, "call_answer", call.ref)
    for words in ("Vera Volunteer", "Pricing", "of 100", "Never asked; trained on 9 March 2026."):
        assert words in page
    tessa.post(reverse("call_ask", args=[call.ref]), {"ask": volunteer.ref})
    assert Ask.unscoped.get().asked_by == there.tessa
    assert "is asked" in text(tessa, "call_answer", call.ref)


@pytest.mark.parametrize("ticked", [[], ["nobody-known"]])
def test_without_a_tick_or_with_a_stale_one_nobody_is_asked(there: School, ticked: list[str]) -> None:
    trained(there)
    call, tessa = called(there), browser(there.tessa)
    answer = tessa.post(reverse("call_ask", args=[call.ref]), {"ask": ticked}, follow=True)
    assert "then ask." in answer.content.decode()
    assert not Ask.unscoped.exists()


def test_more_than_are_wanted_are_refused_and_nobody_is_asked(there: School) -> None:
    two = [trained(there), trained(there, "Viktor Volunteer")]
    call, tessa = called(there, wanted=1), browser(there.tessa)
    answer = tessa.post(reverse("call_ask", args=[call.ref]), {"ask": [each.ref for each in two]}, follow=True)
    assert "As many are asked for this call as are needed." in answer.content.decode()
    assert not Ask.unscoped.exists()
    assert fresh(two[0]).times_asked == 0


def test_only_she_reads_why_not(there: School) -> None:
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    decline_ask(ask, reason="It is too far", at=NOW)
    assert "It is too far" in text(browser(there.tessa), "call_answer", call.ref)


def test_she_says_in_her_words_that_nobody_is_found(there: School, as_carys: Client) -> None:
    call, tessa = called(there), browser(there.tessa)
    url = reverse("call_decline", args=[call.ref])
    assert "Write a sentence, so that they know what to do next." in tessa.post(url, {"answer": ""}).content.decode()
    tessa.post(url, {"answer": "Nobody near you before autumn."})
    assert "Nobody near you before autumn." in text(as_carys, "call", call.ref)


def test_she_sees_who_was_never_asked_and_who_is_to_refresh(there: School) -> None:
    volunteer = trained(there)
    recruited(there, "Rhys Recruit")
    tessa = browser(there.tessa)
    with clock.stopped(NOW + 60 * DAY):
        assert "1 volunteer is trained and was never asked" in tessa.get(reverse("queue")).content.decode()
        assert "Vera" in text(tessa, "volunteers", there.programme.ref, show="waiting")
        assert "Vera" not in text(tessa, "volunteers", there.programme.ref, show="refresh")
    with clock.stopped(NOW + 735 * DAY):
        assert "1 volunteer is to refresh their training" in tessa.get(reverse("queue")).content.decode()
        assert "to be refreshed" in text(tessa, "volunteers", there.programme.ref, show="refresh")
        tessa.post(reverse("volunteers_refreshed", args=[there.programme.ref]), {"selected": volunteer.ref})
        assert fresh(volunteer).holds_on((NOW + 735 * DAY).date())
        assert "Vera" not in text(tessa, "volunteers", there.programme.ref, show="refresh")


def test_a_programme_that_trains_has_no_board_and_shows_its_volunteers(there: School) -> None:
    tessa = browser(there.tessa)
    trained(there)
    page = text(tessa, "cohort", there.cohort.ref)
    assert reverse("volunteers", args=[there.programme.ref]) in page
    assert reverse("board", args=[there.cohort.ref]) not in page
    assert reverse("volunteers", args=[there.programme.ref]) in text(tessa, "programme", there.programme.ref)
    assert tessa.get(reverse("calls", args=[there.programme.ref])).status_code == 404


# Access.


def test_each_side_opens_its_own_pages_and_not_the_others(world: World, there: School) -> None:
    trained(there)
    call = called(there)
    asked(there, call)
    asking = [("call", call.ref), ("calls", world.programme.ref), ("new_call", world.programme.ref)]
    training = [("call_answer", call.ref), ("volunteers", there.programme.ref)]
    opens = {world.carys: asking, world.piotr: asking, there.tessa: training}
    nobody = [world.olu, world.stella, world.maya.person, world.bea.person]
    for person in [*opens, *nobody]:
        for name, ref in [*asking, *training]:
            answer = browser(person).get(reverse(name, args=[ref]))
            expected = 200 if (name, ref) in opens.get(person, []) else 404
            assert answer.status_code == expected, (person, name)
            assert expected == 200 or "Vera" not in answer.content.decode()
    for name, ref in [*asking, *training]:
        assert Client().get(reverse(name, args=[ref])).status_code == 302


@pytest.mark.parametrize("name", ["take_call_back", "call_ask", "call_decline"])
def test_only_whose_it_is_decides(world: World, there: School, name: str) -> None:
    call = called(there)
    may = world.carys if name == "take_call_back" else there.tessa
    for person in (world.carys, there.tessa, world.olu, world.stella, world.maya.person):
        if person != may:
            assert browser(person).post(reverse(name, args=[call.ref]), {"answer": "No"}).status_code == 404
    assert browser(may).get(reverse(name, args=[call.ref])).status_code == 405
    with scope.within(there.scope):
        assert Call.objects.get(pk=call.pk).state == CallState.OPEN


def test_nobody_notes_the_training_of_another_organisation_as_refreshed(world: World, there: School) -> None:
    volunteer = trained(there)
    url = reverse("volunteers_refreshed", args=[there.programme.ref])
    for person in (world.carys, world.olu):
        assert browser(person).post(url, {"selected": volunteer.ref}).status_code == 404
    assert fresh(volunteer).refreshed_at is None


# How many questions a page takes.


def test_three_volunteers_take_no_more_questions_than_one(there: School) -> None:
    tessa, call = browser(there.tessa), called(there, wanted=1)
    pages = [
        reverse("volunteers", args=[there.programme.ref]),
        reverse("call_answer", args=[call.ref]),
        reverse("queue"),
    ]
    trained(there)
    before = [queries_of(tessa, url) for url in pages]
    for name in ("Viktor", "Wanda"):
        trained(there, name)
    assert [queries_of(tessa, url) for url in pages] == before


def test_three_calls_take_no_more_questions_than_one(there: School, as_carys: Client) -> None:
    for name in ("Vera", "Viktor", "Wanda"):
        trained(there, name)
    tessa = browser(there.tessa)
    pages = [
        (as_carys, reverse("calls", args=[there.world.programme.ref])),
        (tessa, reverse("volunteers", args=[there.programme.ref])),
        (tessa, reverse("queue")),
    ]
    accept_ask(asked(there, called(there))[0], at=NOW)
    called(there)
    before = [queries_of(client, url) for client, url in pages]
    called(there)
    called(there, words=LEAK)
    assert [queries_of(client, url) for client, url in pages] == before


def test_what_they_gave_as_a_reason_stands_in_no_page_of_the_other(there: School, as_carys: Client) -> None:
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    decline_ask(ask, reason=UNSEEN, at=NOW)
    assert Volunteer.unscoped.count() == 1
    for name, ref in (("call", call.ref), ("calls", there.world.programme.ref)):
        assert UNSEEN not in text(as_carys, name, ref)
