"""An email that was given up waits for the coordinator, not for a chance."""

import re
import smtplib
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse

import alongside.journeys
import alongside.notifications
from alongside.applications import applying
from alongside.applications.models import Application
from alongside.audit.models import Entry
from alongside.journeys import apply as journey
from alongside.journeys.application_emails import remind_of_draft
from alongside.kernel import clock, scope
from alongside.kernel.ids import new_ref
from alongside.notifications import outbox, transport
from alongside.notifications.actions import MAX_ATTEMPTS
from alongside.notifications.models import Email
from alongside.notifications.states import EmailState, Trouble
from alongside.programmes.actions import enter_participant
from alongside.programmes.states import Side
from alongside.reports.queue import queue_of
from alongside.web.coordinator.email_words import EMAILS, TROUBLES
from tests.applied import begun, let_apply
from tests.asked import given_up, last_email_to, offer
from tests.paired import SECRET
from tests.queries import queries_of
from tests.world import LEAK, NOW, World, person

QUEUE = reverse("queue")
DECIDE = reverse("queue_decide")
JOURNEYS = Path(alongside.journeys.__file__).parent
TEMPLATES = Path(alongside.notifications.__file__).parent / "templates" / "emails"


class Server(BaseEmailBackend):
    """A mail server that takes emails, or fails in the way it was told to."""

    error: Exception | None = None
    taken: list[str] = []

    def send_messages(self, email_messages: list[EmailMessage]) -> int:  # type: ignore[override]
        if Server.error:
            raise Server.error
        Server.taken += [message.to[0] for message in email_messages]
        return len(email_messages)


@pytest.fixture
def server(settings, monkeypatch) -> type[Server]:
    settings.SMTP_URL = "smtp://mail.example.org"
    monkeypatch.setattr(transport, "connection", Server)
    monkeypatch.setattr(Server, "error", None)
    monkeypatch.setattr(Server, "taken", [])
    return Server


def worker_runs(times: int, *, at: datetime = NOW) -> None:
    for hours in range(times):
        outbox.send_due(at=at + timedelta(hours=2 * hours))


def unreached(world: World) -> list[str]:
    return [item.person for item in queue_of(world.carys, at=NOW) if item.kind == "email"]


def page_of(client: Client) -> str:
    return client.get(QUEUE).content.decode()


def test_after_eight_tries_a_mentee_who_was_not_reached_is_in_the_queue(
    world: World, server: type[Server], as_carys: Client
) -> None:
    server.error = smtplib.SMTPRecipientsRefused({"bea.baker@example.org": (550, b"5.1.1 User unknown")})
    offer(world.bea, world.maya)
    worker_runs(MAX_ATTEMPTS - 1)
    assert unreached(world) == []
    worker_runs(1, at=NOW + timedelta(days=1))
    with clock.stopped(NOW + timedelta(days=2)):
        page = page_of(as_carys)
    assert "We could not reach Bea Baker" in page
    assert "The offer of mentors did not get to bea.baker@example.org." in page
    assert "The mail server says that this address takes no emails." in page
    assert "for 2 days" in page
    assert reverse("participant", args=[world.bea.ref]) in page
    assert "User unknown" not in page


def test_what_the_email_says_stays_between_us_and_the_reader(world: World, as_carys: Client) -> None:
    email = given_up(world.bea, world.maya)
    Email.objects.update(subject="SECRET subject", text="SECRET text", html="SECRET html", calendar="SECRET")
    page = page_of(as_carys)
    assert f"email-{email.ref}" in page
    assert "SECRET" not in page


def test_tried_again_it_waits_in_the_outbox_and_once_sent_the_queue_is_without_it(
    world: World, server: type[Server], as_carys: Client
) -> None:
    email = given_up(world.bea, world.maya)
    as_carys.post(DECIDE, {"decide": f"try_again:email-{email.ref}"})
    email.refresh_from_db()
    assert (email.state, unreached(world)) == (EmailState.QUEUED, [])
    worker_runs(1)
    email.refresh_from_db()
    assert (email.state, server.taken, unreached(world)) == (EmailState.SENT, ["bea.baker@example.org"], [])


