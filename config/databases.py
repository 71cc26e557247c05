"""Where the data is: one address, SQLite or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def sqlite(file: Path) -> dict[str, Any]:
    """Set up SQLite so that it loses nothing.

    IMMEDIATE transactions and the busy timeout are correctness: with Django's defaults a read-then-write loses the race
    to another writer. ``synchronous=FULL`` keeps the last commit through a power cut.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
        },
    }


def from_url(url: str) -> dict[str, Any]:
    """Read ``postgresql://user:password@host:port/name?option=value``.

    :raises ValueError: if it is an address of something else.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"DATABASE_URL starts with {parts.scheme}://; Alongside knows postgresql:// (or none, for SQLite)."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
