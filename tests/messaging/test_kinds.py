import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.files.kinds import KINDS, MOST_PARTS, NotTaken, kind_of
from tests.files import KNOWN, PDF, office, open_document, zipped

EXE = b"MZ\x90\0\x03\0\0\0" + b"\0" * 60
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize("extension", KINDS)
def test_every_kind_is_known_by_what_is_in_it(extension: str) -> None:
    assert kind_of(KNOWN[extension], f"anything.{extension}") == KINDS[extension]


@pytest.mark.parametrize("extension", sorted(set(KINDS) - {"txt", "csv", "md"}))
def test_a_name_makes_nothing_of_it_but_of_texts(extension: str) -> None:
    assert kind_of(KNOWN[extension], "letter.txt").extension == extension


@pytest.mark.parametrize("text", ["Grüße".encode("utf-16"), b"Gr\xfc\xdfe aus Windows", "\ufeffHello".encode()])
def test_texts_of_other_alphabets_are_texts(text: bytes) -> None:
    assert kind_of(text, "letter.bat").extension == "txt"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (EXE, "not a kind of file we take"),
        (OLD, "an old Office program"),
        (b"<!DOCTYPE html><p>Hello", "can carry programs"),
        (b"  \n<svg xmlns='http://www.w3.org/2000/svg'/>", "can carry programs"),
        (b"<?xml version='1.0'?><svg/>", "can carry programs"),
        (b"Hello <script>alert(1)</script>", "can carry programs"),
        (zipped({"photo.jpg": b"\xff\xd8\xff"}), "an archive of files"),
        (zipped({"[Content_Types].xml": "x", "other.xml": "x"}), "an archive of files"),
        (zipped({"word/document.xml": "x"}), "an archive of files"),
        (zipped({"content.xml": "x", "mimetype": "application/vnd.oasis.opendocument.text"}), "an archive of files"),
        (open_document("text-master"), "an archive of files"),
        (office(**{"../../etc/passwd": b"x"}), "an archive of files"),
        (office(**{"word/vbaProject.bin": b"x"}), "carries macros"),
        (office(**{"custom/VBAPROJECT.BIN": b"x"}), "carries macros"),
        (zipped({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml",
                 "word/document.xml": "x"}), "carries macros"),
        (open_document(**{"Basic/script.xml": b"Sub Main"}), "carries macros"),
        (zipped({f"{n}": b"" for n in range(MOST_PARTS + 1)}), "Far more is packed"),
        (b"PK\x03\x04 and nothing of a zip", "damaged"),
        (KNOWN["docx"][:-30], "damaged"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["report.pdf", "letter.txt", "budget.xlsx"])
def test_what_is_something_else_is_refused_whatever_it_is_called(content: bytes, says: str, name: str) -> None:
    with pytest.raises(NotTaken, match=says):
        kind_of(content, name)


def test_a_document_that_would_fill_a_disk_is_refused_without_unpacking_it() -> None:
    bomb = zipped({"[Content_Types].xml": "x", "word/document.xml": "x"})
    with zipfile.ZipFile(io.BytesIO(bomb)) as opened:
        offset = opened.start_dir
    claimed = (4 * 10**9).to_bytes(4, "little")
    swollen = bomb[: offset + 24] + claimed + bomb[offset + 28 :]
    with pytest.raises(NotTaken, match="Far more is packed"):
        kind_of(swollen, "report.docx")


def test_a_refusal_says_what_would_do() -> None:
    with pytest.raises(NotTaken, match="Save it as PDF, and that will do"):
        kind_of(EXE, "invoice.pdf")


@given(
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"RIFF", b"\xff\xfe", b"<", *KNOWN.values()]), st.binary(), st.text()
)
def test_any_bytes_are_a_kind_or_refused(start: bytes, rest: bytes, name: str) -> None:
    with suppress(NotTaken):
        assert kind_of(start + rest, name) in KINDS.values()


@given(st.data())
def test_any_damage_to_a_document_is_borne(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([KNOWN["docx"], KNOWN["odt"]])))
    for _ in range(5):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(NotTaken):
        assert kind_of(bytes(content), "x.docx") in KINDS.values()


def test_something_hidden_before_a_document_does_not_make_it_one() -> None:
    with pytest.raises(NotTaken):
        kind_of(EXE + KNOWN["docx"], "report.docx")
    with pytest.raises(NotTaken):
        kind_of(b"\0" + PDF, "report.pdf")
