"""A backup is whole or it is none, and it is looked at as if it were restored."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pysqlite3
import pytest

from kiosk import ids
from kiosk.apps import backup, backup_commands
from kiosk.apps.backup import Refused
from kiosk.errors import Conflict, Unavailable
from kiosk.exhibition.file_store import FileStore
from kiosk.moderation import erased_list
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from tests.backup.hub import Hub
from tests.journeys.checkout import ROOT, environment
from tests.world import ADAS_PHONE, BENCHES, SUNDAY


def verified(hub: Hub, path: Path) -> list[str]:
    return backup.verify(path, hub.backups / "scratch")[1]


def spoil(path: Path, sql: str) -> None:
    """Change a backup behind its manifest's back, and let the manifest fit again."""
    with pysqlite3.connect(path) as copy:
        copy.execute(sql)
    copy.close()
    manifest = path.with_name(path.name + ".json")
    told = msgspec.json.decode(manifest.read_bytes())
    told |= {"size": path.stat().st_size, "sha256": backup._digest(path)}
    manifest.write_bytes(msgspec.json.encode(told))


def test_a_backup_taken_while_the_hub_runs_is_good(hub: Hub) -> None:
    """The manifest counts what was there; nothing is wrong with it; nothing else is left."""
    path, manifest = hub.backed_up()
    assert manifest.counts["ballot"] == 2
    assert manifest.counts["comment"] == manifest.counts["decision"] == 1
    assert manifest.feed_head == hub.value("SELECT position FROM feed_head")
    assert verified(hub, path) == []
    assert sorted(p.name for p in hub.backups.iterdir()) == [
        "admissions.jsonl",
        "erased.jsonl",
        "hub.db",
        "hub.db.json",
    ]


def test_a_good_backup_is_noted_at_its_hub(hub: Hub) -> None:
    """The desk can tell how old the last good backup is; another hub's is not noted."""
    path, manifest = hub.backed_up()
    said = list(backup_commands.verify(hub.settings, path))
    assert not any(is_fault for _, is_fault in said)
    assert hub.value("SELECT value FROM meta WHERE name = 'backup-taken-at'") == manifest.taken_at
    other = msgspec.structs.replace(manifest, hub="another")
    with hub.open() as database:
        assert not database.write_now(lambda c: backup.note(c, other))


def test_a_backup_never_writes_over_another(hub: Hub) -> None:
    """The same name again is refused and the first stays."""
    path, _ = hub.backed_up()
    before = path.read_bytes()
    with pytest.raises(Conflict, match="there already"):
        hub.backed_up()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE tally SET count = count + 1 WHERE choice = 'agree'", "tally of"),
        ("DELETE FROM ballot WHERE choices LIKE '%agree%'", "rows are not those"),
        ("UPDATE decision SET action = 'refuse'", "decision log was changed"),
        ("INSERT INTO erased SELECT id, received_at FROM comment", "erased comments still have"),
        ("UPDATE feed_head SET position = 0", "beyond its head"),
        ("UPDATE feed SET body = replace(body, 'sit', 'lie')", "entry of the feed is not as"),
        ("UPDATE inbox SET kind = 'report'", "messages of kiosks are not as they were"),
        ("DELETE FROM inbox", "messages of the kiosk"),
    ],
)
def test_what_does_not_hold_in_a_backup_is_named(hub: Hub, sql: str, fault: str) -> None:
    """Somebody changed the copy and its manifest: looking at the rows shows it."""
    path, _ = hub.backed_up()
    spoil(path, sql)
    assert any(fault in each for each in verified(hub, path))


def test_a_damaged_a_cut_and_a_foreign_file_are_refused_with_their_cure(hub: Hub) -> None:
    """One flipped bit, a missing end, a file that never was a backup, one of a later version."""
    path, manifest = hub.backed_up()
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)
    with pytest.raises(Refused, match="not as it was written"):
        verified(hub, path)
    path.write_bytes(whole[:-512])
    with pytest.raises(Refused, match="not as it was written") as refused:
        verified(hub, path)
    assert refused.value.remedy
    foreign = hub.backups / "holiday.db"
    foreign.write_bytes(b"not a database")
    with pytest.raises(Refused, match="no backup"):
        verified(hub, foreign)
    later, _ = hub.backed_up("later.db")
    told = msgspec.structs.replace(manifest, version="9999", sha256=backup._digest(later))
    told = msgspec.structs.replace(told, size=later.stat().st_size)
    later.with_name("later.db.json").write_bytes(msgspec.json.encode(told))
    with pytest.raises(Refused, match="newer version"):
        verified(hub, later)


def test_the_editions_files_go_along_once_and_are_missed(hub: Hub) -> None:
    """Files never change: two backups share them; a file that is gone is told."""
    record = FileStore(hub.settings.hub_files).put(b"a picture of the harbour")
    hub.backed_up("first.db")
    copied = FileStore(hub.backups / backup.FILES)
    assert copied.is_sound(record)
    before = copied.path(record.sha256).stat().st_mtime_ns
    path, _ = hub.backed_up("second.db")
    assert copied.path(record.sha256).stat().st_mtime_ns == before
    (hub.backups / erased_list.FILE).unlink()
    assert any("erased.jsonl, which is kept apart" in each for each in verified(hub, path))


