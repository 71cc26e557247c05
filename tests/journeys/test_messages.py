"""Messages that go out by email, and answers that come in by email."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from alongside.journeys import receive_email as receiving
from alongside.journeys.receive_email import Outcome, receive_email
from alongside.journeys.send_message import send_message
from alongside.kernel import scope
from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import Ending
from alongside.messaging.actions import Upload, delete_message
from alongside.messaging.models import Message, Received
from alongside.notifications import transport
from alongside.notifications.models import Email
from tests.asked import emails_to, last_email_to
from tests.files import PDF
from tests.messaging.test_incoming import PIECES
from tests.paired import SECRET, inside, member_in, pair
from tests.world import LEAK, NOW, World

BEA, MAYA = "bea.baker@example.org", "maya.mentor@example.org"


@pytest.fixture(autouse=True)
def _place(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.REPLY_DOMAIN = tmp_path, "reply.example.org"


@pytest.fixture
def mentorship(world: World) -> Iterator[Mentorship]:
    made = pair(world.maya, world.bea)
    with inside(made):
        yield made


@pytest.fixture
def maya(world: World, mentorship: Mentorship) -> Member:
    return member_in(mentorship, world.maya)


@pytest.fixture
def address(world: World, maya: Member) -> str:
    """Where Bea answers a message of Maya's."""
    send_message(by=maya, text="What about Tuesday?", at=NOW)
    return last_email_to(world.bea).reply_to


