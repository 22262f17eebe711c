"""Sequences are gapless, bodies are what was hashed, and the files are sound."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from tests.faults.checker.evidence import Evidence, rows, some

_NEXT = "SELECT value FROM meta WHERE name = 'outbox-seq'"
_OUTBOX = "SELECT seq, id, body, body_hash FROM outbox ORDER BY seq"
_INBOX = (
    "SELECT origin, count(*) AS held, max(seq) AS highest, min(seq) AS lowest FROM inbox"
    " GROUP BY origin"
)
_HEAD = "SELECT position FROM feed_head WHERE id = 1"
_FEED_TOP = "SELECT coalesce(max(position), 0) AS top FROM feed"
_TWICE = (
    "SELECT kind, subject FROM feed WHERE subject <> '' GROUP BY kind, subject HAVING count(*) > 1"
)
_VOICE_TWICE = (
    "SELECT voice_number FROM comment WHERE origin <> 'hub' AND voice_number <> ''"
    " GROUP BY voice_number HAVING count(*) > 1"
)


def outbox_is_gapless(world: Evidence) -> Iterator[str]:
    """What a kiosk keeps is one run of numbers that ends at the last one given out."""
    for origin, kiosk in world.kiosks.items():
        numbers = [row.seq for row in rows(kiosk, _OUTBOX)]
        last = int(next((row.value for row in rows(kiosk, _NEXT)), 0))
        if numbers and numbers != list(range(numbers[0], last + 1)):
            yield f"kiosk {origin[-6:]}: the outbox has gaps before {last}"


def bodies_are_what_was_hashed(world: Evidence) -> Iterator[str]:
    """A stored body is the one whose hash stands beside it."""
    for origin, kiosk in world.kiosks.items():
        changed = {
            row.id
            for row in rows(kiosk, _OUTBOX)
            if hashlib.sha256(bytes(row.body)).hexdigest() != row.body_hash
        }
        if changed:
            yield f"kiosk {origin[-6:]}: bodies that are not what was hashed: {some(changed)}"


def inbox_is_gapless(world: Evidence) -> Iterator[str]:
    """The hub holds each kiosk's messages from the first to the highest."""
    if world.hub is None:
        return
    for row in rows(world.hub, _INBOX):
        if (row.lowest, row.highest) != (1, row.held):
            yield f"inbox of {row.origin[-6:]}: {row.held} messages from {row.lowest}"


def feed_is_in_order(world: Evidence) -> Iterator[str]:
    """The head is not behind the newest entry; a whole state stands in the feed once."""
    for name, connection in world.all():
        head, top = rows(connection, _HEAD)[0][0], rows(connection, _FEED_TOP)[0][0]
        if top > head:
            yield f"{name}: an entry at {top} lies beyond the feed's head {head}"
        if twice := {f"{kind} {subject}" for kind, subject in rows(connection, _TWICE)}:
            yield f"{name}: twice in the feed: {some(twice)}"


def cursors_follow(world: Evidence) -> Iterator[str]:
    """No healed kiosk is ahead of the hub; one that followed stands at the head."""
    if world.hub is None or not (world.healed or world.followed):
        return
    head = rows(world.hub, _HEAD)[0][0]
    for origin, kiosk in world.kiosks.items():
        cursor = rows(kiosk, _HEAD)[0][0]
        if cursor > head or (world.followed and cursor < head):
            yield f"kiosk {origin[-6:]}: its cursor is {cursor}, the hub's head {head}"


def voice_numbers_are_given_once(world: Evidence) -> Iterator[str]:
    """Two voices never have the same public number."""
    for name, connection in world.all():
        if twice := {str(row[0]) for row in rows(connection, _VOICE_TWICE)}:
            yield f"{name}: voice numbers given twice: {some(twice)}"


def files_are_sound(world: Evidence) -> Iterator[str]:
    """SQLite finds nothing wrong with its file."""
    for name, connection in world.all():
        if connection.dialect.name == "sqlite":
            said = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())
            if said != "ok":
                yield f"{name}: integrity_check says {said[:200]}"
