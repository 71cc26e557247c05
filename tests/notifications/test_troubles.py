"""What a mail server answers, and how we understand it."""

import smtplib
import socket
import ssl

import pytest

from alongside.notifications.states import Trouble
from alongside.notifications.troubles import trouble_of

TO = "bea.baker@example.org"


def refused(code: int, said: str) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({TO: (code, said.encode())})


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (refused(550, "5.1.1 <bea.baker@example.org>: Recipient address rejected: User unknown"), "NO_SUCH_ADDRESS"),
        (refused(550, "No such user here"), "NO_SUCH_ADDRESS"),
        (refused(550, "5.2.1 The email account that you tried to reach is disabled"), "NO_SUCH_ADDRESS"),
        (refused(556, "5.1.10 Recipient address has null MX"), "NO_SUCH_ADDRESS"),
        (refused(552, "5.2.2 Over quota"), "MAILBOX_FULL"),
        (refused(452, "4.2.2 The recipient's inbox is out of storage space"), "MAILBOX_FULL"),
        (refused(552, "Exceeded storage allocation"), "MAILBOX_FULL"),
        (refused(550, "5.7.1 Message refused by policy"), "NOT_TAKEN"),
        (refused(450, "4.2.0 Greylisted, try again later"), "NOT_NOW"),
        (refused(451, "Try later"), "NOT_NOW"),
        (smtplib.SMTPRecipientsRefused({}), "NO_SUCH_ADDRESS"),
        (smtplib.SMTPDataError(554, b"5.7.1 Looks like spam"), "NOT_TAKEN"),
        (smtplib.SMTPDataError(550, b"High probability of spam"), "NOT_TAKEN"),
        (smtplib.SMTPDataError(451, b"4.7.1 Later"), "NOT_NOW"),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 Authentication failed"), "NOT_LET_IN"),
        (smtplib.SMTPAuthenticationError(454, b"4.7.0 Temporary authentication failure"), "NOT_NOW"),
        (smtplib.SMTPSenderRefused(530, b"5.7.0 Authentication required", "a@example.org"), "NOT_LET_IN"),
        (smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."), "NOT_LET_IN"),
        (smtplib.SMTPConnectError(421, b"Too many connections"), "NO_SERVER"),
        (ConnectionRefusedError(111, "Connection refused"), "NO_SERVER"),
        (socket.gaierror(-2, "Name or service not known"), "NO_SERVER"),
        (ssl.SSLCertVerificationError("certificate verify failed"), "NO_SERVER"),
        (TimeoutError("timed out"), "NO_ANSWER"),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed: timed out"), "NO_ANSWER"),
        (smtplib.SMTPException("?"), "UNKNOWN"),
        (UnicodeError("no such address"), "NOT_WRITTEN"),
    ],
)
def test_each_answer_is_understood(error: Exception, trouble: str) -> None:
    assert trouble_of(error) == Trouble[trouble]
