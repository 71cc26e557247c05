"""A coordinator reads applications, notes steps and decides."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.applications.models import Application
from alongside.audit.models import Entry
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock, scope
from alongside.notifications.models import Email
from alongside.programmes.actions import name_contacts
from alongside.programmes.models import Participant
from tests.applied import STEPS, begun, let_apply, sent
from tests.paired import SECRET
from tests.queries import queries_of
from tests.world import NOW, World, person, set_rules


def url(name: str, application: Application) -> str:
    return reverse(name, args=[application.ref])


def note(client: Client, application: Application, step: str, **more: str) -> int:
    data = {"step": step, "day": "2026-03-09", **more}
    return client.post(url("application_step", application), data).status_code


def test_a_coordinator_opens_and_closes(world: World, as_carys: Client) -> None:
    page = reverse("cohort_applications", args=[world.cohort.ref])
    post = reverse("open_applications", args=[world.cohort.ref])
    apply = reverse("apply", args=[world.cohort.ref, "mentor"])
    assert "Nobody has applied yet" in as_carys.get(page).content.decode()
    assert as_carys.post(post, {"side": "mentor", "until": "2026-03-01"}).status_code == 200
    assert as_carys.post(post, {"side": "mentor", "until": "soon"}).status_code == 200
    assert as_carys.post(post, {"side": "everybody", "until": "2026-04-01"}).status_code == 404
    as_carys.post(post, {"side": "mentor", "until": "2026-04-01"})
    assert apply in as_carys.get(page).content.decode()
    assert Client().get(apply).status_code == 200
    as_carys.post(post, {"side": "mentor", "do": "close"})
    assert Client().get(apply).status_code == 404


def test_a_side_that_nobody_applies_for_cannot_be_opened(world: World, as_carys: Client) -> None:
    set_rules(world, applications={"mentor": False})
    post = reverse("open_applications", args=[world.cohort.ref])
    answer = as_carys.post(post, {"side": "mentor", "until": "2026-04-01"}, follow=True)
    assert "nobody applies on this side" in answer.content.decode()


def test_an_application_is_read_in_the_queue_the_list_and_on_its_page(world: World, as_carys: Client) -> None:
    let_apply(world)
    application = sent(world)
    begun(world, person("Still Writing"))
    assert "Ada Applicant applies" in as_carys.get(reverse("queue")).content.decode()
    listed = as_carys.get(reverse("cohort_applications", args=[world.cohort.ref])).content.decode()
    assert "Ada Applicant" in listed
    assert "Still Writing" not in listed
    page = as_carys.get(url("application", application)).content.decode()
    assert f"I bake. {SECRET}" in page
    assert "version 1" in page


def test_nobody_is_accepted_before_the_steps_are_done(world: World, as_carys: Client) -> None:
    let_apply(world, steps=STEPS)
    application = sent(world)
    accept = url("application_accept", application)
    assert "Before they can be accepted: A conversation; Induction" in " ".join(
        as_carys.post(accept, {"contact": world.carys.ref}, follow=True).content.decode().split()
    ).replace("&quot;", "")
    assert note(as_carys, application, "induction") == 302  # it comes after the conversation
    assert not application.steps_done.exists()
    note(as_carys, application, "talk", note=f"Lovely {SECRET}3")
    note(as_carys, application, "induction")
    assert application.steps_done.count() == 2
    as_carys.post(accept, {"contact": world.carys.ref})
    application.refresh_from_db()
    assert application.state == "accepted"


def test_who_is_accepted_takes_part_with_what_they_told(world: World, as_carys: Client) -> None:
    let_apply(world, steps=STEPS)
    set_rules(world, gates=["Induction", "Charter"])
    application = sent(world)
    note(as_carys, application, "talk")
    note(as_carys, application, "induction")
    answer = as_carys.post(url("application_accept", application), {"contact": world.piotr.ref}, follow=True)
    assert answer.status_code == 200
    participant = Participant.objects.get(cohort=world.cohort, person=application.person)
    assert participant.topics == [["Cash flow and finance", 1.0], ["Hiring and leading people", 0.8]]
    assert participant.languages == ["English", "BSL"]
    assert participant.availability == ["mon-am", "tue-eve"]
    assert (participant.remote, participant.sector, participant.key_contact) == (True, "Food and drink", world.piotr)
    assert round(participant.latitude or 0) == 52
    assert participant.brought_by == world.harbour
    assert (participant.gates_passed, participant.state) == (["induction"], "waiting")
    letter = Email.objects.get(kind="welcome")
    assert (letter.to, letter.participant_id) == ("ada.applicant@example.org", participant.pk)
    assert "Charter" in letter.text
    assert SECRET not in letter.text


def test_a_check_keeps_its_decision_alone_and_no_closes_the_way(world: World, as_carys: Client) -> None:
    check = {"id": "dbs", "title": "Check", "kind": "check", "eligible_because": "They meet young people"}
    let_apply(world, steps=[check])
    application = sent(world)
    assert note(as_carys, application, "dbs") == 200
    assert note(as_carys, application, "dbs", passed="no", note=f"details {SECRET}") == 302
    done = application.steps_done.get()
    assert (done.passed, done.note) == (False, "")
    answer = as_carys.post(url("application_accept", application), {"contact": world.carys.ref}, follow=True)
    assert "was decided with no" in answer.content.decode()
    as_carys.post(url("application_step", application), {"step": "dbs", "do": "undo"})
    assert not application.steps_done.exists()


def test_somebody_is_declined_in_words_a_coordinator_edited(world: World, as_carys: Client) -> None:
    let_apply(world, steps=STEPS)
    application = sent(world)
    decline = url("application_decline", application)
    drafted = as_carys.get(decline, {"reason": "full"}).content.decode()
    assert "more people than places" in drafted
    assert "nobody is declined without a word" in as_carys.post(decline, {"reason": "full"}).content.decode()
    as_carys.post(decline, {"reason": "full", "words": f"Dear Ada, {SECRET}4"})
    application.refresh_from_db()
    assert (application.state, application.reason) == ("declined", "full")
    letter = Email.objects.get(kind="decline_application")
    assert f"{SECRET}4" in letter.body.text
    assert f"{SECRET}4" not in letter.subject + letter.text
    assert as_carys.get(decline).status_code == 404
    assert as_carys.post(url("application_wait", application), follow=True).status_code == 200


def test_the_waiting_list_keeps_somebody_until_there_is_a_place(world: World, as_carys: Client) -> None:
    let_apply(world)
    application = sent(world)
    as_carys.post(url("application_wait", application))
    application.refresh_from_db()
    assert (application.state, application.due_at) == ("waiting", None)
    assert "Ada Applicant applies" not in as_carys.get(reverse("queue")).content.decode()
    as_carys.post(url("application_accept", application), {"contact": world.carys.ref})
    application.refresh_from_db()
    assert application.state == "accepted"


def test_several_are_accepted_at_once_and_those_with_something_open_are_named(world: World, as_carys: Client) -> None:
    let_apply(world, steps=[{"id": "induction", "title": "Induction", "kind": "induction"}])
    one, two = sent(world), sent(world, person("Bo Beginner"), name="Bo Beginner")
    several = reverse("applications_several", args=[world.cohort.ref])
    as_carys.post(several, {"selected": [one.ref], "do": "step:induction"})
    page = as_carys.post(several, {"selected": [one.ref, two.ref], "do": "accept"}, follow=True).content.decode()
    assert "Done for one person" in page
    assert "Bo Beginner: Before they can be accepted: Induction" in page
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state) == ("accepted", "sent")
    for nonsense in ("", "step:", "step:nothing", "everything"):
        assert as_carys.post(several, {"selected": [two.ref, "x"], "do": nonsense}).status_code == 302


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "undo"},
        {"step": "talk"},
        {"step": "talk", "day": "x" * 900},
        {"step": "talk", "day": "2027-01-01"},
        {"step": "talk", "day": "2026-03-09", "note": "x" * 90_000},
    ],
)
def test_whatever_is_posted_is_answered_in_words(world: World, as_carys: Client, data: dict[str, str]) -> None:
    let_apply(world, steps=STEPS)
    application = sent(world)
    assert as_carys.post(url("application_step", application), data).status_code in {200, 302}
    for name in ("application_accept", "application_decline"):
        assert as_carys.post(url(name, application), {**data, "contact": "nobody", "reason": "none"}).status_code == 200
    application.refresh_from_db()
    assert application.state == "sent"


def test_nothing_somebody_wrote_stands_in_the_audit(world: World, as_carys: Client) -> None:
    let_apply(world, steps=STEPS)
    application = sent(world)
    note(as_carys, application, "talk", note=f"Lovely {SECRET}")
    as_carys.post(url("application_decline", application), {"reason": "full", "words": SECRET})
    rows = [str(entry.details) for entry in Entry.unscoped.all()]
    assert len(rows) > 4
    assert not [row for row in rows if SECRET in row or "Ada" in row]


def test_clocks_remind_and_forget(world: World) -> None:
    let_apply(world)
    application = sent(world)
    draft = begun(world, person("Still Writing"))
    with clock.stopped(NOW):
        for days in (1, 4, 4, 15, 22, 29, 36, 43):
            run_clocks(at=NOW + timedelta(days=days))
    assert Email.objects.filter(kind="remind_of_draft", to=draft.person.email).count() == 2
    to_carys = Email.objects.filter(kind="remind_to_decide", to=world.carys.email)
    assert (to_carys.count(), SECRET in to_carys[0].text) == (3, False)
    run_clocks(at=NOW + timedelta(days=61))
    draft.refresh_from_db()
    assert (draft.state, draft.answers, draft.person) == ("withdrawn", {}, None)
    application.refresh_from_db()
    assert application.answers


def test_six_months_after_a_decision_nothing_names_anybody(world: World, as_carys: Client) -> None:
    let_apply(world, steps=STEPS)
    application = sent(world)
    note(as_carys, application, "talk", note=SECRET)
    as_carys.post(url("application_decline", application), {"reason": "full", "words": SECRET})
    run_clocks(at=NOW + timedelta(days=170))
    application.refresh_from_db()
    assert application.answers
    run_clocks(at=NOW + timedelta(days=190))
    application.refresh_from_db()
    assert (application.answers, application.person, application.words) == ({}, None, "")
    assert not application.steps_done.exists()
    assert as_carys.get(url("application", application)).status_code == 200
    listed = as_carys.get(reverse("cohort_applications", args=[world.cohort.ref]), {"state": "declined"})
    assert "(deleted)" in listed.content.decode()


def test_three_applications_take_no_more_questions_than_one(world: World, as_carys: Client) -> None:
    let_apply(world, steps=STEPS)
    sent(world)
    urls = [reverse("queue"), reverse("cohort_applications", args=[world.cohort.ref])]
    with_one = [queries_of(as_carys, each) for each in urls]
    sent(world, person("Bo Beginner"))
    sent(world, person("Cy Curious"))
    assert [queries_of(as_carys, each) for each in urls] == with_one


def test_the_contact_of_where_somebody_is_stands_chosen_when_they_are_accepted(world: World, as_carys: Client) -> None:
    let_apply(world)
    application = sent(world)
    with scope.within(world.harbour_scope):
        name_contacts(world.programme, {"Wales": world.piotr}, also_now=False, by=world.carys, at=NOW)
    form = as_carys.get(reverse("application_accept", args=[application.ref])).context["form"]
    assert form.initial["contact"] == world.piotr.ref
