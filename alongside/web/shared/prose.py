"""Markdown that people write, as HTML that can do no harm."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": False}).enable("table")
_ALLOWED = {"p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "a", "blockquote", "br", "hr",
            "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_LINKS = {"http", "https", "mailto", "tel"}


def html_of(words: str, *, lowest: int = 2) -> SafeString:
    """Return Markdown as HTML: prose, lists, tables and links, no pictures and no HTML of its own.

    :param lowest: the level at which headings begin, so that they fit into the page around them.
    """
    tokens = _READER.parse(words)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(4, int(token.tag[1]) + lowest - 1)}"
    made = _READER.renderer.render(tokens, _READER.options, {})
    return mark_safe(nh3.clean(made, tags=_ALLOWED, url_schemes=_LINKS))  # cleaned on this line
