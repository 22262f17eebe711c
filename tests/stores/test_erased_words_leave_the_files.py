"""Erased means gone: the words are in none of the files that a kiosk's disk holds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import text

from kiosk.database import forgetting, kept
from kiosk.database.connection import Database
from kiosk.messaging import damage_store
from kiosk.sync import submit
from kiosk.sync.retention import forget_what_is_over, look_for_damage
from kiosk.voice import actions
from kiosk.voice.comment import KEPT_FOR, NewComment
from tests.world import SUNDAY, TOWN_HALL, harbour

WORDS = "My son Emre was hit by a car at the ferry, we need a crossing."


def holding(folder: Path, words: str) -> list[str]:
    """The files of *folder* in which *words* can be read."""
    return [p.name for p in sorted(folder.iterdir()) if words.encode() in p.read_bytes()]


def opened(folder: Path) -> Database:
    """A kiosk's database at work."""
    database = Database.open(f"sqlite:///{folder / 'kiosk.db'}")
    database.migrate()
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    return database


def comments(database: Database) -> str:
    """Ada writes; return her receipt."""
    new = NewComment("c-1", "benches", WORDS, "en", "ada", "receipt:ada", "", TOWN_HALL, SUNDAY)
    database.write_now(partial(submit.submit_comment, new=new, kiosk_number=1, now=SUNDAY))
    return new.receipt_hash


def erases(database: Database, receipt: str) -> None:
    """Ada destroys what she wrote."""
    database.write_now(partial(submit.take_back, receipt_hash=receipt, now=SUNDAY, erase=True))


@contextmanager
def reading(database: Database) -> Iterator[None]:
    """A long read stands on the pages of now for as long as the block lasts."""
    with database.engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")
        reader.execute(text("SELECT count(*) FROM comment")).scalar()
        yield


def test_what_ada_erased_is_in_no_file_of_the_kiosk(tmp_path: Path) -> None:
    """While the kiosk goes on running nobody can read her words from its disk."""
    database = opened(tmp_path)
    receipt = comments(database)
    assert holding(tmp_path, WORDS), "the test would find the words if they were there"
    erases(database, receipt)
    assert holding(tmp_path, WORDS) == []
    database.close()


def test_a_reader_in_the_way_delays_it_until_the_next_commit(tmp_path: Path) -> None:
    """The old pages are still read; with the commit after that the words are gone."""
    database = opened(tmp_path)
    receipt = comments(database)
    with reading(database):
        erases(database, receipt)
        assert holding(tmp_path, WORDS)
    database.write_now(lambda c: c.exec_driver_sql("SELECT 1"))
    assert holding(tmp_path, WORDS) == []
    assert (tmp_path / "kiosk.db-wal").stat().st_size == 0
    database.close()


def test_whichever_connection_writes_next_makes_up_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers have used the others meanwhile, so the writer gets another one from the pool."""
    monkeypatch.setattr(kept, "FRESH_S", 0.0)
    database = opened(tmp_path)
    receipt = comments(database)
    with reading(database), database.engine.connect():
        erases(database, receipt)
        assert holding(tmp_path, WORDS)
    database.write_now(lambda c: c.exec_driver_sql("SELECT 1"))
    assert holding(tmp_path, WORDS) == []
    database.close()


def test_a_reader_that_stays_holds_up_no_vote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that copies the log reads all the time: only the erasure itself waits for it."""
    monkeypatch.setattr(forgetting, "_PATIENCE_MS", 2_000)
    database = opened(tmp_path)
    receipt = comments(database)
    with reading(database):
        erases(database, receipt)
        took = []
        for _ in range(5):
            begun = time.monotonic()
            database.write_now(lambda c: c.exec_driver_sql("UPDATE meta SET value = value"))
            took.append(time.monotonic() - begun)
        assert median(took) < 1, "a busy disk holds one up, this reader would hold up each"
    database.close()


def test_what_a_failing_disk_left_of_her_words_goes_too(tmp_path: Path) -> None:
    """Her message was damaged and set aside before she erased; its id cannot be read any more."""
    database = opened(tmp_path)
    receipt = comments(database)
    damage = text("UPDATE outbox SET id = CAST(x'fffe41' AS TEXT)")
    database.write_now(lambda c: c.execute(damage))
    database.write_now(partial(look_for_damage, now=SUNDAY))
    in_hexadecimal = WORDS.encode().hex()
    assert holding(tmp_path, in_hexadecimal), "the test would find the words if they were there"
    erases(database, receipt)
    assert holding(tmp_path, WORDS) == []
    assert holding(tmp_path, in_hexadecimal) == []
    assert database.read_now(damage_store.numbers) == [1]
    database.close()


def test_what_a_failing_disk_left_of_anybody_s_words_has_a_deletion_date(tmp_path: Path) -> None:
    """Nobody erased it: after two years nothing of the damaged message can be read."""
    database = opened(tmp_path)
    comments(database)
    database.write_now(lambda c: c.execute(text("UPDATE outbox SET id = 'another'")))
    database.write_now(partial(look_for_damage, now=SUNDAY))
    later = SUNDAY + KEPT_FOR
    database.write_now(partial(forget_what_is_over, now=later))
    assert holding(tmp_path, WORDS) == []
    assert holding(tmp_path, WORDS.encode().hex()) == []
    assert database.read_now(damage_store.numbers) == [1]
    database.close()
