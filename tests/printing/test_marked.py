from hypothesis import given
from hypothesis import strategies as st

from alongside.printing.marked import blocks_of, own_words

TEXT = """# Our agreement

We are two.
We meet.

## What we work on

- one thing
- another

> mine
> ours
"""


def test_a_text_is_taken_apart_into_its_parts() -> None:
    assert [(block.kind, block.text) for block in blocks_of(TEXT)] == [
        ("title", "Our agreement"),
        ("paragraph", "We are two.\nWe meet."),
        ("heading", "What we work on"),
        ("item", "one thing"),
        ("item", "another"),
        ("words", "mine\nours"),
    ]


def test_stars_and_signs_of_other_languages_are_no_marks() -> None:
    assert [(block.kind, block.text) for block in blocks_of("*star* #tag [link](x) <b>")] == [
        ("paragraph", "*star* #tag [link](x) <b>")
    ]


@given(st.text(max_size=200))
def test_what_somebody_wrote_is_always_their_own_words(text: str) -> None:
    assert {block.kind for block in blocks_of(own_words(text))} <= {"words"}


def test_a_heading_in_somebodys_words_is_no_heading() -> None:
    assert blocks_of(own_words("## Confidentiality\n\nThere is none"))[0].lines == (
        "## Confidentiality",
        "",
        "There is none",
    )
