"""What went wrong with an email, read from what the mail server answered or did not answer.

Codes after RFC 5321, section 4.2.3; the enhanced ones, such as 5.1.1, after RFC 3463 and RFC 7505.
"""

import re
import smtplib

from alongside.notifications.states import Trouble

# What an answer begins with; the first that fits counts. An enhanced code says more than the three digits before it.
ANSWERS = [
    (re.compile(r"[45]\d\d [45]\.2\.2\b|552 (?!5\.\d)"), Trouble.MAILBOX_FULL),
    (re.compile(r"4\d\d "), Trouble.NOT_NOW),
    (re.compile(r"5\d\d 5\.(1\.(1|2|3|6|10)|2\.1)\b"), Trouble.NO_SUCH_ADDRESS),
    (re.compile(r"5\d\d 5\.\d"), Trouble.NOT_TAKEN),
]
# What no answer about the email itself was given for; a class before the one it derives from.
SILENCES: list[tuple[type[Exception] | tuple[type[Exception], ...], Trouble]] = [
    (smtplib.SMTPNotSupportedError, Trouble.NOT_LET_IN),
    ((TimeoutError, smtplib.SMTPServerDisconnected), Trouble.NO_ANSWER),
    (smtplib.SMTPException, Trouble.UNKNOWN),
    (OSError, Trouble.NO_SERVER),
]


def trouble_of(error: Exception) -> Trouble:
    """Name what went wrong. What is neither an answer of a server nor its silence is a fault of ours."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return _of_answers(error, otherwise=Trouble.NO_SUCH_ADDRESS)
        case smtplib.SMTPConnectError():
            return Trouble.NO_SERVER
        case smtplib.SMTPDataError():
            return _of_answer(error.smtp_code, error.smtp_error, otherwise=Trouble.NOT_TAKEN)
        case smtplib.SMTPResponseException():  # the greeting, our name and password, our own address
            return Trouble.NOT_NOW if 400 <= error.smtp_code < 500 else Trouble.NOT_LET_IN
    return next((trouble for kind, trouble in SILENCES if isinstance(error, kind)), Trouble.NOT_WRITTEN)


def _of_answers(error: smtplib.SMTPRecipientsRefused, *, otherwise: Trouble) -> Trouble:
    """Name what was answered about the one recipient that each of our emails has."""
    answers = [_of_answer(code, said, otherwise=otherwise) for code, said in error.recipients.values()]
    return answers[0] if answers else otherwise


def _of_answer(code: int, said: bytes | str, *, otherwise: Trouble) -> Trouble:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    answer = f"{code} {words}"
    return next((trouble for pattern, trouble in ANSWERS if pattern.match(answer)), otherwise)
