"""An assessment goes from hand to hand, and time passes: who is told, what lapses, what the directory shows."""

from datetime import date, datetime, timedelta

import pytest

from alongside.assessments import actions
from alongside.assessments.clocks import CLOCKS
from alongside.assessments.models import Evidence, Rung
from alongside.assessments.states import Due
from alongside.directory.actions import write_listing
from alongside.directory.models import Listing
from alongside.journeys import assess
from alongside.journeys.assessment_emails import REMINDERS
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import scope
from alongside.notifications.models import Email
from tests.assessed import OWN, WHY, begun
from tests.world import NOW, World

DAY = timedelta(days=1)


@pytest.fixture
def listing(world: World) -> Listing:
    return write_listing(world.harbour, by=world.carys, at=NOW)


def told(kind: str) -> set[str]:
    return set(Email.objects.filter(kind=kind).values_list("to", flat=True))


def after(at: datetime) -> list[tuple[str, str]]:
    """Let the clocks run twice; return who was reminded, and of what, since the time before."""
    last = max(Email.objects.values_list("pk", flat=True), default=0)
    run_clocks(at=at)
    run_clocks(at=at)
    rows = Email.objects.filter(pk__gt=last, kind="remind_of_assessment").order_by("pk")
    return [(row.to.split("@")[0], row.subject) for row in rows]


def test_every_hand_over_is_told(world: World) -> None:
    made = begun(world).decided(training=0)
    assert told("tell_it_was_sent") == told("tell_both_have_scored") == {world.stella.email}
    assert told("ask_to_score") == {made.ada.email, made.ben.email}
    assert told("tell_decision") == {world.carys.email}
    with scope.everywhere("a test appeals"):
        assess.appeal_assessment(made.again(), "Look again", by=world.carys, at=NOW)
    assert told("tell_of_appeal") == {world.stella.email}
    made.decide(training=2)
    assert told("tell_appeal_decided") == {world.carys.email}


def test_no_letter_says_what_the_organisation_or_an_assessor_wrote(world: World) -> None:
    begun(world).decided()
    for email in Email.objects.all():
        assert OWN not in email.body.text + email.subject
        assert WHY not in email.body.text + email.subject


def test_a_conflict_is_told_to_stewards_without_what_it_is(world: World) -> None:
    made = begun(world).declared()
    assess.declare_conflict(made.of(made.ada), "LEAK my sister", by=made.ada, at=NOW)
    assert told("tell_assessor_is_missing") == {world.stella.email}
    assert "LEAK my sister" not in Email.objects.get(kind="tell_assessor_is_missing").body.text


def test_who_is_let_go_or_not_needed_is_thanked(world: World) -> None:
    made = begun(world).declared()
    assess.let_assessor_go(made.of(made.ada), by=world.stella, at=NOW)
    assess.withdraw_assessment(made.again(), by=world.carys, at=NOW)
    assert told("tell_assessor_not_needed") == {made.ada.email, made.ben.email}


def test_what_is_sent_back_is_written_on_and_sent_again(world: World) -> None:
    made = begun(world).sent()
    assess.send_assessment_back(made.again(), "Where is the policy?", by=world.stella, at=NOW)
    assert made.again().state == "self_assessing"
    assert told("tell_it_was_sent_back") == {world.carys.email}
    assess.send_assessment(made.again(), [], by=world.carys, at=NOW)
    assert made.again().sent_back == ""


def test_the_listing_shows_the_outcome_and_its_dates(world: World, listing: Listing) -> None:
    begun(world).decided()
    listing.refresh_from_db()
    found = (listing.standing, listing.standing_since, listing.standing_until)
    assert found == ("assessed", date(2026, 3, 9), date(2029, 3, 9))


def test_a_standard_that_does_not_list_leaves_the_listing_alone(world: World, listing: Listing) -> None:
    begun(world, "smn-quality-award").decided()
    listing.refresh_from_db()
    assert listing.standing == "visible"


