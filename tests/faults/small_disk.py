"""A disk of a few hundred KiB that runs full while people write: who is thanked is kept."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from sqlalchemy import text

from kiosk import ids
from kiosk.errors import Unavailable
from kiosk.sync import submit
from kiosk.voice.ballot import Cast
from kiosk.voice.place import Place
from tests.faults.checker import Told
from tests.faults.family import Family, Found
from tests.faults.outpost import Outpost, outpost
from tests.world import BENCHES, SUNDAY

SPARE_KIB = (64, 256)
"""Room that a disk has beyond its database when it is mounted: from, to."""
AT_ONCE = 8
REFUSALS = 12
"""Votes that are refused before somebody makes room."""


def trial(number: int, folder: Path) -> Found:
    """Vote until the disk is full and some time longer; make room; vote again; sync."""
    with _disk(folder, random.Random(number)) as (post, grow):
        told, refused = asyncio.run(_until_full(post, again=grow))
        post.holds_alone(Told(frozenset(told)))
        post.heals(Told(frozenset(told)))
    return Found(1, len(told), 0, {"refused": refused})


def control(number: int, folder: Path) -> Found:
    """The same, but everybody is thanked whose vote was handed over."""
    with _disk(folder, random.Random(number)) as (post, _):
        told, refused = asyncio.run(_until_full(post, again=None, hasty=True))
        database = post.kiosk_database()
        kept = database.read_now(lambda c: set(c.execute(text("SELECT id FROM outbox")).scalars()))
        database.close()
    return Found(1, len(told), len(told - kept), {"refused": refused})


Grow = partial[None]


async def _until_full(
    post: Outpost, *, again: Grow | None, hasty: bool = False
) -> tuple[set[str], int]:
    """Vote, several at once; return who was thanked and how many were refused.

    With *again* the disk grows after some refusals, and everybody who was refused tries the same
    vote again: the same id, as a second tap does.
    """
    database = post.kiosk_database()
    identity = post.identity
    place = Place("harbour", identity.city, identity.place, "touchscreen", identity.id)
    told: set[str] = set()
    refused: list[Cast] = []

    async def votes(cast: Cast) -> None:
        if hasty:
            told.add(cast.id)
        try:
            await database.write(partial(submit.cast_ballot, cast=cast, now=SUNDAY))
            told.add(cast.id)
        except Unavailable:
            refused.append(cast)

    while len(refused) < REFUSALS:
        casts = [
            Cast(ids.new_id(), BENCHES, ids.new_id(), ("agree",), place, SUNDAY)
            for _ in range(AT_ONCE)
        ]
        await asyncio.gather(*(votes(cast) for cast in casts))
    waiting = list(refused)
    if again is not None:
        again()
        refused.clear()
        await asyncio.gather(*(votes(cast) for cast in waiting))
        assert not refused, f"{len(refused)} are still refused on a disk with room"
    database.close()
    return told, len(waiting)


@contextmanager
def _disk(folder: Path, chance: random.Random) -> Iterator[tuple[Outpost, Grow]]:
    """An outpost whose touchscreen's files lie on a small tmpfs, and what makes that larger."""
    post = outpost(folder / "post")
    mounted = folder / "disk"
    mounted.mkdir()
    size = _kib(post.folder) + chance.randint(*SPARE_KIB)
    _run("mount", "-t", "tmpfs", "-o", f"size={size}k", "kiosk-fault", str(mounted))
    try:
        shutil.copytree(post.folder, mounted, dirs_exist_ok=True)
        grow = partial(_run, "mount", "-o", "remount,size=64m", str(mounted))
        yield Outpost(mounted), grow
    finally:
        _run("umount", "--lazy", str(mounted))


def _kib(folder: Path) -> int:
    return sum(file.stat().st_blocks for file in folder.iterdir()) // 2 + 64


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


@cache
def _impossible() -> str:
    """Try it: root of a container may be allowed nothing of the kind."""
    if os.geteuid() != 0:
        return "a small tmpfs is mounted by root only"
    with tempfile.TemporaryDirectory() as place:
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "kiosk-fault", place]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            return "this system lets nobody mount a tmpfs"
        _run("umount", place)
    return ""


FAMILY = Family(
    name="disk full (tmpfs)",
    unit="disks",
    small=4,
    full=400,
    trial=trial,
    control=control,
    control_is="thanks before the commit",
    impossible=_impossible,
)
