"""Every address of the installation, read from the URL configuration itself."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Address(NamedTuple):
    """A pattern, its name, its view and who may open it ("" where nobody said)."""

    pattern: str
    name: str
    view: Callable[..., Any]
    access: str


def addresses() -> Iterator[Address]:
    yield from _walk(get_resolver().url_patterns, "/")


def _walk(patterns: list[Any], before: str) -> Iterator[Address]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, path)
        elif isinstance(each, URLPattern):
            yield Address(path, each.name or "", each.callback, _access(each.callback))


def _access(view: Any) -> str:
    while view is not None:
        if hasattr(view, "access"):
            return str(view.access)
        view = getattr(view, "__wrapped__", None)
    return ""
