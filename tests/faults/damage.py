"""Damage to a touchscreen's database: harmless, or told; never served as if it were right."""

from __future__ import annotations

import asyncio
import atexit
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from kiosk.database import salvage
from kiosk.errors import KioskError
from kiosk.live.tallies import publish_tallies
from kiosk.messaging.envelope import body_hash
from kiosk.moderation import actions as moderation
from kiosk.sync import soundness_store
from kiosk.sync.pull import Pull
from kiosk.sync.retention import forget_what_is_over, look_for_damage
from kiosk.voice import actions, comment_actions
from tests.faults.clocks import CLARA
from tests.faults.family import Family, Found, together
from tests.faults.outpost import Outpost, outpost
from tests.faults.visitors import Visitor
from tests.sync.conftest import Hub, Screen
from tests.world import BENCHES, SUNDAY

EACH = 10
"""Damages of one trial, each to a fresh copy."""
BEFORE, AFTER = 25, 15
"""Visits whose words the hub has, and visits whose words wait."""
PAGE = 4096

RESTARTED = 0.25
"""Of the damages that were told, how many a restart of the screen follows: it takes a second."""

Harm = Callable[[bytearray, random.Random], None]
_BY_ROW = text(
    "SELECT seq, id, kind, body, body_hash, seal FROM outbox NOT INDEXED WHERE rowid = :row"
)
_OUTBOX = text("SELECT seq, id, kind, body FROM outbox")


def flip(octets: bytearray, chance: random.Random) -> None:
    """Turn one bit over."""
    octets[chance.randrange(len(octets))] ^= 1 << chance.randrange(8)