def test_old_backups_go_and_the_newest_stays(hub: Hub) -> None:
    """Thirty days are kept; the last one stays however old it is."""
    for name, days in (("old", 40), ("young", 5)):
        with hub.open():
            backup.take(hub.settings, hub.backups / f"{name}.db", SUNDAY - timedelta(days=days))
    mark = backup.check(hub.backups / "old.db").hub
    gone = backup.tidy(hub.backups, timedelta(days=30), SUNDAY, mark)
    assert [path.name for path in gone] == ["old.db"]
    assert backup.tidy(hub.backups, timedelta(days=1), SUNDAY, mark) == []
    names = sorted(p.name for p in hub.backups.iterdir())
    assert names == ["admissions.jsonl", "erased.jsonl", "young.db", "young.db.json"]


def test_only_this_hub_s_old_backups_go(hub: Hub) -> None:
    """Another hub keeps its own in the same folder, and a person a note: both stay."""
    hub.backed_up("first.db")
    other, manifest = hub.backed_up("other.db")
    hub.backed_up("newest.db")
    for path, whose in ((other, "another"), (hub.backups / "first.db", manifest.hub)):
        old = msgspec.structs.replace(manifest, hub=whose, taken_at="2020-01-01T00:00:00.000Z")
        path.with_name(f"{path.name}.json").write_bytes(msgspec.json.encode(old))
    note = hub.backups / "shopping.json"
    note.write_text('["tape"]')
    gone = backup.tidy(hub.backups, timedelta(days=30), SUNDAY, manifest.hub)
    assert [path.name for path in gone] == ["first.db"]
    assert other.exists()
    assert note.exists()


def test_what_a_killed_backup_left_goes_with_the_next_day_s(hub: Hub) -> None:
    """A half copy holds residents' words as a whole one does, and nobody would ever look for it."""
    _, manifest = hub.backed_up()
    half, copied = hub.backups / ".hub-1.db.part", hub.backups / ".hub-1.db.scratch"
    under_way = hub.backups / ".hub-2.db.part"
    copied.mkdir()
    for each in (half, half.with_name(".hub-1.db.part-wal"), copied / "rehearsal.db", under_way):
        each.write_text("My neighbour at number 4 is noisy.")
    yesterday = (SUNDAY - timedelta(days=1, seconds=1)).timestamp()
    for each in (half, half.with_name(".hub-1.db.part-wal"), copied):
        os.utime(each, (yesterday, yesterday))
    os.utime(under_way, (SUNDAY.timestamp(), SUNDAY.timestamp()))
    backup.tidy(hub.backups, timedelta(days=30), SUNDAY, manifest.hub)
    assert [p.name for p in hub.backups.glob(".*")] == [".hub-2.db.part"]


def test_a_copy_that_cannot_be_finished_leaves_nothing(hub: Hub, tmp_path: Path) -> None:
    """There is no such folder to write to; or no database: said, and nothing half done."""
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(Unavailable):
        backup.take(hub.settings, in_the_way / "hub.db", SUNDAY)
    elsewhere = hub.settings.model_copy(
        update={"database_url": f"sqlite:///{tmp_path / 'nowhere.db'}"}
    )
    with pytest.raises(Unavailable, match="no database"):
        backup.take(elsewhere, hub.backups / "x.db", SUNDAY)
    assert not list(hub.backups.glob("*")) if hub.backups.exists() else True
    (hub.backups / ".late.db.json.part").mkdir(parents=True)
    with pytest.raises(Unavailable):
        backup.take(hub.settings, hub.backups / "late.db", SUNDAY)
    assert not (hub.backups / "late.db").exists()


def test_the_command_writes_verifies_and_tidies(hub: Hub) -> None:
    """What the timer runs each night: dated, verified, noted; and `kiosk verify` says it again."""
    settings = {"data": hub.settings.data, "database_url": hub.settings.database_url}
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "backup", "--into", str(hub.backups), "--keep", "30"],
        cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "It is verified." in done.stdout
    assert hub.value("SELECT value FROM meta WHERE name = 'backup-taken-at'")
    (path,) = hub.backups.glob("hub-*.db")
    again = subprocess.run(
        [sys.executable, "-m", "kiosk", "verify", str(path)],
        cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr + again.stdout
    assert "is whole" in again.stdout


def test_a_copy_is_of_one_moment_while_votes_go_on(hub: Hub) -> None:
    """Ballots and tally in it fit together, though people vote from its first row to its last."""
    voting, over = threading.Event(), threading.Event()

    def vote() -> None:
        with hub.open() as database:
            while not over.is_set():
                cast = Cast(ids.new_id(), BENCHES, ids.new_id(), ("agree",), ADAS_PHONE, SUNDAY)
                database.write_now(partial(actions.cast_ballot, cast=cast, now=SUNDAY))
                voting.set()

    crowd = threading.Thread(target=vote)
    crowd.start()
    assert voting.wait(30)
    path, _ = hub.backed_up("busy.db")
    over.set()
    crowd.join()
    assert verified(hub, path) == []
    assert hub.agreed() >= 2
