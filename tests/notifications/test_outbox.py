"""The outbox loses nothing and sends nothing twice."""

from datetime import timedelta

import pytest

from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.notifications import outbox, transport
from alongside.notifications.actions import MAX_ATTEMPTS, claim_email, leave, queue_email, take_up, try_again
from alongside.notifications.models import Body, Email
from alongside.notifications.states import EmailState, Trouble
from tests.world import NOW


@pytest.fixture(autouse=True)
def _a_way_out(settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"


@pytest.fixture
def email(db) -> Email:
    return queue_email(Body("Hello Maya"), kind="test", to="maya@example.org", subject="Hello", at=NOW)


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """What went out."""
    gone: list[str] = []
    monkeypatch.setattr(transport, "send", lambda email: gone.append(email.to))
    return gone


def test_what_waits_goes_out_once(email: Email, sent: list[str]) -> None:
    assert outbox.send_due(at=NOW) == 1
    assert outbox.send_due(at=NOW) == 0
    email.refresh_from_db()
    assert (sent, email.state, email.sent_at) == (["maya@example.org"], EmailState.SENT, NOW)


def test_an_email_another_worker_took_is_left_to_it(email: Email, sent: list[str]) -> None:
    claim_email(Email.objects.get(pk=email.pk), at=NOW)
    assert outbox._send(email, at=NOW) is False
    assert sent == []


def test_a_server_that_is_away_is_tried_again_later_and_later(email: Email, monkeypatch) -> None:
    def away(email: Email) -> None:
        raise transport.NotSent(Trouble.NO_SERVER)

    monkeypatch.setattr(transport, "send", away)
    outbox.send_due(at=NOW)
    email.refresh_from_db()
    first = email.not_before
    assert (email.state, email.attempts) == (EmailState.QUEUED, 1)
    assert outbox.send_due(at=NOW) == 0
    outbox.send_due(at=first)
    email.refresh_from_db()
    assert email.not_before - first > first - NOW


def test_after_the_last_attempt_an_email_waits_for_a_person(email: Email, monkeypatch) -> None:
    def away(email: Email) -> None:
        raise transport.NotSent(Trouble.NO_SERVER)

    monkeypatch.setattr(transport, "send", away)
    Email.objects.update(attempts=MAX_ATTEMPTS - 1)
    outbox.send_due(at=NOW)
    email.refresh_from_db()
    assert (email.state, email.trouble) == (EmailState.FAILED, Trouble.NO_SERVER)


def test_that_an_email_is_given_up_is_in_the_log_without_the_address(
    email: Email, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody's queue holds the emails to sign in: the operator reads of them here."""
    outbox.send_due(at=NOW)
    assert caplog.text == ""
    Email.objects.update(attempts=MAX_ATTEMPTS - 1, not_before=None, kind="sign_in")
    outbox.send_due(at=NOW)
    assert f"Email {email.ref} (sign_in) is given up: no_server, ConnectionRefusedError" in caplog.text
    assert email.to not in caplog.text


def test_what_was_wrong_is_forgotten_once_an_email_has_gone_out(email: Email, sent: list[str]) -> None:
    Email.objects.update(trouble=Trouble.NO_ANSWER, attempts=3)
    outbox.send_due(at=NOW)
    email.refresh_from_db()
    assert (email.state, email.trouble) == (EmailState.SENT, Trouble.UNKNOWN)


def test_only_an_email_that_was_given_up_can_be_tried_again_or_left(email: Email) -> None:
    for move in (try_again, leave, take_up):
        with pytest.raises(MoveNotAllowed):
            move(email)


def test_what_a_killed_worker_took_is_sent_by_another(email: Email, sent: list[str]) -> None:
    claim_email(email, at=NOW)
    assert outbox.take_back_abandoned(at=NOW + timedelta(minutes=1)) == 0
    assert outbox.take_back_abandoned(at=NOW + outbox.ABANDONED_AFTER) == 1
    outbox.send_due(at=NOW + outbox.ABANDONED_AFTER)
    assert sent == ["maya@example.org"]


def test_an_email_that_was_rolled_back_is_never_sent(db, sent: list[str]) -> None:
    from django.db import transaction

    with transaction.atomic():
        queue_email(Body("Hello"), kind="test", to="maya@example.org", subject="Hello", at=NOW)
        transaction.set_rollback(True)
    assert outbox.send_due(at=NOW) == 0


def test_a_message_carries_plain_text_html_and_the_invitation(db) -> None:
    body = Body("Text", "<p>Html</p>", "BEGIN:VCALENDAR")
    email = queue_email(body, kind="test", to="m@example.org", subject="Hi", at=NOW)
    kinds = [part.get_content_type() for part in transport.as_message(email).message().walk()]
    assert {"text/plain", "text/html", "text/calendar"} <= set(kinds)


def test_without_a_way_out_emails_wait(email: Email, settings) -> None:
    settings.SMTP_URL = ""
    assert outbox.send_due(at=NOW) == 0
    email.refresh_from_db()
    assert email.state == EmailState.QUEUED


def test_a_server_that_cannot_be_reached_is_not_an_error_of_ours(email: Email) -> None:
    with pytest.raises(transport.NotSent):
        transport.send(email)


def test_an_email_that_cannot_be_written_is_given_up_and_the_others_go_out(
    email: Email, monkeypatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = queue_email(Body("Hello Bea"), kind="test", to="bea@example.org", subject="Hello", at=NOW)

    def send(email: Email) -> None:
        if email.to == "maya@example.org":
            raise UnicodeError("no such address")

    monkeypatch.setattr(transport, "send", send)
    assert outbox.send_due(at=NOW) == 1
    email.refresh_from_db()
    other.refresh_from_db()
    assert (email.state, other.state) == (EmailState.FAILED, EmailState.SENT)
    assert email.trouble == Trouble.NOT_WRITTEN
    assert email.ref in caplog.text


def test_what_is_private_is_sealed_until_it_is_sent_and_gone_then(db, sent: list[str]) -> None:
    body = Body("A secret between us", "<p>A secret between us</p>")
    email = queue_email(body, kind="test", to="m@example.org", subject="A message for you", private=True, at=NOW)
    email.refresh_from_db()
    assert email.body == body
    assert not email.text
    assert not email.html
    assert b"secret" not in bytes(email.sealed)
    outbox.send_due(at=NOW)
    email.refresh_from_db()
    assert email.state == EmailState.SENT
    assert (bytes(email.sealed), email.body) == (b"", Body(""))


def test_an_email_has_the_same_name_however_often_it_is_sent_and_another_has_another(email: Email) -> None:
    other = queue_email(Body("Hello"), kind="test", to="maya@example.org", subject="Hello", at=NOW)
    names = [
        transport.as_message(each).message()["Message-ID"] for each in (email, Email.objects.get(pk=email.pk), other)
    ]
    assert names == [f"<{each.ref}@testserver>" for each in (email, email, other)]


def test_a_few_emails_are_taken_at_a_time_so_that_none_is_taken_for_abandoned(email: Email, sent: list[str]) -> None:
    for number in range(outbox.AT_ONCE):
        queue_email(Body("Hello"), kind="test", to=f"{number}@example.org", subject="Hello", at=NOW)
    assert outbox.send_due(at=NOW) == outbox.AT_ONCE
    eight_answers = 8 * timedelta(seconds=transport.connection().timeout)
    assert outbox.AT_ONCE * eight_answers < outbox.ABANDONED_AFTER