def zero_page(octets: bytearray, chance: random.Random) -> None:
    """Fill one page with zeros."""
    start = chance.randrange(len(octets) // PAGE) * PAGE
    octets[start : start + PAGE] = bytes(PAGE)


def truncate(octets: bytearray, chance: random.Random) -> None:
    """Cut the file anywhere."""
    del octets[chance.randrange(len(octets)) :]


def trial(number: int, folder: Path, harm: Harm) -> Found:
    """Damage :data:`EACH` copies, let each screen start and sync, and look what became of it."""
    return together(
        _one(folder / str(n), harm, random.Random(f"{number} {n}")) for n in range(EACH)
    )


def control(number: int, folder: Path, harm: Harm) -> Found:
    """Trust SQLite's own check: count messages that it calls sound and that say something else."""
    lost = sum(
        _believed(folder / str(n), harm, random.Random(f"{number} {n}")) for n in range(EACH)
    )
    return Found(EACH, EACH * len(_truth().messages), lost)


def believing(number: int, folder: Path, harm: Harm) -> Found:
    """Take an error while reading for the end of the messages: count those behind it."""
    lost = sum(
        _behind_an_error(folder / str(n), harm, random.Random(f"{number} {n}")) for n in range(EACH)
    )
    return Found(EACH, EACH * len(_truth().messages), lost)


@dataclass(frozen=True)
class _Truth:
    """What the screen had before: its messages by id, and what it showed."""

    folder: Path
    messages: dict[str, tuple[int, str, bytes]]
    rows: dict[str, tuple[Any, ...]]
    shown: Any


def _one(folder: Path, harm: Harm, chance: random.Random) -> Found:
    truth = _truth()
    post = _harmed(folder, harm, chance)
    legible = _legible(post, truth)
    told = _works(post)
    restarted = bool(told) and chance.random() < RESTARTED
    if restarted and salvage.if_damaged(post.kiosk_db, SUNDAY):
        told += _restarts(post)
    mended = restarted and _mends(post)
    arrived, wrong = _at_hub(post, truth)
    assert not wrong, f"arrived other than they were said: {sorted(wrong)[:3]}"
    missing = legible - arrived
    left = f"legible, and not at the hub: {len(missing)}: {told}"
    assert not missing or (told and not restarted), left
    unread = len(truth.messages.keys() - legible - arrived) if restarted else 0
    if mended or not told:
        shown, right = _look(post), truth.shown
        if unread:  # votes that are nowhere any more cannot be shown
            shown, right = shown[1], right[1]
        assert shown == right, f"shown as if right: {_differs(shown, right)}"
    notes = {"told, and mended by a restart" if mended else "told" if told else "harmless": 1}
    if unread:
        notes["messages destroyed"] = unread
    return Found(1, len(truth.messages), 0, notes)


def _harmed(folder: Path, harm: Harm, chance: random.Random) -> Outpost:
    shutil.copytree(_truth().folder, folder)
    path = folder / "kiosk.db"
    octets = bytearray(path.read_bytes())
    harm(octets, chance)
    path.write_bytes(octets)
    return Outpost(folder)


def _works(post: Outpost) -> list[str]:
    """Let the screen start, tidy and sync; return what it told of itself."""
    told: list[str] = []
    try:
        with post.joined() as (_hub, screen):
            steps = (
                partial(screen.database.write, partial(look_for_damage, now=SUNDAY)),
                partial(screen.database.write, partial(forget_what_is_over, now=SUNDAY)),
                screen.push,
                screen.pull,
                screen.push,
            )
            asyncio.run(_does(steps, told))
            told += _finds(screen)
    except KioskError as error:
        told.append(str(error))
    return told


def _restarts(post: Outpost) -> list[str]:
    """What the program does at its start, and syncs again."""
    database = post.kiosk_database()
    database.write_now(comment_actions.skip_voice_numbers)
    database.close()
    return _works(post)


def _mends(post: Outpost) -> bool:
    """Do what a screen does every hour when it finds damage; true when all shown is right again."""
    try:
        with post.joined() as (_hub, screen):
            own = screen.identity.id
            found = screen.database.read_now(partial(soundness_store.faults, origin=own))
            if any(fault.startswith("the file") for fault in found):
                return False
            screen.database.write_now(partial(soundness_store.mend, origin=own, now=SUNDAY))
            pull = Pull(screen.database, screen.client, own, "", screen.clock)
            asyncio.run(_rebuilds(pull, screen))
            left = screen.database.read_now(partial(soundness_store.faults, origin=own))
    except KioskError:
        return False
    left = [fault for fault in left if "set aside" not in fault]
    assert not left, f"found damage and did not mend it: {left}"
    return True


async def _rebuilds(pull: Pull, screen: Screen) -> None:
    await pull.rebuild()
    await screen.client.close()


async def _does(steps: Any, told: list[str]) -> None:
    for step in steps:
        try:
            await step()
        except KioskError as error:
            told.append(str(error))


def _finds(screen: Screen) -> list[str]:
    """What `kiosk doctor` tells of the screen."""
    look = partial(soundness_store.faults, origin=screen.identity.id)
    try:
        return screen.database.read_now(look)
    except KioskError as error:
        return [str(error)]


def _legible(post: Outpost, truth: _Truth) -> set[str]:
    """Ids of messages that the damaged file still gives back as they were, asked one by one."""
    database = post.kiosk_database()
    found = set()
    try:
        with database.engine.connect() as connection:
            for seq in range(1, len(truth.messages) + 1):
                try:
                    for r in connection.execute(_BY_ROW, {"row": seq}):
                        if truth.rows.get(r.id) == tuple(r):
                            found.add(r.id)
                except DatabaseError:
                    continue
    except (DatabaseError, KioskError):
        return set()
    finally:
        database.close()
    return found


def _believed(folder: Path, harm: Harm, chance: random.Random) -> int:
    truth = _truth()
    database = _harmed(folder, harm, chance).kiosk_database()
    try:
        with database.engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                return 0
            found = connection.execute(_OUTBOX).all()
    except (DatabaseError, KioskError):
        return 0
    finally:
        database.close()
    return sum(truth.messages.get(r.id) != (r.seq, r.kind, r.body) for r in found)


def _behind_an_error(folder: Path, harm: Harm, chance: random.Random) -> int:
    truth = _truth()
    read: set[str] = set()
    try:
        database = _harmed(folder, harm, chance).kiosk_database()
        with database.engine.connect() as connection:
            for row in connection.execution_options(stream_results=True).execute(_OUTBOX):
                read.add(row.id)
    except DatabaseError:
        pass
    return len(truth.messages.keys() - read)


def _at_hub(post: Outpost, truth: _Truth) -> tuple[set[str], set[str]]:
    """Ids of what arrived as it was said, and of what arrived as something else."""
    arrived: set[str] = set()
    wrong: set[str] = set()
    database = post.hub_database()
    with database.engine.connect() as hub:
        for id, hash in hub.execute(text("SELECT id, body_hash FROM inbox")):
            known = truth.messages.get(id)
            sound = known is not None and body_hash(known[2]) == hash
            (arrived if sound else wrong).add(id)
    database.close()
    return arrived, wrong


def _look(post: Outpost) -> Any:
    """What visitors see at the screen: tallies and voices."""
    database = post.kiosk_database()
    try:
        return database.read_now(_shown)
    finally:
        database.close()


def _shown(connection: Connection) -> Any:
    tally = actions.tally_of(connection, BENCHES)
    public = comment_actions.published_comments(connection, "harbour", "benches")
    voices = sorted((c.id, c.text, c.voice_number) for c in public)
    return sorted(tally.by_choice.items()), voices


def _differs(shown: Any, truth: Any) -> str:
    return f"{shown}"[:150] + " instead of " + f"{truth}"[:150]


# --- the screen before the damage ----------------------------------------------------------------


@cache
def _truth() -> _Truth:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-truth-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    post = outpost(folder / "post")
    asyncio.run(_lives(post))
    for database in (post.kiosk_database(), post.hub_database()):
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
    database = post.kiosk_database()
    messages = database.read_now(
        lambda c: {r.id: (r.seq, r.kind, bytes(r.body)) for r in c.execute(_OUTBOX)}
    )
    rows = database.read_now(
        lambda c: {
            row.id: tuple(row)
            for seq in range(1, len(messages) + 1)
            for row in c.execute(_BY_ROW, {"row": seq})
        }
    )
    database.close()
    return _Truth(post.folder, messages, rows, _look(post))


class _Nobody:
    """Hears the thanks; the outbox itself is what counts here."""

    def send_bytes(self, line: bytes) -> None:
        """Hear a line."""


async def _lives(post: Outpost) -> None:
    """Visitors, a sync, publications, and more visitors whose words still wait."""
    with post.joined() as (hub, screen):
        pipe = cast(Pipe, _Nobody())
        chance = random.Random(1)
        visitor = Visitor(screen.database, post.identity, pipe, chance, post.clock)
        for _ in range(BEFORE):
            await visitor.visits()
        await screen.push()
        await _publishes(hub)
        await screen.pull()
        for _ in range(AFTER):
            await visitor.visits()
        await screen.client.close()


async def _publishes(hub: Hub) -> None:
    waiting = text("SELECT id FROM comment WHERE status = 'waiting' ORDER BY id")
    ids = await hub.database.read(lambda c: list(c.execute(waiting).scalars()))
    approve = partial(moderation.approve, revision=1, staff=CLARA, now=SUNDAY, at_once=True)
    for id in ids[: len(ids) // 2]:
        await hub.database.write(partial(approve, comment=id))
    await hub.database.write(lambda c: publish_tallies(c, SUNDAY))


def _family(name: str, harm: Harm, wrong: Callable[..., Found], control_is: str) -> Family:
    return Family(
        name=name,
        unit="damages",
        small=100,
        full=2_000,
        trial=partial(trial, harm=harm),
        control=partial(wrong, harm=harm),
        control_is=control_is,
        control_tries=100,
    )


BITS = _family(
    "a bit of the database turned over",
    flip,
    control,
    "integrity_check instead of a hash for each row",
)
AN_END = "an error while reading taken for the end"
PAGES = _family("a page of the database zeroed", zero_page, believing, AN_END)
CUTS = _family("the database cut short", truncate, believing, AN_END)
