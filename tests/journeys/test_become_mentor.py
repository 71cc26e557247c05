"""From an address to help offered in several places: one profile, nothing typed twice, nobody learns of the others."""

from datetime import timedelta

import pytest

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.enquiries.actions import TooMany
from alongside.enquiries.models import Enquiry, Said
from alongside.enquiries.states import EnquiryState
from alongside.journeys import accept_application as deciding
from alongside.journeys import apply, enquiry_clocks
from alongside.journeys import become_mentor as journey
from alongside.journeys.enquire import withdraw
from alongside.kernel import scope
from alongside.kernel.links import BadLink
from alongside.mentors import actions
from alongside.mentors.begin_links import Beginning, begin_token, beginning_of
from alongside.mentors.models import Profile
from alongside.mentors.queries import approaches_of, profile_of
from alongside.notifications.models import Email
from alongside.people.models import Person
from alongside.placing.models import Brought
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participant
from tests.applied import MENTOR
from tests.paired import SECRET
from tests.placed import school, trained
from tests.volunteering import again, offered, vic, wanting
from tests.world import NOW, World

LATER = NOW + timedelta(days=1)


def everything(model: type) -> list:  # type: ignore[type-arg]
    with scope.everywhere("a test looks"):
        return list(model.objects.order_by("pk"))  # type: ignore[attr-defined]


# The address.


def test_nothing_is_kept_of_somebody_before_they_use_the_link(world: World) -> None:
    journey.ask_to_begin(world.network, name="New", email="New@example.org", chosen="", at=NOW)
    assert not Person.objects.filter(email="new@example.org").exists()
    assert Email.objects.get(kind="confirm_becoming").to == "new@example.org"


def test_no_inbox_is_flooded(world: World) -> None:
    for _ in range(5):
        journey.ask_to_begin(world.network, name="New", email="new@example.org", chosen="", at=NOW)
    assert Email.objects.filter(kind="confirm_becoming").count() == 3


def test_the_link_carries_what_was_chosen_and_lets_its_person_in(world: World) -> None:
    found = beginning_of(begin_token(Beginning(world.network.ref, "New", "new@example.org", "topics=finance")))
    assert found.chosen == "topics=finance"
    assert journey.begin_by_link(found, at=NOW).name == "New"


def test_the_link_keeps_the_name_of_whoever_is_here_already(world: World) -> None:
    beginning = Beginning(world.network.ref, "Mallory", world.carys.email)
    assert journey.begin_by_link(beginning, at=NOW).name == "Carys Coordinator"


def test_a_link_is_spent_by_the_next_sign_in_and_shut_for_whoever_is(world: World) -> None:
    token = begin_token(Beginning(world.network.ref, "Carys", world.carys.email))
    Person.objects.filter(pk=world.carys.pk).update(last_login=LATER)
    with pytest.raises(BadLink):
        beginning_of(token)
    token = begin_token(Beginning(world.network.ref, "Carys", world.carys.email))
    Person.objects.filter(pk=world.carys.pk).update(is_active=False)
    with pytest.raises(BadLink):
        beginning_of(token)


def test_a_link_that_was_not_made_here_is_bad(world: World) -> None:
    with pytest.raises(BadLink):
        beginning_of("not-a-link")
    with pytest.raises(BadLink):
        journey.begin_by_link(Beginning("nowhere", "N", "n@example.org"), at=NOW)


# Where they offer their help.


def test_where_one_can_apply_an_application_is_begun_with_what_the_profile_says(world: World) -> None:
    there = wanting(world)
    (approach,) = offered(vic(world), there["harbour"])
    (application,) = everything(Application)
    assert approach.application == application
    assert application.side == "mentor"
    assert application.answers["topics"] == ["finance", "sales"]
    assert SECRET in application.answers["about"]
    assert application.answers["place"] == "Swansea"
    assert "privacy" not in application.answers  # nothing is agreed to for them
    assert not everything(Enquiry)


def test_elsewhere_an_enquiry_goes_at_once_with_their_words(world: World) -> None:
    there = wanting(world)
    offered(vic(world), there["quay"])
    (enquiry,) = everything(Enquiry)
    assert (enquiry.organisation, enquiry.side, enquiry.state) == (world.quay, "mentor", EnquiryState.WAITING)
    assert SECRET in enquiry.words
    assert enquiry.email == "vic.volunteer@example.org"
    assert not enquiry.may_pass_on


