"""At the hub: takes a kiosk's messages in, each once, and sets aside what cannot be applied."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from kiosk import clock, ids
from kiosk.errors import InvalidText
from kiosk.messaging import (
    feed_store,
    feed_sum_store,
    gap_store,
    heads,
    inbox_head_store,
    inbox_store,
    quarantine_store,
    rolling,
)
from kiosk.messaging.envelope import Message, seal_of
from kiosk.messaging.inbox_head_store import Held
from kiosk.messaging.inbox_store import Stored
from kiosk.people.kiosk_store import Kiosk
from kiosk.sync import take
from kiosk.sync.wire import Aside, Batch, Feed, Receipt

HIGHEST = 2**53
"""No kiosk gets as far; what is beyond is a mistake of its client."""


def epoch(connection: Connection) -> str:
    """Return the name of this hub's present life; a restored hub begins a new one."""
    return heads.keep_first(connection, "epoch", ids.new_id())


@dataclass(slots=True)
class _Taking:
    """One batch while it is taken: what is held so far, and which numbers will never come.

    *count* messages are new in it; *more* and *less* are the seals by which the hash moves;
    *later* holds erasures of what stands already.
    """

    kiosk: Kiosk
    now: datetime
    held: Held
    missing: frozenset[int]
    count: int = 0
    more: list[str] = field(default_factory=list)
    less: list[str] = field(default_factory=list)
    later: list[Message] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The kiosk's id."""
        return self.kiosk.id


def receive(connection: Connection, kiosk: Kiosk, batch: Batch, now: datetime) -> Receipt:
    """Apply what is new, in the kiosk's order, and reply with what is held of it.

    A message beyond the next number is left: the kiosk sends on from the reply's.

    Raises:
        InvalidText: a body is not the one that was hashed; nothing of the batch was taken.
    """
    messages = sorted(batch.messages, key=lambda m: m.seq)
    _check(messages)
    taking = _Taking(
        kiosk, now, inbox_head_store.hold(connection, kiosk.id), frozenset(batch.damaged)
    )
    if batch.again:
        _recount(connection, taking, batch.keeps_from)
    _skip_what_was_forgotten(connection, taking, batch.keeps_from)
    within = _within_reach(connection, taking, messages)
    _take_in(connection, taking, within)
    hash_ = rolling.moved(taking.held.hash, taking.more, taking.less)
    held = replace(taking.held, count=taking.held.count + taking.count, hash=hash_)
    inbox_head_store.write(connection, kiosk.id, held)
    return _receipt(connection, kiosk, held, messages, now)


def _check(messages: Sequence[Message]) -> None:
    sha256 = hashlib.sha256
    for message in messages:
        if sha256(message.body).hexdigest() != message.hash:
            raise InvalidText("A message was damaged on the way.", "Send it again.")
        if not 0 < message.seq < HIGHEST or "\0" in message.id or "\0" in message.kind:
            raise InvalidText("A message has no proper number, id or kind.", "Correct the client.")


def _recount(connection: Connection, taking: _Taking, keeps_from: int) -> None:
    """Believe the rows, not the sum beside them: a sending of everything mends both."""
    taking.held, damaged = inbox_store.recount(connection, taking.origin, taking.held.highest)
    for seq in damaged:
        if seq < keeps_from:
            _never_comes(connection, taking, seq, seq, gap_store.DAMAGED_AT_HUB)


def _never_comes(
    connection: Connection, taking: _Taking, first: int, last: int, reason: str
) -> None:
    gap_store.add(connection, taking.origin, first, last, reason, taking.now)


def _skip_what_was_forgotten(connection: Connection, taking: _Taking, keeps_from: int) -> None:
    """Go on from what the kiosk keeps, where the hub lost what is kept nowhere any more."""
    first, last = taking.held.highest + 1, min(keeps_from, HIGHEST) - 1
    if first <= last:
        _never_comes(connection, taking, first, last, gap_store.FORGOTTEN)
        taking.held = replace(taking.held, highest=last)


def _skip_damaged(connection: Connection, taking: _Taking) -> None:
    while taking.held.highest + 1 in taking.missing:
        seq = taking.held.highest + 1
        _never_comes(connection, taking, seq, seq, gap_store.DAMAGED_AT_KIOSK)
        taking.held = replace(taking.held, highest=seq)


