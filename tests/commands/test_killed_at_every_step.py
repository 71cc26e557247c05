"""Whoever works is killed at a chosen step of every kind of job, as a power cut would: nothing is lost or done twice.

What cannot be known is the one exception: whether a mail server took an email of which we did not hear that it did. It
goes out again then, under the same Message-ID, by which mail servers and programs show one of the two.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config import throw_away
from tests.commands.killed import Installation
from tests.commands.test_receiving import free_port
from tests.paired import SECRET

pytestmark = pytest.mark.slow


class Mailbox:
    """A mail server: the Message-IDs of what it took, by address."""

    def __init__(self) -> None:
        self.taken: dict[str, list[str]] = defaultdict(list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        for to in envelope.rcpt_tos:
            self.taken[to].append(message_from_bytes(envelope.original_content or b"")["Message-ID"])
        return "250 Taken"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Controller]:
    server = Controller(Mailbox(), hostname="127.0.0.1", port=free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def installation(mailbox: Controller, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of its own, on the kind of database that the tests run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
    with ExitStack() as stack:
        if os.environ.get("ALONGSIDE_TEST_DATABASE") == "postgresql":
            kept["DATABASE_URL"] = stack.enter_context(throw_away.database())
        made = Installation(
            {
                **kept,
                "ALONGSIDE_STATE": str(tmp_path_factory.mktemp("state")),
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "ALONGSIDE_SMTP_URL": "smtp://127.0.0.1:1",
                "ALONGSIDE_REPLY_DOMAIN": "reply.example.org",
                "MAIL_SERVER_PORT": str(mailbox.port),
                "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            }
        )
        stack.callback(made.close)
        made.do("build")
        yield made


OUTBOX = "alongside.notifications.outbox"


@pytest.mark.parametrize(
    ("at", "after", "times"),
    [
        (f"{OUTBOX}:claim_email", False, 1),
        (f"{OUTBOX}:claim_email", True, 1),
        (f"{OUTBOX}:transport.send", False, 1),
        (f"{OUTBOX}:mark_sent", False, 2),
        (f"{OUTBOX}:mark_sent", True, 1),
    ],
)
def test_an_email_goes_out_once_and_where_nobody_can_know_again_under_its_name(
    installation: Installation, mailbox: Controller, at: str, after: bool, times: int
) -> None:
    to = f"{at.split(':')[1]}.{after}@example.org"
    installation.do("put_into_outbox", to)
    installation.kill("send_due", at=at, after=after)
    for _again in range(2):
        installation.do("send_due_later")
    taken = mailbox.handler.taken[to]
    assert (len(taken), len(set(taken))) == (times, 1)
    assert installation.do("state_of_email", to) == "sent"


@pytest.mark.parametrize(
    ("at", "after", "time"),
    [
        ("alongside.journeys.tasks:work_out", False, 1),
        ("alongside.journeys.match_cohort:note_progress", True, 2),
        ("alongside.journeys.match_cohort:finish_calculation", False, 1),
        ("alongside.matching.calculations:keep_version", True, 1),
        ("alongside.journeys.tasks:work_out", True, 1),
    ],
)
def test_a_matching_is_on_the_board_once(installation: Installation, at: str, after: bool, time: int) -> None:
    asked = installation.do("ask_for_matching", f"{at.split(':')[1]}.{after}")
    installation.kill("work_off", at=at, after=after, time=time)
    installation.do("work_off_later")
    assert installation.do("look_at_matching", asked) == ["done", 1, True]


@pytest.mark.parametrize(
    ("at", "after", "time"),
    [
        ("alongside.journeys.send_offers:make_planned_offers", True, 1),
        ("alongside.journeys.send_offers:make_planned_offers", False, 2),
        ("alongside.journeys.send_offers:sendings.finish_sending", False, 1),
        ("alongside.journeys.send_offers:sendings.finish_sending", True, 1),
    ],
)
def test_every_mentee_is_offered_mentors_once(installation: Installation, at: str, after: bool, time: int) -> None:
    asked = installation.do("ask_for_sending", f"{at.rpartition('.')[2].replace(':', '.')}.{after}.{time}")
    installation.kill("work_off", at=at, after=after, time=time)
    installation.do("work_off_later")
    assert installation.do("look_at_sending", asked) == ["done", [[1, 1]] * 4]


APPLICATIONS = "alongside.applications"


@pytest.mark.parametrize("by", ["take_step", "work_off"])
@pytest.mark.parametrize(
    ("at", "after"),
    [
        ("actions:_dry_run", True),
        ("actions:enter_participants", True),
        ("actions:_finish", True),
        ("actions:SheetImport.file.field.attr_class.delete", False),
    ],
)
def test_a_spreadsheet_is_imported_once_whoever_is_killed(
    installation: Installation, by: str, at: str, after: bool
) -> None:
    begun = installation.do("begin_import", f"{at.rpartition(':')[2].rpartition('.')[2]}.{by}", "importing")
    if by == "work_off":
        installation.do("queue_step", begun)
    installation.kill(by, *([begun] if by == "take_step" else []), at=f"{APPLICATIONS}.{at}", after=after)
    installation.do("take_steps_cut_short")
    assert installation.do("look_at_import", begun) == ["imported", 2, 2, False]


@pytest.mark.parametrize(
    ("step", "at", "then"), [("reading", "_workbook", "read"), ("checking", "_dry_run", "checked")]
)
def test_an_import_does_not_hang_where_the_server_was_killed(
    installation: Installation, step: str, at: str, then: str
) -> None:
    begun = installation.do("begin_import", step, step)
    installation.kill("take_step", begun, at=f"{APPLICATIONS}.actions:{at}", after=True)
    assert installation.do("look_at_import", begun)[0] == step
    installation.do("take_steps_cut_short")
    assert installation.do("look_at_import", begun) == [then, 0, 2 if then == "checked" else 0, True]


RECEIVING = "alongside.journeys.receive_email"


@pytest.mark.parametrize(
    ("at", "after"),
    [
        (f"{RECEIVING}:note_received", True),
        ("alongside.messaging.shelf:keep", True),
        (f"{RECEIVING}:send_message", True),
        ("alongside.messaging.shelf:put_away", False),
        ("alongside.commands.receiving:receive_email", True),
    ],
)
def test_an_answer_by_email_is_one_message(installation: Installation, at: str, after: bool) -> None:
    name = at.split(":")[1]
    address = installation.do("write_to", name)
    installation.kill("answer_by_email", name, address, at=at, after=after)
    for _again in range(2):
        assert installation.do("answer_by_email", name, address).startswith("250")
    assert installation.do("look_at_thread", name) == [["What about Tuesday?", SECRET], [True], 1, 0]


@pytest.mark.parametrize(
    ("at", "after", "time"),
    [
        ("alongside.journeys.retention:note_cleared", True, 1),
        ("alongside.journeys.retention:doom_files_in", True, 1),
        ("alongside.journeys.retention:throw_key_away", True, 1),
        ("alongside.messaging.actions:throw_out", False, 1),
        ("alongside.messaging.shelf:throw_out", True, 1),
        ("alongside.messaging.actions:throw_out", True, 1),
    ],
)
def test_what_is_to_go_goes_from_the_tables_and_the_disk(
    installation: Installation, at: str, after: bool, time: int
) -> None:
    before = installation.do("files_inside")
    ended = installation.do("end_long_ago", f"{at.split('.')[2]}.{after}".replace(":", "."))
    assert installation.do("files_inside") == before + 2
    installation.kill("clear", at=at, after=after, time=time)
    assert installation.do("look_inside", ended)[:4] in ([1, 1, 2, True], [0, 0, 0, False])
    for _again in range(2):
        installation.do("clear")
    assert installation.do("look_inside", ended) == [0, 0, 0, False, 0]
    assert installation.do("files_inside") == before
