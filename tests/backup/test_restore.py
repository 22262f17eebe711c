"""A restored hub is the backup's moment, less what was erased since; nothing is half done."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from kiosk.apps import administration, backup
from kiosk.apps.backup import Refused
from kiosk.apps.opening import open_hub
from kiosk.errors import Conflict, Unavailable
from kiosk.moderation import erasure
from kiosk.people import admissions, appointments, kiosk_store, staff_store
from kiosk.people.enrolment import authenticate, enrol, revoke, write_identity
from kiosk.voice import comment_store
from kiosk.voice.comment import Status
from tests.backup.hub import Hub
from tests.journeys.checkout import ROOT, environment
from tests.world import LINDMARK, SUNDAY


def epoch(hub: Hub) -> object:
    return hub.value("SELECT value FROM meta WHERE name = 'epoch'")


def questions(hub: Hub) -> object:
    """The version of its questions, at which votes are written."""
    return hub.value("SELECT value FROM meta WHERE name = 'questions'")


def lose_the_disk(hub: Hub) -> None:
    """Database and data folder are gone; the new machine has an empty database at most."""
    if hub.settings.hub_file is None:
        with hub.open() as database:
            database.write_now(
                lambda c: c.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
            )
    shutil.rmtree(hub.settings.data)


def test_a_restored_hub_is_as_it_was_then_and_begins_a_new_life(hub: Hub) -> None:
    """Ben's vote came after the backup: it is gone, and all kiosks will see a new epoch."""
    path, _ = hub.backed_up()
    hub.votes("agree")
    before = epoch(hub)
    hub.restored(path)
    assert hub.agreed() == 1
    assert epoch(hub) not in {"", before, None}
    assert hub.value("SELECT count(*) FROM comment WHERE status = 'published'") == 1


def test_what_was_known_of_questions_before_is_not_good_any_more(hub: Hub) -> None:
    """An office that lived through it, and remembers a question, must look it up again."""
    path, _ = hub.backed_up()
    before = questions(hub)
    hub.restored(path)
    assert questions(hub) not in {"", before, None}


def test_what_was_there_is_kept_aside_whole(hub: Hub) -> None:
    """The operator took the wrong file: what the hub had is still there."""
    path, _ = hub.backed_up()
    hub.votes("agree")
    aside = hub.restored(path).aside
    if hub.settings.hub_file is not None:
        kept = hub.settings.model_copy(
            update={"database_url": f"sqlite:///{Path(aside) / 'hub.db'}"}
        )
        with closing(open_hub(kept)) as database:
            found = database.read_now(
                lambda c: c.execute(text("SELECT count(*) FROM ballot")).scalar()
            )
    else:
        schema = aside.removeprefix("schema ")
        found = hub.value(f"SELECT count(*) FROM {schema}.ballot")
    assert found == 3


def test_an_erased_comment_never_comes_back(hub: Hub) -> None:
    """Ada speaks, the backup is taken, Ada erases, the backup is restored: not a word of hers."""
    ada = hub.hears("My name is Ada Unmistakable")
    hub.approves(ada)
    path, _ = hub.backed_up()
    with hub.open() as database:
        database.write_now(lambda c: erasure.erase(c, ada.id, SUNDAY))
    done = hub.restored(path)
    assert done.erased_again == 1
    with hub.open() as database:
        gone = database.read_now(lambda c: comment_store.get(c, ada.id))
        assert gone is not None
        assert (gone.status, gone.text) == (Status.ERASED, "")
        feed = database.read_now(lambda c: c.execute(text("SELECT body FROM feed")).scalars().all())
        assert not any("Unmistakable" in body for body in feed)
    if hub.settings.hub_file is not None:
        assert b"Unmistakable" not in hub.settings.hub_file.read_bytes()


