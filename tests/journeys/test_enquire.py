"""An enquiry from the first word to the answer, by the clock and by people."""

from datetime import datetime, timedelta

import pytest

from alongside.applications.begin_links import beginning_of
from alongside.applications.models import Application
from alongside.audit.models import Entry
from alongside.enquiries.models import Enquiry, Said
from alongside.enquiries.states import EnquiryState as S
from alongside.journeys import answer_enquiry as answering
from alongside.journeys import enquire as journey
from alongside.journeys.enquiry_clocks import run_enquiry_clock
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.notifications.models import Email
from alongside.organisations.actions import found_organisation
from alongside.organisations.models import Network
from alongside.people.models import Person
from tests.applied import let_apply
from tests.enquired import RHODRI, again, begun, confirmed, current, directory, letters, list_organisation
from tests.paired import SECRET
from tests.world import NOW, World


def on(days: float) -> datetime:
    return NOW + timedelta(days=days)


def clocks(*days: float) -> None:
    for day in days:
        run_clocks(at=on(day))


def test_nothing_reaches_the_organisation_before_it_is_confirmed(world: World) -> None:
    begun(world, world.harbour)
    assert not letters("new_enquiry")
    assert [each.to for each in letters("confirm_enquiry")] == ["rhodri@example.net"]
    assert SECRET not in letters("confirm_enquiry")[0].text


def test_confirmed_it_reaches_whoever_coordinates_there(world: World) -> None:
    asked = confirmed(world, world.harbour)
    assert asked.state == S.WAITING
    assert [each.to for each in letters("new_enquiry")] == [world.carys.email]
    assert "Monday 23 March" in letters("tell_enquiry_arrived")[0].text


