"""Every promise about what people say, checked on the databases themselves.

Used by each fault test: :func:`holds` after each harm, with what clients were told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from tests.faults.checker import (
    counting,
    erasing,
    grouping,
    moderating,
    presence,
    sequences,
    supporting,
)
from tests.faults.checker.evidence import Evidence, Told, rows
from tests.faults.checker.moderating import History

__all__ = ["INVARIANTS", "Evidence", "History", "Told", "check", "converged", "holds"]

Invariant = Callable[[Evidence], Iterator[str]]

INVARIANTS: tuple[Invariant, ...] = (
    sequences.files_are_sound,
    presence.told_and_kept,
    presence.in_one_place,
    presence.arrived,
    presence.applied,
    counting.tally_is_a_recount,
    counting.open_data_gives_the_tally,
    counting.published_is_the_tally,
    counting.kiosks_show_the_published,
    sequences.outbox_is_gapless,
    sequences.bodies_are_what_was_hashed,
    sequences.inbox_is_gapless,
    sequences.feed_is_in_order,
    sequences.cursors_follow,
    sequences.voice_numbers_are_given_once,
    moderating.log_is_whole,
    moderating.status_follows_from_the_log,
    moderating.screens_follow,
    erasing.stays_erased,
    supporting.support_is_a_recount,
    supporting.support_counts_once,
    supporting.published_support_is_the_count,
    supporting.kiosks_show_the_published_support,
    supporting.open_data_gives_the_support,
    supporting.support_goes_with_its_comment,
    grouping.hands_are_as_entered,
    grouping.hands_stand_at_the_hub,
    grouping.published_hands_are_the_sum,
    grouping.kiosks_show_the_published_hands,
    grouping.open_data_gives_the_hands,
    grouping.hands_are_no_votes,
)

_VOICES = (
    "SELECT id, origin, seq, body_hash FROM inbox ORDER BY id",
    "SELECT question, participant, id, choices, seq FROM ballot ORDER BY question, participant",
    "SELECT id, status, text FROM comment ORDER BY id",
    "SELECT * FROM tally WHERE count <> 0 ORDER BY question, origin, city, place, channel, choice",
    "SELECT id, origin, body_hash FROM quarantine ORDER BY id, origin, body_hash",
    "SELECT id FROM report ORDER BY id",
    "SELECT comment, participant, id, given, seq FROM support ORDER BY comment, participant",
    "SELECT * FROM support_count WHERE count <> 0 ORDER BY comment, origin, city, place, channel",
    "SELECT question, group_id, id, size, raised, seq FROM group_hands ORDER BY question, group_id",
    "SELECT id FROM erased ORDER BY id",
)


def check(world: Evidence) -> list[str]:
    """Return a sentence for everything that is broken."""
    return [
        f"{invariant.__name__}: {said}"
        for invariant in INVARIANTS
        for said in _found(invariant, world)
    ]


def _found(invariant: Invariant, world: Evidence) -> list[str]:
    try:
        return list(invariant(world))
    except DatabaseError as error:  # what cannot be read is as bad as what is wrong
        return [f"cannot be looked at: {error.orig}"]


def holds(world: Evidence) -> None:
    """Raise unless every promise is kept.

    Raises:
        AssertionError: with a sentence for everything that is broken.
    """
    broken = check(world)
    assert not broken, "\n".join(broken)


def converged(hub: Connection) -> str:
    """Return a digest of all voices at the hub: a retry of anything must leave it as it is."""
    content = [[list(row) for row in rows(hub, statement)] for statement in _VOICES]
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()