def _within_reach(
    connection: Connection, taking: _Taking, messages: Sequence[Message]
) -> list[Message]:
    """Return the messages up to the first number that is missing without being declared so."""
    highest = taking.held.highest
    if not messages:
        _skip_damaged(connection, taking)
        return []
    first, last = messages[0].seq, messages[-1].seq
    if first <= highest + 1 and [m.seq for m in messages] == list(range(first, last + 1)):
        taking.held = replace(taking.held, highest=max(highest, last))
        _skip_damaged(connection, taking)
        return list(messages)
    for n, message in enumerate(messages):
        if message.seq > highest + 1:
            taking.held = replace(taking.held, highest=highest)
            _skip_damaged(connection, taking)
            highest = taking.held.highest
            if message.seq > highest + 1:
                return list(messages[:n])
        highest = max(highest, message.seq)
    taking.held = replace(taking.held, highest=highest)
    _skip_damaged(connection, taking)
    return list(messages)


def _take_in(connection: Connection, taking: _Taking, messages: Sequence[Message]) -> None:
    if not messages:
        return
    first, last = messages[0].seq, messages[-1].seq
    seals = [seal_of(m.seq, m.id, m.kind, m.hash) for m in messages]
    known = inbox_store.seals(connection, taking.origin, first, last)
    fresh = list(messages)
    if known:
        both = [(m, s) for m, s in zip(messages, seals, strict=True) if known.get(m.seq) != s]
        fresh, seals = [m for m, _ in both], [s for _, s in both]
    if not fresh:
        return
    new = inbox_store.add_many(connection, taking.origin, fresh, seals, taking.now)
    if len(new) == len(fresh):
        taking.count += len(fresh)
        taking.more += seals
    else:
        fresh = _sift(connection, taking, fresh, seals, new)
    # Ballots before everything else: the feed's head is taken after the tallies, as the ticker
    # does, so that two processes on PostgreSQL never wait for each other in a circle.
    take.apply_new(connection, taking.kiosk, [*fresh, *taking.later], taking.now)


def _sift(
    connection: Connection,
    taking: _Taking,
    fresh: Sequence[Message],
    seals: Sequence[str],
    new: set[int],
) -> list[Message]:
    """Return the messages that are new; settle those whose number or id was taken."""
    taken = []
    for message, seal in zip(fresh, seals, strict=True):
        if message.seq in new:
            new.remove(message.seq)  # a number that comes twice in one batch is new once
            taken.append(message)
            _count(taking, seal)
        else:
            _contested(connection, taking, message)
    return taken


def _count(taking: _Taking, seal: str) -> None:
    taking.count += 1
    taking.more.append(seal)


def _contested(connection: Connection, taking: _Taking, message: Message) -> None:
    """Settle a message whose number or id was there already with something else."""
    there = inbox_store.by_seq(connection, taking.origin, message.seq)
    if there is not None and there.id == message.id and message.kind == take.ERASED:
        # What stood under this id was destroyed at the kiosk after we had it: no conflict.
        inbox_store.replace(connection, taking.origin, message)
        taking.more.append(message.seal)
        taking.less.append(there.seal)
        taking.later.append(message)
        return
    if there is not None and there.seal == message.seal:
        return
    if there is not None and there.id == message.id and there.kind == take.ERASED:
        # A late copy of what its author has erased since: its words are kept nowhere again.
        return
    named = inbox_store.by_id(connection, message.id)
    mark = inbox_store.ASIDE
    if named is not None and named.origin == taking.origin and _is_same(named, message):
        mark = inbox_store.AGAIN
        if message.kind == take.ERASED:
            taking.later.append(message)
    else:
        reason = "its number was taken" if named is None else "same id, other body"
        conflict = quarantine_store.CONFLICT
        quarantine_store.add(connection, taking.origin, message, conflict, reason, taking.now)
    if inbox_store.hold_place(connection, taking.origin, message, taking.now, mark):
        _count(taking, message.seal)


def _is_same(there: Stored, message: Message) -> bool:
    """Whether a message came before under another number, or in the form before it was erased."""
    return (there.kind, there.hash) == (message.kind, message.hash) or message.kind == take.ERASED


def _receipt(
    connection: Connection, kiosk: Kiosk, held: Held, messages: Sequence[Message], now: datetime
) -> Receipt:
    aside: list[Aside] = []
    if messages:
        ids_sent = {message.id for message in messages}
        found = quarantine_store.between(connection, kiosk.id, messages[0].seq, messages[-1].seq)
        aside = [Aside(a.id, a.seq, a.status, a.reason) for a in found if a.id in ids_sent]
    return Receipt(
        epoch=epoch(connection),
        count=held.count,
        highest=held.highest,
        quarantined=[each.id for each in aside],
        hash=held.hash,
        aside=aside,
        feed=Feed(feed_store.head(connection), feed_sum_store.of(connection, kiosk.exhibition)),
        now=clock.to_text(now),
    )
