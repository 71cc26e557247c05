import time
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.messaging.incoming import Incoming, NotAnEmail, read_email, text_of
from alongside.messaging.quoting import MARKER, own_words
from tests.files import PDF

GMAIL = """Tuesday suits me. Shall we say two?

On Mon, 9 Mar 2026 at 09:00, Alongside <hello@alongside.example.org> wrote:

> Hello Bea,
>
> What about Tuesday?
"""
WRAPPED = """Tuesday suits me. Shall we say two?

On Mon, 9 Mar 2026 at 09:00, Alongside on behalf of a long name
<hello@alongside.example.org> wrote:

> What about Tuesday?
"""
OUTLOOK = """Tuesday suits me. Shall we say two?

From: Alongside <hello@alongside.example.org>
Sent: 09 March 2026 09:00
To: Bea Baker <bea.baker@example.org>
Subject: Maya Mentor wrote to you

Hello Bea,
What about Tuesday?
"""
OLD_OUTLOOK = """Tuesday suits me. Shall we say two?

-----Original Message-----
From: Alongside
What about Tuesday?
"""
APPLE = """Tuesday suits me. Shall we say two?

Sent from my iPhone

> On 9 Mar 2026, at 09:00, Alongside <hello@alongside.example.org> wrote:
>
> What about Tuesday?
"""
SIGNED = """Tuesday suits me. Shall we say two?

--
Bea Baker
Baker & Daughters
"""
FAREWELL = """Tuesday suits me. Shall we say two?

Best regards,
Bea
"""


@pytest.mark.parametrize("text", [GMAIL, WRAPPED, OUTLOOK, OLD_OUTLOOK, APPLE, SIGNED, FAREWELL])
def test_of_an_answer_only_the_new_words_are_kept(text: str) -> None:
    assert own_words(text) == "Tuesday suits me. Shall we say two?"
    assert own_words(text.replace("\n", "\r\n")) == "Tuesday suits me. Shall we say two?"


IN_OTHER_LANGUAGES = [
    "Am Mo., 9. März 2026 um 09:00 Uhr schrieb Alongside <hello@alongside.example.org>:\n\n> What about Tuesday?\n",
    "Le lun. 9 mars 2026 à 09:00, Alongside <hello@alongside.example.org> a écrit :\n\n> What about Tuesday?\n",
    "El lun, 9 mar 2026 a las 9:00, Alongside (<hello@alongside.example.org>) escribió:\n\n> What about Tuesday?\n",
    "Il giorno lun 9 mar 2026 alle ore 09:00 Alongside <a@b.org> ha scritto:\n\n> What about Tuesday?\n",
    "Op ma 9 mrt 2026 om 09:00 schreef Alongside <hello@alongside.example.org>:\n\n> What about Tuesday?\n",
    "Dnia 9 marca 2026 09:00 Alongside <hello@alongside.example.org> napisał(a):\n\n> What about Tuesday?\n",
    "Den mån 9 mars 2026 kl 09:00 skrev Alongside <hello@alongside.example.org>:\n\n> What about Tuesday?\n",
    "Den man. 9. mar. 2026 kl. 09.00 skrev Alongside <hello@alongside.example.org>:\n\n> What about Tuesday?\n",
    "2026年3月9日(月) 9:00 Alongside <hello@alongside.example.org>:\n\n> What about Tuesday?\n",
    "Von: Alongside <a@b.org>\nGesendet: Montag, 9. März 2026\nAn: Bea\nBetreff: Maya wrote\n\nWhat about Tuesday?",
    "De : Alongside <a@b.org>\nEnvoyé : lundi 9 mars 2026 09:00\nÀ : Bea\nObjet : Maya wrote\n\nWhat about Tuesday?",
    "Da: Alongside <a@b.org>\nInviato: lunedì 9 marzo 2026 09:00\nA: Bea\nOggetto: Maya wrote\n\nWhat about Tuesday?",
    "Od: Alongside <a@b.org>\nWysłano: poniedziałek, 9 marca 2026\nDo: Bea\nTemat: Maya wrote\n\nWhat about Tuesday?",
    "Van: Alongside <a@b.org>\nVerzonden: maandag 9 maart 2026\nAan: Bea\nOnderwerp: Maya wrote\n\nWhat about Tuesday?",
    "Mit freundlichen Grüßen\nBea",
    "Med vänliga hälsningar\nBea",
    "Gesendet von meinem iPhone",
    "Envoyé depuis mon iPhone",
]