def test_confirmed_twice_it_is_sent_once(world: World) -> None:
    asked = begun(world, world.harbour)
    stale = again(asked)
    journey.confirm(asked, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        journey.confirm(stale, at=NOW)
    assert len(letters("new_enquiry")) == 1


def test_what_nobody_confirms_is_forgotten_with_everything_in_it(world: World) -> None:
    asked = begun(world, world.harbour)
    clocks(6.9)
    assert again(asked).state == S.UNCONFIRMED
    clocks(7, 7)
    gone = again(asked)
    assert (gone.state, gone.name, gone.email, gone.words) == (S.LAPSED, "", "", "")


def test_the_holder_is_reminded_twice_and_then_it_goes_to_the_next_best(world: World) -> None:
    directory(world)
    asked = confirmed(world, world.harbour)
    clocks(1.9)
    assert not letters("remind_of_enquiry")
    clocks(2, 2, 3)
    assert len(letters("remind_of_enquiry")) == 1
    clocks(7, 7, 9)
    assert len(letters("remind_of_enquiry")) == 2
    clocks(14, 14)
    there = current(asked)
    assert (again(asked).state, there.state, there.organisation) == (S.PASSED_ON, S.WAITING, world.quay)
    assert len(letters("tell_enquiry_passed_on")) == 1
    assert [each.to for each in letters("tell_enquiry_left")] == [world.carys.email]


def test_passed_on_and_on_it_visits_nobody_twice_and_ends_with_a_word(world: World) -> None:
    directory(world)
    asked = confirmed(world, world.harbour)
    for day in range(120):
        clocks(day)
    with scope.everywhere("a test looks"):
        been = list(
            Enquiry.objects.filter(thread=asked.thread).order_by("pk").values_list("organisation__name", flat=True)
        )
    assert been == ["Harbour Enterprise", "Quay Partners", "Elsewhere Trust", None]
    assert current(asked).state == S.LAPSED
    assert len(letters("tell_enquiry_nobody_yet")) == 1
    assert len(letters("tell_enquiry_lapsed")) == 1


def test_without_consent_it_goes_to_the_stewards_and_to_no_other_organisation(world: World) -> None:
    directory(world)
    asked = confirmed(world, world.harbour, may_pass_on=False)
    clocks(14)
    assert current(asked).organisation is None
    assert letters("new_enquiry")[-1].to == world.stella.email


def test_two_workers_at_once_pass_it_on_once(world: World) -> None:
    directory(world)
    asked = confirmed(world, world.harbour)
    first, second = again(asked), again(asked)
    with scope.everywhere("two workers"):
        run_enquiry_clock(first, at=on(14))
        with pytest.raises(ChangedMeanwhile):
            run_enquiry_clock(second, at=on(14))
        assert Enquiry.objects.filter(thread=asked.thread).count() == 2


def test_two_workers_at_once_remind_once(world: World) -> None:
    asked = confirmed(world, world.harbour)
    first, second = again(asked), again(asked)
    with scope.everywhere("two workers"):
        run_enquiry_clock(first, at=on(2))
        run_enquiry_clock(second, at=on(2))
    assert len(letters("remind_of_enquiry")) == 1


def test_an_answer_ends_the_clock_and_a_word_back_begins_it_anew(world: World) -> None:
    asked = confirmed(world, world.harbour)
    answering.acknowledge(asked, by=world.carys, at=on(1))
    answering.answer(asked, "Come by on Monday.", by=world.carys, at=on(1))
    clocks(30)
    assert again(asked).state == S.ANSWERED
    assert len(letters("tell_enquiry_answered")) == 1
    journey.add_word(asked, "On which Monday?", at=on(30))
    assert again(asked).state == S.WAITING
    assert letters("tell_enquiry_has_more")[0].to == world.carys.email
    clocks(32)
    assert len(letters("remind_of_enquiry")) == 1
    assert again(asked).answered_at == on(1)


def test_what_goes_on_is_what_the_visitor_wrote_and_no_answer(world: World) -> None:
    directory(world)
    asked = confirmed(world, world.harbour)
    journey.add_word(asked, "I also bake cakes.", at=NOW)
    answering.answer(asked, "Between us: no.", by=world.carys, at=NOW)
    answering.pass_on(asked, world.quay, by=world.carys, at=NOW)
    there = current(asked)
    with scope.within(scope.Scope.of(organisations=[world.quay.pk])):
        assert [said.text for said in Said.objects.filter(enquiry=there)] == ["I also bake cakes."]
        assert not Enquiry.objects.filter(organisation=world.harbour).exists()


def test_without_consent_nobody_passes_it_to_an_organisation(world: World) -> None:
    directory(world)
    asked = confirmed(world, world.harbour, may_pass_on=False)
    with pytest.raises(ValueError, match="have not agreed"):
        answering.pass_on(asked, world.quay, by=world.carys, at=NOW)
    assert again(asked).state == S.WAITING


def test_the_visitor_passes_it_on_also_after_a_no_and_that_is_their_consent(world: World) -> None:
    directory(world)
    asked = confirmed(world, world.harbour, may_pass_on=False)
    answering.decline(asked, "We cannot, sadly.", by=world.carys, at=NOW)
    passed = journey.pass_it_on_now(asked, at=on(1))
    assert (passed.organisation, passed.may_pass_on) == (world.quay, True)


def test_it_never_goes_to_another_network(world: World) -> None:
    far = found_organisation(Network.objects.create(name="Another land"), name="Far Away")
    list_organisation(far, topics=["finance"], online=True)
    asked = confirmed(world, world.harbour)
    assert journey.pass_it_on_now(asked, at=NOW).organisation is None


def test_taken_back_it_is_answered_by_nobody(world: World) -> None:
    asked = confirmed(world, world.harbour)
    journey.withdraw(asked, at=NOW)
    with pytest.raises(MoveNotAllowed):
        answering.answer(again(asked), "Hello", by=world.carys, at=NOW)


def test_an_organisation_nobody_can_reach_is_passed_to_the_stewards_at_once(world: World) -> None:
    silent = found_organisation(world.network, name="Nobody Home")
    asked = confirmed(world, silent)
    assert (asked.organisation, asked.state) == (None, S.WAITING)


def test_where_nobody_signs_in_the_listing_has_the_address(world: World) -> None:
    old = found_organisation(world.network, name="On Paper")
    list_organisation(old, email="office@paper.example")
    confirmed(world, old)
    letter = letters("new_enquiry")[0]
    assert letter.to == "office@paper.example"
    assert "/enquiry/held/" in letter.text
    assert SECRET not in letter.text


def test_six_months_after_it_was_closed_it_names_nobody(world: World) -> None:
    asked = confirmed(world, world.harbour)
    journey.add_word(asked, f"{SECRET} too", at=NOW)
    answering.decline(asked, "No.", by=world.carys, at=NOW)
    clocks(180)
    assert again(asked).words
    clocks(185, 185)
    gone = again(asked)
    assert (gone.name, gone.email, gone.words, gone.place, gone.fingerprint) == ("",) * 5
    assert (gone.topics, gone.state, gone.answered_at) == (["finance", "sales"], S.DECLINED, NOW)
    assert not Said.unscoped.exists()


def test_what_is_noted_holds_no_word_of_it(world: World) -> None:
    directory(world)
    asked = confirmed(world, world.harbour)
    answering.answer(asked, f"Yes {SECRET}", by=world.carys, at=NOW)
    journey.pass_it_on_now(asked, at=NOW)
    journey.pass_it_on_now(current(asked), at=NOW)
    noted = list(Entry.unscoped.values())
    assert SECRET not in str(noted)
    assert "rhodri" not in str(noted).lower()


def test_what_came_to_the_network_is_noted_at_the_network(world: World) -> None:
    asked = confirmed(world, None)
    with scope.within(scope.Scope.of(networks=[world.network.pk])):
        assert Entry.objects.filter(thing_ref=asked.ref).count() == 2
    with scope.within(world.harbour_scope):
        assert not Entry.objects.filter(thing_ref=asked.ref).exists()


def test_an_answer_lies_sealed_in_the_outbox(world: World) -> None:
    asked = confirmed(world, world.harbour)
    answering.answer(asked, f"Answer {SECRET}", by=world.carys, at=NOW)
    assert SECRET not in str(list(Email.objects.filter(kind="tell_enquiry_answered").values("subject", "text", "html")))


class TestApplication:
    """One click, and nothing typed twice."""

    def test_it_begins_with_what_was_told(self, world: World) -> None:
        let_apply(world)
        asked = confirmed(world, world.harbour)
        (door,) = answering.doors(asked, at=NOW)
        application = answering.make_application(asked, door, by=world.carys, at=NOW)
        told = application.answers
        assert (told["name"], told["place"], told["topics"]) == ("Rhodri Visitor", "Swansea", ["finance", "sales"])
        assert (told["sector"], told["about"], told["languages"]) == ("food", RHODRI.words, ["en"])
        assert again(asked).application_ref == application.ref
        assert Person.objects.get(email="rhodri@example.net").name == "Rhodri Visitor"

    def test_the_link_in_the_email_goes_on_with_it(self, world: World) -> None:
        let_apply(world)
        asked = confirmed(world, world.harbour)
        answering.make_application(asked, answering.doors(asked, at=NOW)[0], by=world.carys, at=NOW)
        text = letters("tell_enquiry_is_application")[0].text
        token = next(word for word in text.split() if "/apply/" in word).rstrip("/").rsplit("/", 1)[1]
        assert beginning_of(token).email == "rhodri@example.net"

    def test_done_twice_there_is_one(self, world: World) -> None:
        let_apply(world)
        asked = confirmed(world, world.harbour)
        (door,) = answering.doors(asked, at=NOW)
        stale = again(asked)
        answering.make_application(asked, door, by=world.carys, at=NOW)
        with pytest.raises(ChangedMeanwhile):
            answering.make_application(stale, door, by=world.carys, at=NOW)
        assert Application.objects.count() == 1

    def test_what_is_not_open_is_no_door(self, world: World) -> None:
        let_apply(world)
        asked = confirmed(world, world.harbour)
        (door,) = answering.doors(asked, at=NOW)
        assert answering.doors(asked, at=on(40)) == []
        with pytest.raises(ValueError, match="Nobody can apply"):
            answering.make_application(asked, door, by=world.carys, at=on(40))
        assert answering.doors(confirmed(world, world.harbour, side="mentor", words="m"), at=NOW) == []