def test_help_is_offered_in_several_places_at_once(world: World) -> None:
    there = wanting(world)
    made = offered(vic(world), *there.values())
    assert len(made) == 3
    assert approaches_of(made[0].profile.person).count() == 3


def test_where_they_asked_already_nothing_is_sent_twice(world: World) -> None:
    there = wanting(world)
    profile = vic(world)
    for _ in range(2):
        offered(profile, there["harbour"], there["quay"])
    assert len(everything(Enquiry)) == len(everything(Application)) == 1
    assert approaches_of(profile.person).count() == 2


def test_what_was_taken_back_can_be_offered_again(world: World) -> None:
    there = wanting(world)
    profile = vic(world)
    offered(profile, there["quay"])
    with scope.everywhere("a test"):
        withdraw(everything(Enquiry)[0], at=NOW)
    offered(profile, there["quay"])
    assert [each.state for each in everything(Enquiry)] == ["withdrawn", "waiting"]


def test_too_many_at_once_or_on_a_day_are_refused_and_none_of_them_sent(world: World) -> None:
    there = wanting(world)
    profile = vic(world)
    with pytest.raises(journey.NothingToSay, match="five"):
        offered(profile, *[there["quay"]] * 6)
    with scope.everywhere("a test"):
        Enquiry.objects.bulk_create(
            Enquiry(
                network=world.network,
                name="V",
                email=profile.person.email,
                words="w",
                consent_version=1,
                sent_at=NOW,
                since=NOW,
            )
            for _ in range(4)
        )
    with pytest.raises(TooMany):
        offered(profile, there["harbour"], there["quay"], there["elsewhere"])
    assert not everything(Application)
    assert len(everything(Enquiry)) == 4


def test_a_profile_that_says_nothing_goes_nowhere(world: World) -> None:
    there = wanting(world)
    with pytest.raises(journey.NothingToSay, match="what you can help with"):
        offered(vic(world, topics=[]), there["quay"])


# Their training.


def test_a_training_that_holds_goes_along_and_counts_where_a_gate_says_so(world: World) -> None:
    there = wanting(world)
    training = trained(school(world), "Vic Volunteer")
    met = {"id": "trained", "title": "Trained", "kind": "training", "sides": ["mentor"], "met_by_training": True}
    with scope.everywhere("a test changes the rules"):
        rules = world.programme.rules.changed({"gates": [met]})
        programmes.change_rules(world.programme, rules, cohorts=[world.cohort], by=None, at=NOW)
    world.cohort.refresh_from_db()
    offered(vic(world), there["harbour"])
    (brought,) = everything(Brought)
    assert brought.trained_by == training.organisation
    assert brought.valid_until == training.valid_until
    assert _accepted(world).gates_passed == ["trained"]


def test_a_training_that_has_run_out_does_not_go_along(world: World) -> None:
    there = wanting(world)
    training = trained(school(world), "Vic Volunteer")
    type(training).unscoped.filter(pk=training.pk).update(valid_until=NOW.date() - timedelta(days=1))
    offered(vic(world), there["harbour"], there["quay"])
    assert not everything(Brought)
    assert "trained by" not in everything(Enquiry)[0].words


def test_an_enquiry_says_who_trained_them_and_until_when(world: World) -> None:
    there = wanting(world)
    trained(school(world), "Vic Volunteer")
    offered(vic(world), there["quay"])
    assert "trained by Mentor School (Volunteers)" in everything(Enquiry)[0].words
    assert "until 9 March 2028" in everything(Enquiry)[0].words


def _accepted(world: World) -> Participant:
    (application,) = everything(Application)
    with scope.within(world.harbour_scope):
        applying.save_answers(
            application, {**MENTOR, **application.answers, "privacy": True}, version=application.version, at=NOW
        )
        apply.send(application, by=application.person, at=NOW)
        return deciding.accept_application(application, contact=world.carys, by=world.carys, at=NOW)


# Changes later.


def test_a_change_of_the_profile_reaches_nobody_by_itself(world: World) -> None:
    there = wanting(world)
    offered(vic(world), *there.values())
    changed(world)
    assert everything(Application)[0].answers["job-title"] == "Retired baker"
    assert not everything(Said)