@pytest.mark.parametrize("rest", IN_OTHER_LANGUAGES)
def test_whatever_language_the_mail_program_speaks_the_quote_goes(rest: str) -> None:
    assert own_words(f"Tuesday suits me.\n\n{rest}") == "Tuesday suits me."


@pytest.mark.parametrize("quote", ["> {}", "{}", "| {}"])
@pytest.mark.parametrize(
    "head",
    [
        "",
        "ma 9. maalisk. 2026 klo 9.00 Alongside (hello@alongside.example.org) kirjoitti:\n",
        "2026. márc. 9., H 9:00 időpontban Alongside\n<hello@alongside.example.org> ezt írta:\n",
    ],
)
def test_below_our_own_line_nothing_is_read_in_any_language(head: str, quote: str) -> None:
    ours = quote.format(f"— {MARKER} —")
    body = "\n".join([head + ours, quote.format("Hello Bea,"), quote.format("What about Tuesday?")])
    assert own_words(f"Tuesday suits me.\n\n{body}\n") == "Tuesday suits me."


def test_who_writes_between_the_lines_loses_only_our_own() -> None:
    words = own_words(f"> — {MARKER} —\n> What day?\nTuesday.\n> What time?\nTwo.\n")
    assert ("Tuesday." in words, "Two." in words, MARKER in words) == (True, True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Takings rose.\nTak\u00eangs are up, and so are costs.\nKhaki sells well.",
        "We list it so.\nDo: call her.\nDo: write to him.\nData: see below.\nAm I right that you wrote: yes?",
        "Den of thieves, some would say.\nLe Mans is next: shall we go?\nAn: idea\nVon: nothing",
        "Three answers.\nA: yes\nA: no\nData: none",
    ],
)
def test_english_that_looks_like_another_language_stays(text: str) -> None:
    assert own_words(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Hi Maya,\nThanks, that helps. Could we look at the prices again, and at the flour?\nI am free all week.",
        "Three things:\n- flour\n- prices\n- people",
        "From: my heart. To: yours.",
        "Costs are > 5, and < 7.",
    ],
)
def test_words_that_only_look_like_a_quote_or_a_signature_stay(text: str) -> None:
    assert own_words(text) == text


def test_an_answer_between_the_lines_is_kept_whole() -> None:
    words = own_words("On Mon, 9 Mar 2026, Maya wrote:\n> What day?\nTuesday.\n> What time?\nTwo.\n")
    assert "Tuesday." in words
    assert "Two." in words


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 60_000,
        "On " + "a b" * 20_000,
        "- a\n" * 15_000,
        "From: a\n\nTo: b\n\n" * 3_000,
        "Am " + "schrieb a" * 5_000,
        "Le a \u00e9crit " * 3_000,
        "Von: a\nAn: b\n" * 3_000,
        "Den 1 skrev " * 3_000 + ":",
        "Am a schrieb b " * 30 + "\n" + "Am a schrieb b " * 30 + "\n",
    ],
)
def test_no_text_makes_it_brood(text: str) -> None:
    before = time.monotonic()
    own_words(text)
    assert time.monotonic() - before < 5


def test_html_becomes_lines_with_quotes_set_off() -> None:
    page = (
        "<html><head><style>p{}</style><script>SECRET</script></head><body><p>Yes,&nbsp;<b>Tuesday</b>.</p>"
        "<div>On Mon, 9 Mar 2026, Maya &lt;m@x.org&gt; wrote:<br></div><blockquote>What day?</blockquote></body></html>"
    )
    text = text_of(page)
    assert own_words(text.replace("\xa0", " ")) == "Yes, Tuesday."
    assert "> What day?" in text
    assert "SECRET" not in text
    assert "p{}" not in text