def answer(text: str = SECRET, sender: str = BEA, name: str = "<1@example.org>", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Message-ID"] = sender, name
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(text)
    return message


def receive(message: EmailMessage, address: str) -> Outcome:
    """Receive as the worker does: with no scope of its own."""
    with scope.within(scope.Scope()):
        return receive_email(message.as_bytes(), address, at=NOW)


def texts() -> list[str]:
    return [message.text for message in Message.objects.order_by("pk")]


class TestSending:
    def test_each_reader_gets_it_by_email_and_its_subject_tells_nothing(self, world: World, maya: Member) -> None:
        send_message(by=maya, text=SECRET, uploads=[Upload("plan SECRET.pdf", PDF)], at=NOW)
        email = last_email_to(world.bea)
        assert (email.subject, email.private, email.text, email.html) == ("Maya Mentor wrote to you", True, "", "")
        assert SECRET in email.body.text
        assert SECRET in email.body.html
        assert "plan SECRET.pdf" in email.body.text
        assert f"/mentorships/{maya.mentorship.ref}/messages/" in email.body.text
        assert b"SECRET" not in bytes(email.sealed)
        assert emails_to(world.maya) == []
        sent = transport.as_message(email).message()
        assert sent["Reply-To"] == email.reply_to
        assert sent["Auto-Submitted"] == "auto-generated"

    def test_without_an_address_for_answers_it_says_where_to_answer(
        self, world: World, maya: Member, settings: Settings
    ) -> None:
        settings.REPLY_DOMAIN = ""
        send_message(by=maya, text="x", at=NOW)
        email = last_email_to(world.bea)
        assert email.reply_to == ""
        assert "Answer on the page" in email.body.text

    def test_what_is_for_two_goes_to_nobody_else(self, world: World) -> None:
        group = pair(world.maya, world.marcus, world.bea)
        with inside(group):
            author, bea = member_in(group, world.maya), member_in(group, world.bea)
            send_message(by=author, text=SECRET, for_all=False, readers=[bea], at=NOW)
        assert emails_to(world.bea) == ["tell_of_message"]
        assert emails_to(world.marcus) == []

    def test_a_mentor_writes_to_all_of_theirs_and_nobody_sees_who_else_got_it(self, world: World, maya: Member) -> None:
        other = pair(world.maya, world.dai)
        with scope.within(scope.Scope.of(programmes=[other.programme_id], mentorships=[other.pk, maya.mentorship_id])):
            also = member_in(other, world.maya)
            send_message(by=maya, text=SECRET, uploads=[Upload("a.pdf", PDF)], also=[also], at=NOW)
            assert Message.objects.count() == 2
        for one, another in ((world.bea, "Dai"), (world.dai, "Bea")):
            email = last_email_to(one)
            assert SECRET in email.body.text
            assert another not in email.body.text + email.body.html


class TestAnsweringByEmail:
    def test_an_answer_stands_in_the_thread_and_goes_to_the_other(self, world: World, address: str) -> None:
        text = f"{SECRET}\n\nOn Mon, 9 Mar 2026 at 09:00, Alongside <hello@x.org> wrote:\n\n> What about Tuesday?\n"
        assert receive(answer(text), address) == Outcome.TAKEN
        assert texts() == ["What about Tuesday?", SECRET]
        assert SECRET in last_email_to(world.maya).body.text
        assert "Tuesday" not in last_email_to(world.maya).body.text

    def test_the_same_email_twice_is_one_message(self, world: World, address: str) -> None:
        assert receive(answer(), address) == Outcome.TAKEN
        assert receive(answer(), address) == Outcome.REPEATED
        assert receive(answer(name="<2@example.org>"), address) == Outcome.TAKEN
        assert texts() == ["What about Tuesday?", SECRET, SECRET]
        assert emails_to(world.maya) == ["tell_of_message", "tell_of_message"]

    def test_one_whose_taking_broke_off_is_taken_when_it_comes_again(
        self, world: World, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(**details: object) -> None:
            raise OperationalError("database is locked")

        with monkeypatch.context() as patched:
            patched.setattr(receiving, "send_message", killed)
            with pytest.raises(OperationalError):
                receive(answer(), address)
        assert not Received.objects.exists()
        assert receive(answer(), address) == Outcome.TAKEN
        assert texts() == ["What about Tuesday?", SECRET]

    def test_from_another_address_it_is_not_theirs_and_whoever_it_is_learns_nobodys_name(
        self, world: World, address: str
    ) -> None:
        assert receive(answer(sender="Bea Baker <bea@elsewhere.example>"), address) == Outcome.NOT_THEIRS
        assert texts() == ["What about Tuesday?"]
        told = Email.objects.get(to="bea@elsewhere.example")
        assert "did not arrive" in told.subject
        said = told.text + told.html + told.subject
        assert not any(name in said for name in ("Maya", "Bea", "Carys", "Harbour", LEAK, SECRET))
        assert receive(answer(sender=MAYA, name="<3@x.org>"), address) == Outcome.NOT_THEIRS
        assert receive(answer(), address) == Outcome.TAKEN, "sent again as it was, from the address we know"

    @pytest.mark.parametrize(
        ("header", "value"), [("Auto-Submitted", "auto-replied"), ("X-Autoreply", "yes"), ("Precedence", "bulk")]
    )
    @pytest.mark.parametrize("sender", [BEA, "mailer-daemon@example.org", "somebody@example.org"])
    def test_a_machine_is_neither_heard_nor_answered(
        self, world: World, address: str, sender: str, header: str, value: str
    ) -> None:
        before = Email.objects.count()
        assert receive(answer(sender=sender, **{header: value}), address) == Outcome.IGNORED
        assert texts() == ["What about Tuesday?"]
        assert Email.objects.count() == before

    def test_a_mailer_that_says_nothing_of_itself_is_not_answered_either(self, address: str) -> None:
        before = Email.objects.count()
        assert receive(answer(sender="MAILER-DAEMON@mail.example.org"), address) == Outcome.IGNORED
        assert Email.objects.count() == before

    def test_one_of_html_alone_is_read_without_its_quotes(self, address: str) -> None:
        message = EmailMessage()
        message["From"], message["Message-ID"] = BEA, "<h@example.org>"
        quoted = "<div>On Mon, 9 Mar 2026, Maya &lt;m@x.org&gt; wrote:</div><blockquote>Tuesday?</blockquote>"
        page = f"<p>{SECRET}</p>{quoted}"
        message.set_content(page, subtype="html")
        assert receive(message, address) == Outcome.TAKEN
        assert texts()[1] == SECRET

    def test_files_come_with_it_and_those_we_do_not_take_are_said(self, world: World, address: str) -> None:
        message = answer()
        message.add_attachment(PDF, maintype="application", subtype="pdf", filename="plan.pdf")
        message.add_attachment(b"MZ\0\0", maintype="application", subtype="pdf", filename="invoice.pdf")
        assert receive(message, address) == Outcome.TAKEN
        assert [each.name for each in Message.objects.order_by("pk").last().attachments.all()] == ["plan.pdf"]
        told = last_email_to(world.bea)
        assert told.kind == "tell_files_were_left_out"
        assert "invoice.pdf: This is not a kind of file we take" in told.body.text

    def test_more_files_than_go_with_one_message_are_said(self, world: World, address: str) -> None:
        message = answer()
        for number in range(7):
            message.add_attachment(PDF, maintype="application", subtype="pdf", filename=f"{number}.pdf")
        assert receive(message, address) == Outcome.TAKEN
        assert Message.objects.order_by("pk").last().attachments.count() == 5
        assert "6.pdf: Five files" in last_email_to(world.bea).body.text

    def test_nothing_but_quotes_is_said_to_be_nothing(self, world: World, address: str) -> None:
        assert receive(answer("> What about Tuesday?\n"), address) == Outcome.NOT_KEPT
        assert "no words of yours" in last_email_to(world.bea).body.text

    def test_after_the_end_it_is_said_that_nothing_is_added(
        self, world: World, mentorship: Mentorship, address: str
    ) -> None:
        end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
        assert receive(answer(), address) == Outcome.NOT_KEPT
        assert "has ended" in last_email_to(world.bea).body.text
        assert texts() == ["What about Tuesday?"]

    def test_an_answer_to_what_was_for_two_is_for_these_two(self, world: World) -> None:
        group = pair(world.maya, world.marcus, world.bea)
        with inside(group):
            author, bea = member_in(group, world.maya), member_in(group, world.bea)
            asked = send_message(by=author, text="Between us", for_all=False, readers=[bea], at=NOW)
            address = last_email_to(world.bea).reply_to
            delete_message(asked, at=NOW)
            assert receive(answer(), address) == Outcome.TAKEN
            written = Message.objects.order_by("pk").last()
            assert not written.for_all
            assert list(written.readers.all()) == [author]
        assert emails_to(world.marcus) == []

    def test_what_cannot_be_read_or_is_to_nobody_is_refused(self, address: str) -> None:
        assert receive(answer(), "reply+nobody@reply.example.org") == Outcome.NOT_KNOWN
        bad = (
            b"From: x\nContent-Type: multipart/mixed; boundary=a\n\n--a\n" + b"Content-Type: message/rfc822\n\n" * 5000
        )
        with scope.within(scope.Scope()):
            assert receive_email(bad, address, at=NOW) in {Outcome.NOT_READABLE, Outcome.NOT_THEIRS}
        assert texts() == ["What about Tuesday?"]

    @hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)), max_size=30), st.booleans())
    def test_any_bytes_come_to_an_end_that_has_a_name(self, address: str, pieces: list[bytes], hers: bool) -> None:
        start = f"From: {BEA}\n".encode() if hers else b""
        with scope.within(scope.Scope()):
            assert receive_email(start + b"".join(pieces), address, at=NOW) in set(Outcome)

    def test_it_is_taken_in_its_own_mentorship_alone(self, world: World, address: str) -> None:
        pair(world.nia, world.dai)
        with scope.within(world.elsewhere_scope):
            assert receive_email(answer().as_bytes(), address, at=NOW) == Outcome.TAKEN
            assert not Message.objects.exists()
        assert Message.unscoped.count() == 2