def test_an_assessment_that_comes_to_less_is_shown_too(world: World, listing: Listing) -> None:
    begun(world).decided()
    with scope.everywhere("a test clears"):
        Evidence.objects.all().delete()
    begun(world).decided(training=0)
    listing.refresh_from_db()
    assert (listing.standing, listing.standing_until) == ("visible", None)


def test_every_clock_has_its_letter() -> None:
    assert set(REMINDERS) == {clock.due for clock in CLOCKS} == set(Due)


WAITS = [
    ("begun", 60, ["carys.coordinator"], "self-assessment waits"),
    ("sent", 14, ["stella.steward"], "waits for assessors"),
    ("declared", 21, ["ada.assessor", "ben.assessor"], "due in a week"),
    ("scored", 14, ["stella.steward"], "waits for a decision"),
]


@pytest.mark.parametrize(("stage", "days", "who", "subject"), WAITS)
def test_whoever_has_it_is_reminded_once_and_not_before(
    world: World, stage: str, days: int, who: list[str], subject: str
) -> None:
    made = begun(world)
    if stage != "begun":
        getattr(made, stage)()
    assert after(NOW + days * DAY - timedelta(minutes=90)) == []
    found = after(NOW + days * DAY)
    assert [name for name, _subject in found] == who
    assert all(subject in each for _name, each in found)
    assert after(NOW + days * DAY + timedelta(hours=1)) == []


def test_scores_that_are_overdue_are_told_to_stewards_and_only_those_who_owe_them(world: World) -> None:
    made = begun(world).declared()
    made.score(made.ada)
    found = after(NOW + 28 * DAY)
    assert {name for name, _subject in found} == {"ben.assessor", "stella.steward"}


def test_an_appeal_that_waits_is_told(world: World) -> None:
    made = begun(world).decided(training=0)
    with scope.everywhere("a test appeals"):
        assess.appeal_assessment(made.again(), "Look again", by=world.carys, at=NOW)
    assert [name for name, _subject in after(NOW + 21 * DAY)] == ["stella.steward"]


def test_conditions_end_with_a_warning_before_and_the_listing_falls_back(world: World, listing: Listing) -> None:
    made = begun(world).decided(training=1)
    ends = made.again().holds_until
    assert ends is not None
    assert [name for name, _subject in after(ends - 42 * DAY)] == ["carys.coordinator"]
    listing.refresh_from_db()
    assert listing.standing == "conditional"
    assert {name for name, _subject in after(ends)} == {"carys.coordinator", "stella.steward"}
    listing.refresh_from_db()
    assert (made.again().state, listing.standing, listing.standing_until) == ("lapsed", "visible", None)


def test_a_declaration_is_asked_for_reminded_of_and_then_the_assessment_lapses(world: World, listing: Listing) -> None:
    made = begun(world).decided()
    by = made.again().declare_by
    assert by is not None
    assert by.date().isoformat() == "2027-03-09"
    assert "yearly declaration" in after(by - 30 * DAY)[0][1]
    assert "is due" in after(by)[0][1]
    assert {name for name, _subject in after(by + 60 * DAY)} == {"carys.coordinator", "stella.steward"}
    listing.refresh_from_db()
    assert (made.again().state, listing.standing) == ("lapsed", "visible")


def test_who_declares_is_asked_again_a_year_later_and_told_to_begin_again_before_three_are_over(world: World) -> None:
    made = begun(world).decided()
    for _year in range(2):
        by = made.again().declare_by
        assert by is not None
        assert len(after(by - 30 * DAY)) == 1
        with scope.everywhere("a test declares"):
            actions.declare(made.again(), "", by=world.carys, at=by)
    ends = made.again().holds_until
    assert ends is not None
    assert [subject for _name, subject in after(ends - 180 * DAY)] == ["Your assessment holds until 9 March 2029"]
    after(ends)
    assert made.again().state == "lapsed"
    with scope.everywhere("a test counts"):
        assert Rung.objects.count() == 4