def test_pages_nested_beyond_reason_are_read_at_once() -> None:
    before = time.monotonic()
    assert text_of("<div>" * 100_000 + "Hello").strip() == "Hello"
    assert time.monotonic() - before < 5


def email(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Bea <Bea.Baker@Example.org>"
    message["Message-ID"] = "<one@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Hello")
    return message


def test_what_stands_in_an_email_is_read() -> None:
    message = email()
    message.add_attachment(PDF, maintype="application", subtype="octet-stream", filename="../../plan.pdf")
    read = read_email(message.as_bytes())
    assert read == Incoming("<one@example.org>", "bea.baker@example.org", "Hello", [("plan.pdf", PDF)])


def test_an_email_within_an_email_is_not_taken_for_words() -> None:
    inner = EmailMessage()
    inner.set_content("SECRET of somebody else")
    outer = email()
    outer.add_attachment(inner)
    read = read_email(outer.as_bytes())
    assert read.text == "Hello"
    assert read.files == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("X-Autoreply", "yes"),
        ("Precedence", "bulk"),
        ("List-Id", "<list.example.org>"),
        ("Return-Path", "<>"),
    ],
)
def test_what_a_machine_wrote_is_known(name: str, value: str) -> None:
    assert read_email(email(**{name: value}).as_bytes()).is_automatic
    assert not read_email(email(Auto_Submitted="no").as_bytes()).is_automatic


def test_one_that_names_several_senders_or_none_is_nobodys() -> None:
    assert read_email(b"From: a@x.org, b@x.org\n\nHello").sender == ""
    assert read_email(b"Subject: x\n\nHello").sender == ""


def test_without_a_message_id_it_is_called_after_all_of_it() -> None:
    one, two = read_email(b"From: a@x.org\n\nHello"), read_email(b"From: a@x.org\n\nHello again")
    assert one.name != two.name
    assert one.name == read_email(b"From: a@x.org\n\nHello").name


def test_the_answer_to_an_invitation_is_found() -> None:
    message = email()
    message.add_alternative("BEGIN:VCALENDAR\nEND:VCALENDAR", subtype="calendar", params={"method": "REPLY"})
    assert "VCALENDAR" in read_email(message.as_bytes()).calendar_reply
    assert read_email(email().as_bytes()).calendar_reply == ""


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "utf-7", "no-such-one", "zlib_codec", "idna"])
def test_strange_alphabets_do_no_harm(charset: str) -> None:
    raw = f"From: a@x.org\nContent-Type: text/plain; charset={charset}\n\nHello \\ud800 +2AA-".encode()
    read_email(raw).text.encode()


PIECES = [
    b"From: ", b"bea@x.org", b"\n", b"\r\n", b"Content-Type: multipart/mixed; boundary=b", b"--b", b"--b--", b"\0",
    b"Content-Type: text/html", b"Content-Transfer-Encoding: base64", b"=?utf-8?q?=ff?=", b"<![", b"<blockquote>",
    b"Content-Disposition: attachment; filename*=utf-8''%ff", b"Message-ID: <", b"Content-Type: message/rfc822", b": ;",
    b"On x wrote:", b"> ", b"Content-Type: text/calendar; method=REPLY", b"\xff\xfe", b"charset=", b"((", b'"', b"@[",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)), max_size=40))
def test_any_bytes_are_read_or_refused(pieces: list[bytes]) -> None:
    with suppress(NotAnEmail):
        read = read_email(b"".join(pieces))
        (read.text + read.sender + read.name + "".join(name for name, _ in read.files)).encode()
        assert "\0" not in read.text


@given(st.text())
def test_any_text_has_own_words(text: str) -> None:
    assert len(own_words(text)) <= len(text)