def test_the_list_alone_is_enough_when_the_disk_is_gone(hub: Hub, tmp_path: Path) -> None:
    """The old database is lost, the list was copied elsewhere: her words stay gone."""
    ada = hub.hears("My name is Ada Unmistakable")
    path, _ = hub.backed_up()
    with hub.open() as database:
        database.write_now(lambda c: erasure.erase(c, ada.id, SUNDAY))
    elsewhere = tmp_path / "another machine"
    elsewhere.mkdir()
    for name in backup.APART:
        shutil.copy(hub.settings.data / name, elsewhere)
        (path.parent / name).unlink()
    lose_the_disk(hub)
    with pytest.raises(Refused, match=r"No erased.jsonl was found"):
        hub.restored(path)
    with pytest.raises(Refused, match=r"No erased.jsonl was found"):
        hub.restored(path, tmp_path / "mistyped")
    assert hub.restored(path, elsewhere).erased_again == 1
    with hub.open() as database:
        gone = database.read_now(lambda c: comment_store.get(c, ada.id))
    assert gone is not None
    assert gone.text == ""


def test_a_database_copied_back_by_hand_opens_without_what_was_erased(hub: Hub) -> None:
    """Somebody put an old file in place without the command: the next start erases again."""
    if hub.settings.hub_file is None:
        pytest.skip("a PostgreSQL has no file to copy back")
    ada = hub.hears("My name is Ada Unmistakable")
    path, _ = hub.backed_up()
    with hub.open() as database:
        database.write_now(lambda c: erasure.erase(c, ada.id, SUNDAY))
    shutil.copy(path, hub.settings.hub_file)
    assert hub.value("SELECT text FROM comment WHERE id = :id", id=ada.id) == ""


@pytest.mark.parametrize("disk_is_lost", [False, True])
def test_whoever_was_shut_out_since_stays_out_and_newer_kiosks_stay_in(
    hub: Hub, tmp_path: Path, disk_is_lost: bool
) -> None:
    """A stolen kiosk, a dismissed colleague, a kiosk enrolled after the backup."""
    stolen = hub.enrols("Station")
    path, _ = hub.backed_up()
    newer = hub.enrols("Library")
    with hub.open() as database:
        database.write_now(lambda c: revoke(c, stolen, SUNDAY))
        database.write_now(lambda c: appointments.dismiss(c, "pavel", SUNDAY))
    shutil.copytree(hub.settings.data, tmp_path / "rsynced")
    if disk_is_lost:
        lose_the_disk(hub)
    assert hub.restored(path, tmp_path / "rsynced").met_again == 3
    with hub.open() as database:
        kiosks = {k.id: k for k in database.read_now(kiosk_store.everyone)}
        assert kiosks[stolen].revoked_at is not None
        assert kiosks[newer].revoked_at is None
        assert database.read_now(lambda c: staff_store.secret(c, "pavel")) is None
        assert database.read_now(lambda c: staff_store.secret(c, "meera")) is not None


def test_a_kiosk_that_the_backup_does_not_know_is_let_in_by_its_identity(
    hub: Hub, tmp_path: Path
) -> None:
    """Its enrolment was lost with the disk; nobody need carry a new identity to it."""
    path, _ = hub.backed_up()
    with hub.open() as database:
        known = database.write_now(lambda c: enrol(c, "Library", "", LINDMARK, "", SUNDAY))
    lose_the_disk(hub)
    (hub.backups / admissions.FILE).unlink()
    hub.restored(path, anyway=True)
    carried = tmp_path / "identity.json"
    write_identity(carried, known)
    assert administration.enrol_again(hub.settings, carried, SUNDAY)
    assert not administration.enrol_again(hub.settings, carried, SUNDAY)
    with hub.open() as database:
        kiosk = database.read_now(lambda c: authenticate(c, known.credential))
    assert (kiosk.number, kiosk.name) == (known.number, "Library")


def test_a_running_hub_is_not_restored_over(hub: Hub) -> None:
    """Some process has it open: refused, told how to stop it, and nothing changed."""
    path, _ = hub.backed_up()
    hub.votes("agree")
    with hub.open(), pytest.raises(Conflict, match="The hub runs") as refused:
        hub.restored(path)
    assert "systemctl stop" in refused.value.remedy
    assert hub.agreed() == 2


def test_also_a_program_that_is_none_of_ours_counts_as_running(hub: Hub, tmp_path: Path) -> None:
    """A forgotten shell on the database, or a copier: no file is changed under it."""
    path, _ = hub.backed_up()
    hub.votes("agree")
    if hub.settings.hub_file is None:
        pytest.skip("a PostgreSQL tells by the name of the program")
    import pysqlite3

    shell = pysqlite3.connect(hub.settings.hub_file)
    shell.execute("SELECT count(*) FROM ballot").fetchone()
    with pytest.raises(Conflict, match="in use"):
        hub.restored(path)
    shell.close()
    hub.restored(path)
    assert hub.agreed() == 1


