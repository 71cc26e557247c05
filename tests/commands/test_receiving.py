"""Answers by email, through a real server on a free port."""

import logging
import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.db import OperationalError, connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from alongside.commands import receiving
from alongside.journeys.receive_email import Outcome
from alongside.journeys.send_message import send_message
from alongside.mentorships.models import Mentorship
from alongside.messaging.models import Message
from alongside.messaging.quoting import MARKER
from tests.asked import emails_to, last_email_to
from tests.files import PDF
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
BEA = "bea.baker@example.org"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a server that receives."""
    server = receiving.receiver("127.0.0.1", free_port())
    server.start()
    yield server.port
    server.stop()


@pytest.fixture
def mentorship(world: World, settings: Settings, tmp_path: Path) -> Mentorship:
    settings.MEDIA_ROOT, settings.REPLY_DOMAIN = tmp_path, "reply.example.org"
    return pair(world.maya, world.bea)


@pytest.fixture
def address(world: World, mentorship: Mentorship) -> str:
    with inside(mentorship):
        send_message(by=member_in(mentorship, world.maya), text="What about Tuesday?", at=NOW)
    return last_email_to(world.bea).reply_to


def answer(text: str = SECRET, name: str = "<1@example.org>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Message-ID"], message["Subject"] = BEA, name, "Re: Maya Mentor wrote to you"
    message.set_content(text)
    return message


def send(port: int, message: EmailMessage, *to: str) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP("127.0.0.1", port) as server:
        return server.send_message(message, BEA, list(to))


def texts(mentorship: Mentorship) -> list[str]:
    with inside(mentorship):
        return [message.text for message in Message.objects.order_by("pk")]


def test_an_answer_by_email_is_a_message_when_the_server_says_taken(
    world: World, mentorship: Mentorship, address: str, port: int
) -> None:
    message = answer(
        f"{SECRET}\n\nOn Mon, 9 Mar 2026 at 09:00, Alongside <hello@x.org> wrote:\n> What about Tuesday?\n"
    )
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="plan.pdf")
    assert send(port, message, address) == {}
    assert texts(mentorship) == ["What about Tuesday?", SECRET]
    assert emails_to(world.maya) == ["tell_of_message"]
    assert last_email_to(world.maya).body.text.startswith(f"— {MARKER} —")
    assert send(port, message, address.upper()) == {}
    assert len(texts(mentorship)) == 2


def test_two_servers_given_the_same_email_at_once_make_one_message_of_it(
    world: World, mentorship: Mentorship, address: str, port: int
) -> None:
    second = receiving.receiver("127.0.0.1", free_port())
    second.start()
    answers: list[int] = []

    def hand_in(to: int) -> None:
        try:
            send(to, answer(), address)
            answers.append(250)
        except smtplib.SMTPDataError as refusal:
            answers.append(refusal.smtp_code)

    try:
        hands = [threading.Thread(target=hand_in, args=(to,)) for to in (port, second.port, port, second.port)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    finally:
        second.stop()
    assert set(answers) <= {250, 451}
    send(port, answer(), address)  # as a server does that was told to come again
    assert texts(mentorship) == ["What about Tuesday?", SECRET]


def test_an_address_that_was_not_made_here_is_refused(mentorship: Mentorship, address: str, port: int) -> None:
    for unknown in ("hello@reply.example.org", "reply+abc@reply.example.org", address.replace("@reply.", "@other.")):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
            send(port, answer(), unknown)
        ((code, words),) = refusal.value.recipients.values()
        assert code == 550
        assert b"Answer on the page" in words
    refused = send(port, answer(), "hello@reply.example.org", address)
    assert list(refused) == ["hello@reply.example.org"]
    assert texts(mentorship) == ["What about Tuesday?", SECRET]


def test_what_is_too_large_is_refused_with_the_size_in_words(mentorship: Mentorship, address: str, port: int) -> None:
    message = answer("x" * 70 + "\n" + ("y" * 70 + "\n") * (receiving.LARGEST // 71 + 10))
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        assert server.esmtp_features["size"] == str(receiving.LARGEST)
        with pytest.raises(smtplib.SMTPSenderRefused) as announced:
            server.send_message(message, BEA, [address])
        assert (announced.value.smtp_code, b"10 MB" in bytes(announced.value.smtp_error)) == (552, True)
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        server.mail(BEA)
        server.rcpt(address)
        code, words = server.data(message.as_bytes(policy=SMTP))
        assert (code, b"10 MB" in words) == (552, True)
    assert texts(mentorship) == ["What about Tuesday?"]


@pytest.mark.parametrize("trouble", [OperationalError("database is locked"), RuntimeError("a fault of ours")])
def test_while_the_database_is_busy_the_other_server_is_asked_to_come_again(
    mentorship: Mentorship,
    address: str,
    port: int,
    trouble: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def busy(*given: object, **named: object) -> Outcome:
        raise trouble

    with monkeypatch.context() as patched, caplog.at_level(logging.CRITICAL):
        patched.setattr(receiving, "receive_email", busy)
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            send(port, answer(), address)
        assert refusal.value.smtp_code == 451
        patched.setattr(receiving, "is_known", busy)
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            send(port, answer(), address)
        assert refused.value.recipients[address][0] == 451
    send(port, answer(), address)
    assert texts(mentorship) == ["What about Tuesday?", SECRET]


@pytest.fixture
def raw(address: str, port: int) -> tuple[int, str]:
    return port, address


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([b"MAIL FROM:<a@b>", b"RCPT TO:<x>", b"DATA", b".", b"\xff\0", b"RSET", b"a: b", b""])))
def test_any_lines_leave_it_standing(raw: tuple[int, str], lines: list[bytes]) -> None:
    port, _ = raw
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"\r\n".join([b"EHLO x", *lines, b".", b"QUIT", b""]))
        while line.recv(4096):
            pass
    with smtplib.SMTP("127.0.0.1", port) as server:
        assert server.noop()[0] == 250


def certificate(folder: Path, name: str = "reply.example.org") -> tuple[Path, Path]:
    """A certificate made by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(1)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.not_valid_before(datetime(2000, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


class TestOverTls:
    @pytest.fixture(autouse=True)
    def _certificate(self, settings: Settings, tmp_path: Path) -> None:
        settings.INBOUND_CERTIFICATE, settings.INBOUND_KEY = certificate(tmp_path)

    @contextmanager
    def sealed(self, port: int, trusted: Path) -> Iterator[smtplib.SMTP]:
        """A line that is sealed, to a server whose certificate is looked at."""
        with smtplib.SMTP("127.0.0.1", port) as server:
            server._host = "reply.example.org"  # type: ignore[attr-defined]
            server.starttls(context=ssl.create_default_context(cafile=str(trusted)))
            yield server

    def test_an_answer_comes_sealed(self, mentorship: Mentorship, address: str, settings: Settings, port: int) -> None:
        with self.sealed(port, settings.INBOUND_CERTIFICATE) as server:
            assert isinstance(server.sock, ssl.SSLSocket)
            assert server.send_message(answer(), BEA, [address]) == {}
        assert texts(mentorship) == ["What about Tuesday?", SECRET]

    def test_servers_without_tls_are_heard_too(self, mentorship: Mentorship, address: str, port: int) -> None:
        assert send(port, answer(), address) == {}

    def test_a_renewed_certificate_is_read_by_itself_and_a_broken_one_is_not(
        self, settings: Settings, port: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        before = tmp_path / "before.pem"
        before.write_bytes(settings.INBOUND_CERTIFICATE.read_bytes())
        certificate(tmp_path)
        os.utime(settings.INBOUND_KEY, (1, 2_000_000_000))
        with pytest.raises(ssl.SSLCertVerificationError), self.sealed(port, before):
            pass
        with self.sealed(port, settings.INBOUND_CERTIFICATE) as server:
            assert server.noop()[0] == 250
        renewed = tmp_path / "renewed.pem"
        renewed.write_bytes(settings.INBOUND_CERTIFICATE.read_bytes())
        settings.INBOUND_CERTIFICATE.write_text("half of it")
        os.utime(settings.INBOUND_CERTIFICATE, (1, 2_100_000_000))
        with caplog.at_level(logging.CRITICAL), self.sealed(port, renewed) as server:
            assert server.noop()[0] == 250


def test_without_a_certificate_no_tls_is_promised(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        assert not server.has_extn("starttls")


def test_where_no_address_is_set_nothing_receives(settings: Settings) -> None:
    settings.INBOUND_HOST = ""
    before = threading.active_count()
    receiving.keep_receiving()
    assert threading.active_count() == before


def test_of_two_workers_on_a_machine_the_second_takes_over_when_the_first_is_gone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INBOUND_HOST, settings.INBOUND_PORT = "127.0.0.1", free_port()
    first = receiving.receiver(settings.INBOUND_HOST, settings.INBOUND_PORT)
    first.start()
    waited = threading.Event()
    started: list[object] = []

    def wait(seconds: float) -> None:
        waited.set()
        first.stop()

    class Noted(receiving._Controller):
        def start(self) -> None:
            super().start()
            started.append(self)

    monkeypatch.setattr(receiving.time, "sleep", wait)
    monkeypatch.setattr(receiving, "_Controller", Noted)
    receiving._keep_trying()
    assert waited.is_set()
    (second,) = started
    with smtplib.SMTP("127.0.0.1", settings.INBOUND_PORT) as server:
        assert server.noop()[0] == 250
    second.stop()  # type: ignore[attr-defined]
    connection.close()