def test_tried_again_in_vain_it_comes_back_with_the_reason_of_the_last_time(
    world: World, server: type[Server], as_carys: Client
) -> None:
    email = given_up(world.bea, world.maya)
    server.error = TimeoutError("timed out")
    as_carys.post(DECIDE, {"decide": f"try_again:email-{email.ref}"})
    worker_runs(MAX_ATTEMPTS)
    assert unreached(world) == ["Bea Baker"]
    assert "did not answer in time" in page_of(as_carys)


def test_left_it_is_gone_and_undo_brings_it_back(world: World, as_carys: Client) -> None:
    email = given_up(world.bea, world.maya)
    page = as_carys.post(DECIDE, {"decide": f"leave:email-{email.ref}"}, follow=True).content.decode()
    back = reverse("queue_email_back", args=[email.ref])
    assert unreached(world) == []
    assert f'action="{back}"' in page
    as_carys.post(back)
    assert unreached(world) == ["Bea Baker"]


def test_after_an_hour_without_the_mail_server_all_go_out_again_at_once(world: World, as_carys: Client) -> None:
    emails = [given_up(mentee, world.maya, Trouble.NO_SERVER) for mentee in world.mentees]
    selected = [f"email-{email.ref}" for email in emails]
    page = as_carys.post(reverse("queue_bulk"), {"do": "try_again", "selected": selected}, follow=True)
    assert "3 things done." in page.content.decode()
    assert set(Email.objects.values_list("state", flat=True)) == {EmailState.QUEUED}


def test_a_partner_who_runs_the_programme_sees_it_too(world: World, client: Client) -> None:
    given_up(world.bea, world.maya)
    client.force_login(world.piotr)
    assert "We could not reach Bea Baker" in page_of(client)


def test_the_coordinator_of_another_organisation_sees_and_decides_nothing(world: World, as_olu: Client) -> None:
    email = given_up(world.bea, world.maya)
    page = page_of(as_olu)
    assert "Bea" not in page
    assert LEAK not in page
    for do in ("try_again", "leave"):
        assert as_olu.post(DECIDE, {"decide": f"{do}:email-{email.ref}"}).status_code == 404
        bulk = {"do": do, "selected": [f"email-{email.ref}"]}
        as_olu.post(reverse("queue_bulk"), bulk)
    assert as_olu.post(reverse("queue_email_back", args=[email.ref])).status_code == 404
    email.refresh_from_db()
    assert email.state == EmailState.FAILED


def test_a_person_in_two_organisations_is_looked_for_only_by_the_one_that_wrote(world: World, as_olu: Client) -> None:
    with scope.within(world.elsewhere_scope):
        enter_participant(world.other_cohort, world.bea.person, Side.MENTEE, by=world.olu, at=NOW, details={})
    given_up(world.bea, world.maya)
    assert "We could not reach" not in page_of(as_olu)
    assert unreached(world) == ["Bea Baker"]


def test_a_code_to_sign_in_is_in_nobodys_queue(world: World, server: type[Server], as_carys: Client) -> None:
    server.error = ConnectionRefusedError()
    Client().post(reverse("account_login"), {"email": world.bea.person.email})
    worker_runs(MAX_ATTEMPTS)
    assert (last_email_to(world.bea).kind, last_email_to(world.bea).state) == ("sign_in", EmailState.FAILED)
    assert unreached(world) == []
    sign_in = last_email_to(world.bea)
    assert as_carys.post(DECIDE, {"decide": f"try_again:email-{sign_in.ref}"}).status_code == 404


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_words(world: World, as_carys: Client, trouble: Trouble) -> None:
    given_up(world.bea, world.maya, trouble)
    assert str(TROUBLES[trouble]) in page_of(as_carys)


def test_every_email_to_a_participant_has_words() -> None:
    written = {folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()} - {"letter"}
    sending = re.compile(r'\b(?:send|_ask_referee|_write)\(\s*"(\w+)"')
    # To leads, stewards, assessors, coordinators, and whoever tells a story: about no participant, so in no queue.
    others = ("concern", "assessment", "directory", "story")
    files = set(JOURNEYS.glob("*emails.py")) - {JOURNEYS / f"{name}_emails.py" for name in others}
    letters = {kind for file in files for kind in sending.findall(file.read_text())}
    assert letters
    assert written | letters == set(EMAILS)


