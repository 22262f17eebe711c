"""Groups' hands: as they were entered, told as they add up, and in no tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection

from kiosk.apps import open_data
from tests.faults.checker.evidence import Evidence, ids, rows, some
from tests.faults.checker.sums import Counts, difference

_HANDS = "SELECT question, origin, city, place, size, raised FROM group_hands WHERE raised <> ''"
_OWN = "SELECT question, group_id, id, size, raised FROM group_hands WHERE origin = :origin"
_ENTERED = "SELECT id, body FROM outbox WHERE kind = 'hands' ORDER BY seq"
_OTHERS = "SELECT question, origin, city, place, groups, people, raised FROM group_result"
_FEED = "SELECT body FROM feed WHERE kind = 'groups'"
_PUBLIC_HANDS = (
    "SELECT coalesce(question.exhibition, group_hands.exhibition), group_hands.question,"
    " origin, city, place, size, raised FROM group_hands"
    " LEFT JOIN question ON question.id = group_hands.question"
    " WHERE raised <> '' AND NOT group_hands.example"
)
_AMONG_VOTES = (
    "SELECT question FROM ballot WHERE channel = 'group'"
    " UNION SELECT question FROM tally WHERE channel = 'group' AND count <> 0"
)
_GROUPS, _PEOPLE = "groups", "people"

Answer = tuple[str, int, str]
"""Id of the message, size of the group, and its hands as they are kept."""


def hands_are_as_entered(world: Evidence) -> Iterator[str]:
    """What stands at a screen of its groups is what it told the hub of them last."""
    for origin, kiosk in world.kiosks.items():
        entered, stands = _entered(kiosk), _own(kiosk, origin)
        if wrong := {key[0] for key, said in entered.items() if stands.get(key) != said}:
            yield f"kiosk {origin[-6:]}: hands that were not entered so: {some(wrong)}"


def hands_stand_at_the_hub(world: Evidence) -> Iterator[str]:
    """After healing each group's last word at a screen stands at the hub, and no other."""
    if world.hub is None or not world.healed:
        return
    for origin, kiosk in world.kiosks.items():
        here, there = _own(kiosk, origin), _own(world.hub, origin)
        if wrong := {key[0] for key, _ in here.items() ^ there.items()}:
            yield f"kiosk {origin[-6:]}: hands stand otherwise at the hub: {some(wrong)}"


def published_hands_are_the_sum(world: Evidence) -> Iterator[str]:
    """What the feed says of groups is what the hub's rows add up to."""
    if world.hub is None:
        return
    said, summed = _published(world.hub), _summed(world.hub)
    if said != summed:
        yield f"published hands are another sum: {difference(said, summed)}"


def kiosks_show_the_published_hands(world: Evidence) -> Iterator[str]:
    """A kiosk that followed the feed shows others' groups as published, and none of its own."""
    if world.hub is None or not world.followed:
        return
    said = _published(world.hub)
    for origin, kiosk in world.kiosks.items():
        shown: Counts = Counter()
        for question, *where, groups, people, raised in rows(kiosk, _OTHERS):
            _add(shown, (question, *where), groups, people, _read(raised))
        wanted = Counter({key: n for key, n in said.items() if key[1] != origin})
        if shown != wanted:
            yield f"kiosk {origin[-6:]}: shows other hands: {difference(shown, wanted)}"


def open_data_gives_the_hands(world: Evidence) -> Iterator[str]:
    """The open data tell the same hands by city, and tell them apart from the ballots."""
    if world.hub is None:
        return
    right: dict[str, Counts] = {}
    for exhibition, *where, size, raised in rows(world.hub, _PUBLIC_HANDS):
        _add(right.setdefault(exhibition, Counter()), tuple(where), 1, size, _read(raised))
    for exhibition, summed in right.items():
        told: Counts = Counter()
        for question, lines in open_data.collect(world.hub, exhibition).groups.items():
            for line in lines:
                place = (question, line.origin, line.city, line.place)
                _add(told, place, line.groups, line.people, dict(line.raised))
        if told != summed:
            yield f"the open data of {exhibition} tell other hands: {difference(told, summed)}"


def hands_are_no_votes(world: Evidence) -> Iterator[str]:
    """No ballot and no tally is a group's, at the hub or at any screen."""
    for name, connection in world.all():
        if among := ids(connection, _AMONG_VOTES):
            yield f"{name}: hands among the votes: {some(among)}"


def _entered(kiosk: Connection) -> dict[tuple[str, str], Answer]:
    """Of each question and group the last message that is kept."""
    found: dict[tuple[str, str], Answer] = {}
    for row in rows(kiosk, _ENTERED):
        body = msgspec.json.decode(row.body)
        raised = ",".join(f"{choice}={n}" for choice, n in sorted(body["hands"]))
        found[body["question"], body["group"]] = (row.id, body["size"], raised)
    return found


def _own(connection: Connection, origin: str) -> dict[tuple[str, str], Answer]:
    found = rows(connection, _OWN, origin=origin)
    return {(r.question, r.group_id): (r.id, r.size, r.raised) for r in found}


def _summed(hub: Connection) -> Counts:
    counts: Counts = Counter()
    for *where, size, raised in rows(hub, _HANDS):
        _add(counts, tuple(where), 1, size, _read(raised))
    return counts


def _published(hub: Connection) -> Counts:
    counts: Counts = Counter()
    for row in rows(hub, _FEED):
        body = msgspec.json.decode(row.body)
        for *where, groups, people, hands in body["rows"]:
            _add(counts, (body["question"], *where), groups, people, dict(hands))
    return counts


def _add(
    counts: Counts, where: tuple[str, ...], groups: int, people: int, hands: dict[str, int]
) -> None:
    """Add what a line tells; a zero is no difference to nothing told."""
    for what, n in ((_GROUPS, groups), (_PEOPLE, people), *hands.items()):
        if n:
            counts[(*where, what)] += n


def _read(raised: str) -> dict[str, int]:
    pairs = (part.partition("=") for part in raised.split(",")) if raised else ()
    return {choice: int(n) for choice, _, n in pairs}