def test_who_is_just_leaving_is_waited_for(hub: Hub) -> None:
    """The operator stops the hub and restores: its last connection is seen a moment longer."""
    path, _ = hub.backed_up()
    hub.votes("agree")
    if hub.settings.hub_file is not None:
        pytest.skip("of a file nothing is seen once it is closed")
    url = make_url(hub.settings.hub_database).set(drivername="postgresql")
    leaving = psycopg.connect(
        url.render_as_string(hide_password=False), application_name="kiosk", autocommit=True
    )
    leaves = threading.Timer(0.3, leaving.close)
    leaves.start()
    hub.restored(path)
    leaves.join()
    assert hub.agreed() == 1


def test_while_it_is_restored_no_process_can_open_it(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Systemd starts the hub again in the wrong moment: it waits for its turn."""
    path, _ = hub.backed_up()
    told: list[str] = []

    def meanwhile(*args: object) -> list[str]:
        with pytest.raises(Unavailable, match="being restored") as refused:
            open_hub(hub.settings)
        told.append(str(refused.value))
        return []

    monkeypatch.setattr("kiosk.apps.restore.soundness.faults", meanwhile)
    hub.restored(path)
    assert told
    assert hub.agreed() == 1


def test_wrong_files_are_refused_and_nothing_changes(hub: Hub, tmp_path: Path) -> None:
    """A damaged file, a foreign file, another hub's backup."""
    path, _ = hub.backed_up()
    hub.votes("agree")
    before = epoch(hub)
    damaged = tmp_path / "damaged" / "hub.db"
    shutil.copytree(hub.backups, damaged.parent)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    foreign = tmp_path / "holiday.jpg"
    foreign.write_bytes(b"\xff\xd8")
    for wrong in (damaged, foreign, tmp_path / "nothing.db"):
        with pytest.raises(Refused):
            hub.restored(wrong)
    with hub.open() as database:
        database.write_now(
            lambda c: c.execute(text("UPDATE meta SET value = 'ab' WHERE name = 'hub-key'"))
        )
    with pytest.raises(Refused, match="another hub") as refused:
        hub.restored(path)
    assert "--anyway" in refused.value.remedy
    assert (hub.agreed(), epoch(hub)) == (2, before)
    hub.restored(path, anyway=True)
    assert hub.agreed() == 1


def test_a_backup_that_is_not_sound_is_not_put_in_place(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old database had a damaged page when it was copied: said, and the hub stays as it is."""
    path, _ = hub.backed_up()
    hub.votes("agree")
    monkeypatch.setattr("kiosk.apps.restore.soundness.faults", lambda _: ["the file is damaged"])
    with pytest.raises(Refused, match="not sound: the file is damaged"):
        hub.restored(path)
    assert hub.agreed() == 2


def test_an_old_backup_is_told_to_be_old(hub: Hub) -> None:
    """After 35 days kiosks have let go of what it lacks."""
    with hub.open():
        backup.take(hub.settings, hub.backups / "old.db", SUNDAY - timedelta(days=36))
    assert hub.restored(hub.backups / "old.db").too_old
    path, _ = hub.backed_up()
    assert not hub.restored(path).too_old


def test_a_hub_moves_from_one_dialect_to_the_other(hub: Hub, tmp_path: Path) -> None:
    """A backup of either is restored as SQLite on another machine."""
    path, _ = hub.backed_up()
    hub.settings = hub.settings.model_copy(update={"data": tmp_path / "moved", "database_url": ""})
    hub.restored(path)
    assert hub.agreed() == 1


def test_the_command_says_what_was_done_and_what_is_lost(hub: Hub) -> None:
    """`kiosk restore` ends well and tells what to look at first."""
    path, _ = hub.backed_up()
    settings = {"data": hub.settings.data, "database_url": hub.settings.database_url}
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "restore", str(path)],
        cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    assert "What came by phone and what staff decided" in done.stdout
    assert "What was there before is in" in done.stdout