def test_sent_on_it_stands_in_the_application_that_is_being_written(world: World) -> None:
    there = wanting(world)
    offered(vic(world), there["harbour"], there["quay"])
    profile = changed(world)
    _update(profile, world.harbour)
    assert everything(Application)[0].answers["job-title"] == "Captain"
    assert not everything(Said)  # the other place has what it had


def test_sent_on_it_is_a_word_added_to_an_enquiry(world: World) -> None:
    there = wanting(world)
    offered(vic(world), there["quay"])
    _update(changed(world), world.quay)
    (said,) = everything(Said)
    assert "Captain" in said.text
    assert said.by_visitor


def test_sent_on_it_reaches_a_programme_that_took_them_on(world: World) -> None:
    there = wanting(world)
    offered(vic(world), there["harbour"])
    participant = _accepted(world)
    _update(changed(world), world.harbour)
    participant.refresh_from_db()
    assert participant.job_title == "Captain"
    assert participant.capacity == 2  # what they promised this programme is not in the profile


def test_what_was_sent_and_not_decided_is_not_changed(world: World) -> None:
    there = wanting(world)
    offered(vic(world), there["harbour"])
    (application,) = everything(Application)
    with scope.within(world.harbour_scope):
        said = {**MENTOR, **application.answers, "privacy": True}
        applying.save_answers(application, said, version=application.version, at=NOW)
        apply.send(application, by=application.person, at=NOW)
    with pytest.raises(journey.NothingToSay, match="cannot be changed"):
        _update(changed(world), world.harbour)


def changed(world: World) -> Profile:
    profile = vic(world)
    actions.write_profile(profile.person, world.network, {"job_title": "Captain"}, at=LATER)
    return again(profile.person)


def _update(profile: Profile, organisation: object) -> None:
    approach = approaches_of(profile.person).get(organisation=organisation)
    with scope.within(scope.Scope.of()):
        journey.update_there(approach, at=LATER)
    assert approaches_of(profile.person).get(pk=approach.pk).told_at == LATER


# Being found, and going.


def test_whoever_asks_a_mentor_is_told_of_a_yes_and_of_no_name(world: World) -> None:
    profile = vic(world, shown=True)
    invitation = journey.invite(profile, world.harbour, "Would you?", by=world.carys, at=NOW)
    assert "Would you?" in Email.objects.get(kind="invite_mentor").text
    with scope.within(scope.Scope.of()):
        journey.answer_invitation(invitation, "accept", at=LATER)
    letter = Email.objects.get(kind="tell_mentor_says_yes")
    assert letter.to == world.carys.email
    assert "Vic" not in letter.text


def test_a_no_is_told_to_nobody(world: World) -> None:
    invitation = journey.invite(vic(world, shown=True), world.harbour, "Would you?", by=world.carys, at=NOW)
    with scope.within(scope.Scope.of()):
        journey.answer_invitation(invitation, "decline", at=LATER)
    assert not Email.objects.filter(kind="tell_mentor_says_yes").exists()


def test_deleting_the_profile_leaves_what_was_sent(world: World) -> None:
    there = wanting(world)
    profile = vic(world)
    offered(profile, there["harbour"], there["quay"])
    journey.delete_profile(profile.person)
    assert profile_of(profile.person) is None
    assert len(everything(Application)) == len(everything(Enquiry)) == 1


def test_nothing_leads_back_from_an_application_that_names_nobody_any_more(world: World) -> None:
    there = wanting(world)
    trained(school(world), "Vic Volunteer")
    profile = vic(world)
    offered(profile, there["harbour"])
    assert len(everything(Brought)) == 1
    with scope.within(world.harbour_scope):
        apply.withdraw(everything(Application)[0], by=profile.person, at=NOW)
    assert not approaches_of(profile.person).exists()
    assert not everything(Brought)


def test_nor_from_an_enquiry(world: World) -> None:
    there = wanting(world)
    profile = vic(world)
    offered(profile, there["quay"])
    with scope.everywhere("the clocks"):
        (enquiry,) = everything(Enquiry)
        withdraw(enquiry, at=NOW)
        enquiry_clocks.empty_enquiry(enquiry, at=LATER)
    assert not approaches_of(profile.person).exists()
