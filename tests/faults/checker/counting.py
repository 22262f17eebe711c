"""Published tally = stored tally = recount = recount from the open data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from kiosk.apps import open_data
from tests.faults.checker.evidence import Evidence, ids, rows
from tests.faults.checker.sums import Counts, difference, published

_BALLOTS = "SELECT question, origin, city, place, channel, choices FROM ballot WHERE choices <> ''"
_TALLY = "SELECT question, origin, city, place, channel, choice, count FROM tally WHERE count <> 0"
_EXHIBITIONS = "SELECT DISTINCT exhibition FROM question WHERE NOT example"
_UNPUBLISHED = "SELECT question FROM tally_change"


def tally_is_a_recount(world: Evidence) -> Iterator[str]:
    """At the hub of all ballots, at a kiosk of its own."""
    for name, connection in world.all():
        own = "" if connection is world.hub else _origin(world, connection)
        stored = _stored(rows(connection, _TALLY), own)
        counted = _recount(rows(connection, _BALLOTS), own)
        if stored != counted:
            yield f"{name}: the tally is no recount: {difference(stored, counted)}"


def open_data_gives_the_tally(world: Evidence) -> Iterator[str]:
    """Whoever adds the published ballots up comes to the published results."""
    if world.hub is None:
        return
    for exhibition in sorted(ids(world.hub, _EXHIBITIONS)):
        given = open_data.collect(world.hub, exhibition)
        said: Counts = Counter()
        for r in given.results:
            said[r.question, r.choice, r.city, r.channel] = r.votes
        counted: Counts = Counter()
        for alike in given.ballots:
            for choice in (*alike.choices, "*"):
                counted[alike.question, choice, alike.city, alike.channel] += alike.ballots
        if said != counted:
            yield f"the open data of {exhibition} is no recount: {difference(said, counted)}"


def published_is_the_tally(world: Evidence) -> Iterator[str]:
    """What the feed says of a question is its tally, unless a change still waits for the ticker."""
    if world.hub is None:
        return
    waiting = {row.question for row in rows(world.hub, _UNPUBLISHED)}
    stored = _stored(rows(world.hub, _TALLY))
    said = published(world.hub, "tally", "question")
    for question in sorted({key[0] for key in stored | said} - waiting):
        ours, theirs = _only(stored, question), _only(said, question)
        if ours != theirs:
            yield f"published tally of {question} is another: {difference(theirs, ours)}"


def kiosks_show_the_published(world: Evidence) -> Iterator[str]:
    """A kiosk that followed the feed shows others' votes as published, and its own once."""
    if world.hub is None or not world.followed:
        return
    said = published(world.hub, "tally", "question")
    for origin, kiosk in world.kiosks.items():
        shown = _stored(rows(kiosk, _TALLY))
        others = Counter({key: n for key, n in shown.items() if key[1] != origin})
        wanted = Counter({key: n for key, n in said.items() if key[1] != origin})
        if others != wanted:
            yield f"kiosk {origin[-6:]}: shows other tallies: {difference(others, wanted)}"


def _origin(world: Evidence, connection: Connection) -> str:
    return next(origin for origin, c in world.kiosks.items() if c is connection)


def _stored(found: Iterable[Any], own: str = "") -> Counts:
    return Counter({tuple(r[:6]): r[6] for r in found if not own or r[1] == own})


def _recount(found: Iterable[Any], own: str) -> Counts:
    counts: Counts = Counter()
    for *where, choices in found:
        if own and where[1] != own:
            continue
        for choice in (*choices.split(","), "*"):
            counts[(*where, choice)] += 1
    return counts


def _only(counts: Counts, question: str) -> Counts:
    return Counter({key: n for key, n in counts.items() if key[0] == question})