def test_three_emails_take_no_more_questions_than_one(world: World, as_carys: Client) -> None:
    for mentee in world.mentees:
        offer(mentee, world.maya)
    emails = list(Email.objects.order_by("pk"))
    Email.objects.filter(pk=emails[0].pk).update(state=EmailState.FAILED)
    with_one = queries_of(as_carys, QUEUE)
    Email.objects.update(state=EmailState.FAILED)
    assert queries_of(as_carys, QUEUE) == with_one
    assert sorted(unreached(world)) == ["Bea Baker", "Dai Davies", "Farah Farouk"]


def test_emails_written_before_participants_were_noted_find_theirs(world: World) -> None:
    email = given_up(world.bea, world.maya)
    namesake = enter_participant(world.cohort, person("Gwen Green"), Side.MENTEE, by=world.carys, at=NOW, details={})
    gone = given_up(namesake, world.maya)
    Email.objects.update(participant_id=None)
    Email.objects.filter(pk=gone.pk).update(to="nobody@example.org")
    migration = import_module("alongside.notifications.migrations.0003_know_the_participants_of_emails")
    migration.name_participants(apps, None)
    assert unreached(world) == ["Bea Baker"]
    assert Email.objects.get(pk=email.pk).participant_id == world.bea.pk


class TestAboutApplications:
    """An email to whoever applied, or to their referee, waits for those who read the application."""

    def lost(self, to: str) -> Email:
        email = Email.objects.filter(to=to).latest("pk")
        email.state, email.attempts, email.trouble = EmailState.FAILED, MAX_ATTEMPTS, Trouble.NO_SUCH_ADDRESS
        email.save()
        return email

    def applied(self, world: World) -> Application:
        let_apply(world, steps=[{"id": "refs", "title": "References", "kind": "references"}])
        application = begun(world)
        applying.name_referees(application, [applying.Referee("Ref Eree", "ref@example.org")], at=NOW)
        journey.send(application, by=application.person, at=NOW)
        return application

    def test_applicant_and_referee_are_in_the_queue(self, world: World, as_carys: Client) -> None:
        application = self.applied(world)
        applicant = self.lost(application.person.email)
        self.lost("ref@example.org")
        assert sorted(unreached(world)) == ["Ada Applicant", "Ref Eree"]
        page = page_of(as_carys)
        assert "We could not reach Ref Eree" in page
        assert "The question for a reference did not get to ref@example.org" in page
        assert f'href="{reverse("application", args=[application.ref])}"' in page
        assert SECRET not in page
        as_carys.post(DECIDE, {"decide": f"try_again:email-{applicant.ref}"})
        assert unreached(world) == ["Ref Eree"]
        applicant.refresh_from_db()
        assert applicant.state == EmailState.QUEUED
        entry = Entry.objects.get(verb="try_email_again")
        assert (entry.thing_kind, entry.thing_ref) == ("Application", application.ref)

    def test_one_that_is_not_sent_is_nobodys_to_know_of(self, world: World) -> None:
        let_apply(world)
        application = begun(world)
        remind_of_draft(application, at=NOW)
        self.lost(application.person.email)
        assert unreached(world) == []

    def test_nobody_elsewhere_sees_or_decides_it(self, world: World, client: Client) -> None:
        application = self.applied(world)
        email = self.lost(application.person.email)
        for who in (world.olu, world.stella):
            client.force_login(who)
            assert "Ada Applicant" not in client.get(QUEUE).content.decode()
            assert client.post(DECIDE, {"decide": f"leave:email-{email.ref}"}).status_code == 404
        email.refresh_from_db()
        assert email.state == EmailState.FAILED

    def test_it_takes_no_more_queries_with_three_than_with_one(self, world: World, as_carys: Client) -> None:
        application = self.applied(world)
        email = self.lost(application.person.email)
        few = queries_of(as_carys, QUEUE)
        for _more in range(2):
            email.pk, email.ref = None, new_ref()
            email.save(force_insert=True)
        assert queries_of(as_carys, QUEUE) == few
