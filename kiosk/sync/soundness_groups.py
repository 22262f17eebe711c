"""What must hold of groups' hands at a touchscreen: own as told to the hub, others' by its feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk.messaging.feed_entry import Entry
from kiosk.sync import groups
from kiosk.voice import group_store, question_store
from kiosk.voice.group import Hands, Line, to_text

_OWN = text(
    "SELECT question, group_id, id, seq, size, raised, city, place, channel FROM group_hands"
    " WHERE origin = :origin"
)
_SAID = text("SELECT id, seq, body FROM outbox WHERE kind = 'hands' ORDER BY seq")
_OTHERS = text("SELECT question, origin, city, place, groups, people, raised FROM group_result")
_FORGET = text("DELETE FROM group_hands WHERE question = :question AND group_id = :group")

Sums = dict[tuple[str, ...], tuple[int, int, str]]
"""By question, origin, city and place: how many groups and people, and their hands as kept."""


def faults(connection: Connection, origin: str, fed: Sequence[Entry]) -> Iterator[str]:
    """Yield what is damaged, a sentence each; *fed* is the screen's copy of the hub's feed."""
    told = list(_told(connection, origin))
    latest = {(each.question, each.group): each for each in told}
    found = set()
    for row in connection.execute(_OWN, {"origin": origin}):
        found.add((row.question, row.group_id))
        if _differs(row, latest.get((row.question, row.group_id)), told):
            yield f"a group's hands on {row.question} are not what was told to the hub"
    missing = latest.keys() - found
    if missing:
        yield f"{len(missing)} groups' hands that were told to the hub are missing here"
    right, stored = _fed(fed, origin), _others(connection)
    differs = {key for key in right.keys() | stored.keys() if right.get(key) != stored.get(key)}
    for question in sorted({key[0] for key in differs}):
        yield f"others' hands on {question} are not what the hub published"


def mend(connection: Connection, origin: str) -> None:
    """Put the screen's own groups' hands back to what was told to the hub.

    Others' are mended by taking the hub's feed anew.
    """
    told = list(_told(connection, origin))
    latest = {(each.question, each.group): each for each in told}
    for row in connection.execute(_OWN, {"origin": origin}).all():
        if _differs(row, latest.get((row.question, row.group_id)), told):
            connection.execute(_FORGET, {"question": row.question, "group": row.group_id})
    for hands in told:
        asked = question_store.get(connection, hands.question)
        group_store.record(connection, hands, example=asked.example if asked else False)


def _told(connection: Connection, origin: str) -> Iterator[Hands]:
    """Yield what the sound messages say, in their order."""
    for row in connection.execute(_SAID).all():
        try:
            yield groups.hands_of(row.id, row.seq, bytes(row.body), origin)
        except (msgspec.MsgspecError, ValueError):
            continue  # told by the outbox's own seals


def _differs(row: Any, said: Hands | None, told: Collection[Hands]) -> bool:
    """Whether a row is not as told; hands that are put right stay counted where they were raised.

    What was told is forgotten 35 days after the hub had it; then nothing can be compared.
    """
    if said is None:
        return any(each.id == row.id for each in told)
    places = {(each.place.city, each.place.place, each.place.channel) for each in told}
    stands = (row.id, row.seq, row.size, row.raised)
    as_told = (said.id, said.seq, said.size, to_text(said.raised))
    return stands != as_told or (row.city, row.place, row.channel) not in places


def _others(connection: Connection) -> Sums:
    found = connection.execute(_OTHERS)
    return {tuple(row[:4]): (int(row.groups), int(row.people), row.raised) for row in found}


def _fed(fed: Iterable[Entry], origin: str) -> Sums:
    lines: dict[str, list[Line]] = {}
    for entry in fed:
        if entry.kind == groups.FEED:
            lines[entry.body["question"]] = groups.lines_of(entry.body)
    return {
        (question, line.origin, line.city, line.place): (
            line.groups, line.people, to_text(line.raised)
        )
        for question, of_question in lines.items()
        for line in of_question
        if line.origin != origin
    }  # fmt: skip
