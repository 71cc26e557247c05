"""Take answers to messages by SMTP: nothing is kept here, each email is a message before it is answered with 250."""

import asyncio
import logging
import ssl
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection

from alongside.journeys.receive_email import Outcome, is_known, receive_email
from alongside.kernel import clock

LARGEST = 10 * 1024 * 1024
MOST_RECIPIENTS = 5
TRY_AGAIN_AFTER = 30.0
TOO_BIG = "552 5.3.4 This email is larger than 10 MB. Send it without its files, and add those on the page"
BUSY = "451 4.3.0 We are busy. Please send it again a little later"
NOT_KNOWN = "550 5.1.1 No answer is taken at this address. Answer on the page of your mentorship"
ANSWERS = {
    Outcome.NOT_KNOWN: NOT_KNOWN,
    Outcome.NOT_READABLE: "554 5.6.0 This email cannot be read. Send it as plain text, or answer on the page",
}
TAKEN = "250 2.0.0 Taken"
T = TypeVar("T")
logger = logging.getLogger(__name__)


class Receiver:
    """Take emails to addresses of answers, and refuse all others. The answers to the sender's server are RFC 5321's."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients at once. Send it to the others afterwards"
        answer = await _in_a_thread(partial(_knows, address))
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        answers = [await _in_a_thread(partial(_take, content, to)) for to in envelope.rcpt_tos]
        # One that is to come again outweighs one that is not: what was taken before is not taken twice.
        return min(answers, key=lambda answer: ("4", "5", "2").index(answer[0]), default=NOT_KNOWN)

    async def handle_exception(self, error: Exception) -> str:
        logger.error("receiving: %s", type(error).__name__)
        return BUSY


class _Smtp(SMTP):
    async def push(self, status: Any) -> None:
        await super().push(TOO_BIG if isinstance(status, str) and status.startswith("552 ") else status)


class Certificate:
    """A certificate with its key, read anew where its file has changed: they are renewed every few weeks."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self.certificate, self.key, self.read_at = certificate, key, 0
        self.context: ssl.SSLContext | None = None

    def newest(self) -> ssl.SSLContext | None:
        """Return what speaks TLS; where the new files cannot be read, or are half written, with those before."""
        try:
            changed_at = max(self.certificate.stat().st_mtime_ns, self.key.stat().st_mtime_ns)
            if changed_at != self.read_at:
                context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                context.load_cert_chain(self.certificate, self.key, password="")
                self.context, self.read_at = context, changed_at
        except OSError as trouble:  # what ssl raises is one as well
            logger.error("receiving: the certificate cannot be read, %s", trouble)
        return self.context


class _Controller(Controller):
    certificate: Certificate | None = None

    def factory(self) -> SMTP:
        context = self.certificate.newest() if self.certificate else None
        return _Smtp(self.handler, tls_context=context, **self.SMTP_kwargs)


def receiver(host: str, port: int) -> Controller:
    """Return what receives at an address, in a thread of its own once it is started.

    It offers TLS (STARTTLS) where the installation names a certificate, and takes emails from servers that have none.
    """
    found = _Controller(
        Receiver(),
        hostname=host,
        port=port,
        data_size_limit=LARGEST,
        ident="Alongside",
        enable_SMTPUTF8=True,
        timeout=120,
    )
    if settings.INBOUND_CERTIFICATE and settings.INBOUND_KEY:
        found.certificate = Certificate(settings.INBOUND_CERTIFICATE, settings.INBOUND_KEY)
    return found


def keep_receiving() -> None:
    """Receive where the installation says so, as long as this process lives; do nothing where it says none."""
    if settings.INBOUND_HOST:
        threading.Thread(target=_keep_trying, daemon=True).start()


def _keep_trying() -> None:
    """Start receiving; of several workers on a machine the first does, and another once that one is gone."""
    while True:
        server = receiver(settings.INBOUND_HOST, settings.INBOUND_PORT)
        try:
            server.start()
        except OSError as trouble:
            server.loop.close()
            logger.info("receiving: not here now, %s", trouble)
            time.sleep(TRY_AGAIN_AFTER)
        else:
            return


def _knows(address: str) -> str:
    return TAKEN if is_known(address) else NOT_KNOWN


def _take(content: bytes, recipient: str) -> str:
    return ANSWERS.get(receive_email(content, recipient, at=clock.now()), TAKEN)


async def _in_a_thread(act: Callable[[], str]) -> str:
    """Do what asks the database beside the loop that talks with other servers; where it fails, they come again."""

    def done() -> str:
        try:
            return act()
        except Exception:  # nothing may be lost: whatever is wrong, the sender's server keeps the email and tries again
            logger.exception("receiving: an email could not be taken; its sender's server tries again")
            return BUSY
        finally:
            connection.close()

    return await asyncio.to_thread(done)
