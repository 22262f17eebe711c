"""Support: counted once each, told as it was counted, gone with its comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection

from kiosk.apps import open_data
from tests.faults.checker.evidence import Evidence, ids, rows, some
from tests.faults.checker.sums import Counts, difference, published

_GIVEN = "SELECT comment, origin, city, place, channel FROM support WHERE given"
_COUNTED = "SELECT comment, origin, city, place, channel, count FROM support_count WHERE count <> 0"
_TOUCHES = "SELECT comment, participant, given FROM support WHERE origin = :origin"
_UNPUBLISHED = "SELECT comment FROM support_change"
_SHOWN = (
    "SELECT id, voice_number, exhibition FROM comment WHERE status = 'published' AND NOT example"
)
_GONE = "SELECT id FROM erased"
_ABOUT = "SELECT comment FROM support UNION SELECT comment FROM support_count WHERE count <> 0"


def support_is_a_recount(world: Evidence) -> Iterator[str]:
    """What is shown is what was touched: at the hub all of it, at a kiosk its own."""
    for name, connection in world.all():
        own = next((o for o, c in world.kiosks.items() if c is connection), "")
        given = Counter(tuple(r) for r in rows(connection, _GIVEN) if not own or r[1] == own)
        counted = _stored(connection, own)
        if given != counted:
            yield f"{name}: support is no recount: {difference(counted, given)}"


def support_counts_once(world: Evidence) -> Iterator[str]:
    """After healing each touch at a kiosk stands at the hub, once for participant and comment."""
    if world.hub is None or not world.healed:
        return
    gone = ids(world.hub, _GONE)
    for origin, kiosk in world.kiosks.items():
        here, there = (_touches(c, origin) for c in (kiosk, world.hub))
        other = {touch[0] for touch, _ in here.items() ^ there.items()}
        if wrong := other - gone:
            yield f"kiosk {origin[-6:]}: support stands otherwise at the hub: {some(wrong)}"


def published_support_is_the_count(world: Evidence) -> Iterator[str]:
    """What the feed says is what is counted, unless a change still waits for the ticker."""
    if world.hub is None:
        return
    waiting = ids(world.hub, _UNPUBLISHED)
    said, counted = published(world.hub, "support", "comment"), _stored(world.hub)
    if wrong := {key[0] for key in said | counted if said[key] != counted[key]} - waiting:
        yield f"published support is another: {some(wrong)}"


def kiosks_show_the_published_support(world: Evidence) -> Iterator[str]:
    """A kiosk that followed the feed shows others' support as published, and its own once."""
    if world.hub is None or not world.followed:
        return
    said = published(world.hub, "support", "comment")
    for origin, kiosk in world.kiosks.items():
        others, wanted = (
            Counter({key: n for key, n in counts.items() if key[1] != origin})
            for counts in (_stored(kiosk), said)
        )
        if others != wanted:
            yield f"kiosk {origin[-6:]}: shows other support: {difference(others, wanted)}"


def open_data_gives_the_support(world: Evidence) -> Iterator[str]:
    """The open data tell what was touched, of comments on show and of no others."""
    if world.hub is None:
        return
    shown = {r.id: (r.exhibition, r.voice_number) for r in rows(world.hub, _SHOWN)}
    right: dict[str, Counts] = {exhibition: Counter() for exhibition, _ in shown.values()}
    for comment, _, city, _, channel in rows(world.hub, _GIVEN):
        if comment in shown:
            exhibition, voice = shown[comment]
            right[exhibition][voice, city, channel] += 1
    for exhibition, counts in right.items():
        told: Counts = Counter()
        for each in open_data.collect(world.hub, exhibition).support:
            told[each.voice, each.city, each.channel] += each.times
        if told != counts:
            yield f"the open data of {exhibition} tell other support: {difference(told, counts)}"


def support_goes_with_its_comment(world: Evidence) -> Iterator[str]:
    """Of an erased comment nobody's agreement is left, with no identifier, and none is told."""
    if world.hub is None:
        return
    gone = ids(world.hub, _GONE)
    if left := gone & {key[0] for key in published(world.hub, "support", "comment")}:
        yield f"support of what was erased is published: {some(left)}"
    for name, connection in world.all():
        followed = connection is world.hub or world.followed
        if followed and (left := gone & ids(connection, _ABOUT)):
            yield f"{name}: support of what was erased is left: {some(left)}"


def _stored(connection: Connection, own: str = "") -> Counts:
    found = rows(connection, _COUNTED)
    return Counter({tuple(r[:5]): r[5] for r in found if not own or r[1] == own})


def _touches(connection: Connection, origin: str) -> dict[tuple[str, str], bool]:
    found = rows(connection, _TOUCHES, origin=origin)
    return {(r.comment, r.participant): bool(r.given) for r in found}
