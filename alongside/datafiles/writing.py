"""Write a table as TOML that a person can read and change."""

from collections.abc import Mapping
from typing import Any

import tomli_w


def written(table: Mapping[str, Any], *, heading: str = "") -> str:
    """Return a table as TOML: long words over several lines, what is not there left out, below a comment if given."""
    comment = "".join(f"# {row}\n" for row in heading.splitlines())
    return comment + tomli_w.dumps(_without_nothing(table), multiline_strings=True)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_nothing(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_without_nothing(inner) for inner in value]
    return value
