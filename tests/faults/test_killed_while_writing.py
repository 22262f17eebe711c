"""A touchscreen loses its power twenty times while people vote and speak."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from pathlib import Path

from sqlalchemy import Connection, text

from kiosk.voice import actions
from tests.faults.writer import BENCHES, write_until_killed
from tests.journeys.town import Town
from tests.journeys.waiting import until

KILLS = 20
FEWEST, MOST = 3, 120
"""Acknowledged writes after which the power goes, drawn anew for each life."""


def test_what_a_screen_called_received_survives_twenty_kills_and_arrives_once(town: Town) -> None:
    """Whatever was acknowledged is in the outbox, and at the hub once, however often it died."""
    chance = random.Random(20190829)
    log = town.folder / "acknowledged"
    log.touch()
    start = multiprocessing.get_context("forkserver")
    start.set_forkserver_preload(["tests.faults.writer"])
    for _ in range(KILLS):
        child = start.Process(target=write_until_killed, args=(town.folder / "kiosk", log))
        child.start()
        _await_lines(log, len(_lines(log)) + chance.randint(FEWEST, MOST))
        child.kill()
        child.join()

    acknowledged = _lines(log)
    assert len(set(acknowledged)) == len(acknowledged)
    with town.kiosk_database() as database:
        kept = database.read_now(_outbox)
        _is_whole(database.read_now)
    assert set(acknowledged) <= set(kept)
    assert len(set(kept)) == len(kept)

    town.start(town.public, town.touch)
    with town.hub_database() as hub:
        until(lambda: len(hub.read_now(_inbox)) >= len(kept), "all arrived", 30)
        assert Counter(hub.read_now(_inbox)) == Counter(kept)
        assert (
            hub.read_now(lambda c: c.execute(text("SELECT count(*) FROM quarantine")).scalar()) == 0
        )
        ballots = hub.read_now(_ballots)
        tally = hub.read_now(lambda c: actions.tally_of(c, BENCHES))
    assert tally.ballots == tally.by_choice["agree"] == ballots
    print(
        f"{KILLS} kills, {len(acknowledged)} acknowledged, {len(kept)} kept, each once at the hub"
    )


def _await_lines(path: Path, count: int) -> None:
    until(lambda: len(_lines(path)) >= count, f"{count} were called received")


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def _outbox(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT id FROM outbox ORDER BY seq")).scalars())


def _inbox(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT id FROM inbox")).scalars())


def _ballots(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM ballot")).scalar_one())


def _is_whole(read) -> None:  # type: ignore[no-untyped-def]
    """The kiosk's own database: sound, without a gap, its tally a recount, its numbers unique."""
    sound = read(lambda c: c.execute(text("PRAGMA integrity_check")).scalar())
    assert sound == "ok"
    numbers = read(lambda c: list(c.execute(text("SELECT seq FROM outbox ORDER BY seq")).scalars()))
    assert numbers == list(range(1, len(numbers) + 1))
    voices = read(lambda c: list(c.execute(text("SELECT voice_number FROM comment")).scalars()))
    assert len(set(voices)) == len(voices)
    tally = read(lambda c: actions.tally_of(c, BENCHES))
    assert tally.ballots == read(_ballots)
