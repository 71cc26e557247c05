"""Documents on paper: they can be read aloud, and nothing in them is taken for a command of the typesetter."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.printing.documents import Document, Fact, pdf, written
from alongside.printing.marked import Block, blocks_of

AT = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
NASTY = '#panic("out") \\ "quoted" $x^2$ *star* @ref <label> // gone /* and */ #include "/etc/passwd" `code` 😀 [x] = y'
SHORT = Document("Hours of mentoring", blocks_of("Some words.\n\n- one\n- two"), facts=[Fact("From", "March")])


def test_it_is_a_tagged_pdf_with_a_title_a_language_and_page_numbers() -> None:
    made = pdf(SHORT, at=AT)
    assert made.startswith(b"%PDF-")
    for part in (b"/StructTreeRoot", b"/Lang", b"/Title", b"/MarkInfo", b"pdfuaid"):
        assert part in made, part
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1


def test_a_long_one_has_several_pages() -> None:
    made = pdf(Document("Long", blocks_of("\n\n".join(["A paragraph of some words. " * 20] * 20))), at=AT)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) > 2


def test_the_language_is_the_documents_own() -> None:
    assert b"/Lang(cy)" in pdf(Document("Cytundeb", blocks_of("Geiriau."), language="cy"), at=AT)


def test_the_same_document_at_the_same_moment_gives_the_same_bytes() -> None:
    assert pdf(SHORT, at=AT) == pdf(SHORT, at=AT)


@pytest.mark.parametrize("place", ["title", "subtitle", "seal", "facts_title", "page", "of"])
def test_what_looks_like_a_command_stands_there_as_it_was_written(place: str) -> None:
    values = {"title": "T", "blocks": [Block("paragraph", ("x",))], place: NASTY}
    document = Document(**values)  # type: ignore[arg-type]
    assert json.loads(written(document))[place] == NASTY
    assert pdf(document, at=AT).startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["title", "heading", "item", "words", "paragraph"])
def test_nor_is_it_a_command_in_any_part_of_the_body(kind: str) -> None:
    document = Document("T", [Block(kind, (NASTY, NASTY))], facts=[Fact(NASTY, NASTY)])
    assert json.loads(written(document))["blocks"][0]["lines"] == [NASTY, NASTY]
    assert pdf(document, at=AT).startswith(b"%PDF-")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_printed(text: str) -> None:
    made = pdf(Document(text or "T", [Block("paragraph", (text,))], facts=[Fact(text, text)], seal=text), at=AT)
    assert b"/StructTreeRoot" in made


def test_a_sign_that_no_font_draws_costs_the_standard_and_not_the_document() -> None:
    made = pdf(Document("T", [Block("paragraph", ("\U0003ffff",))]), at=AT)
    assert b"pdfuaid" not in made
    assert b"/StructTreeRoot" in made


def test_signs_that_no_pdf_may_hold_are_left_out() -> None:
    words = json.loads(written(Document("a\x07b\ud800c\x7f", [Block("paragraph", ("x\x00y\tz",))])))
    assert (words["title"], words["blocks"][0]["lines"]) == ("abc", ["xy\tz"])
