import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.web.shared.prose import html_of

HARMFUL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](  JaVaScRiPt:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![a](https://elsewhere.example/pixel.gif)",
    "<iframe src=//elsewhere.example></iframe>",
    "<style>body{display:none}</style>",
    '<a href="#" onclick="alert(1)">a</a>',
    '[a](https://example.org "\\" onmouseover=\\"alert(1)")',
    "<svg/onload=alert(1)>",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "<form action=//elsewhere.example><input name=password></form>",
    "`<script>alert(1)</script>`",
]
PIECES = st.sampled_from(
    [*HARMFUL, "**", "# ", "- ", "> ", "`", "\n", "|", "<", ">", '"', "'", "](", "![", "&lt;", "a"]
)


@pytest.mark.parametrize("words", HARMFUL)
def test_no_html_and_no_script_gets_through(words: str) -> None:
    assert_harmless(html_of(words))


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(deadline=None)
def test_nor_does_it_however_it_is_put_together(words: str) -> None:
    assert_harmless(html_of(words))


def test_prose_lists_and_links_do() -> None:
    made = html_of("# One\n\nWe **ask**, see [our page](https://example.org/).\n\n- a\n- b", lowest=3)
    assert "<h3>One</h3>" in made
    assert "<strong>ask</strong>" in made
    assert 'href="https://example.org/"' in made
    assert made.count("<li>") == 2


def assert_harmless(made: str) -> None:
    """Whatever looks like a tag is one of ours, and no tag does anything."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in {"script", "style", "iframe", "img", "svg", "form", "input", "object"}, made
            for name, value in attrs:
                assert not name.startswith("on"), made
                assert not (value or "").strip().lower().startswith(("javascript:", "data:")), made

    Reader().feed(made)
