"""What a kiosk concludes from the hub's reply: go on, send everything again, or let it be.

When the hub began a new life, or holds fewer messages than it confirmed, or holds others, all that
is kept is sent again: it takes each once (architecture.md, rule 7). What still differs after that
is kept nowhere any more. The hub's figures are taken over then, so that this ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from kiosk import clock
from kiosk.messaging import damage_store, outbox_store, rolling
from kiosk.sync import standing
from kiosk.sync.standing import BEGINS, GOES_ON, NOT, Standing
from kiosk.sync.wire import Receipt


@dataclass(slots=True)
class Sent:
    """A batch that went out: *seals* by number, and *held* the seals the hub had of them before.

    It reaches up to the number *up_to*; *ends* says that nothing is behind it, *changed* that its
    messages went before in another form, *again* that it began a sending of everything.
    """

    seals: Sequence[tuple[int, str]] = ()
    held: Sequence[str] = ()
    up_to: int = 0
    changed: bool = False
    ends: bool = True
    again: bool = False


@dataclass(slots=True)
class Outcome:
    """What a reply led to; *moved* is false where the hub took nothing of what was sent."""

    standing: Standing = field(default_factory=Standing)
    moved: bool = True


def confirm(connection: Connection, sent: Sent, receipt: Receipt, now: datetime) -> Outcome:
    """Note what the hub holds, and what is to be sent next."""
    state = standing.read(connection)
    if receipt.now:
        standing.heard_at(connection, receipt.now)
    if receipt.highest > outbox_store.last_seq(connection):
        # The hub has later messages of this kiosk than the kiosk itself: its disk was put back.
        left = outbox_store.renumber(connection, receipt.highest)
        damage_store.set_aside(connection, left, now)
        state.begin_again()
        outcome = Outcome(state)
    elif _has_lost(state, receipt):
        # Lost in the midst of a sending of everything: tried again, but with patience.
        in_vain = state.epoch == receipt.epoch and (sent.again or state.again == GOES_ON)
        state.begin_again()
        outcome = Outcome(state, moved=not in_vain)
    else:
        outcome = _go_on(connection, state, sent, receipt, _later(now, receipt))
    state.epoch = receipt.epoch
    standing.write(connection, state)
    return outcome


def _has_lost(state: Standing, receipt: Receipt) -> bool:
    """Whether the hub is not the one that confirmed what it did; version 1 shows gaps by count."""
    restored = state.epoch not in ("", receipt.epoch)
    gap = not receipt.hash and receipt.count != receipt.highest
    return restored or receipt.highest < state.holds or gap


def _later(now: datetime, receipt: Receipt) -> datetime:
    """Return the later of the two clocks, so that a device of 1970 does not forget too soon."""
    with suppress(ValueError):
        return max(now, clock.from_text(receipt.now))
    return now


def _go_on(
    connection: Connection, state: Standing, sent: Sent, receipt: Receipt, now: datetime
) -> Outcome:
    taken = [seal for seq, seal in sent.seals if seq <= receipt.highest]
    outbox_store.mark_sent(connection, sent.seals, receipt.highest, now)
    less = [seal for seal in sent.held[: len(taken)] if seal] if sent.changed else []
    state.hash = rolling.moved(state.hash, more=taken, less=less)
    before, state.holds = state.holds, max(state.holds, min(sent.up_to, receipt.highest))
    if sent.again and state.again == BEGINS:
        state.again = GOES_ON
    if sent.seals and not sent.changed and state.holds == before:
        return Outcome(state, moved=False)
    if sent.ends or state.holds == receipt.highest:
        _compare(state, sent, receipt)
    return Outcome(state)


def _compare(state: Standing, sent: Sent, receipt: Receipt) -> None:
    same = not receipt.hash or state.hash == receipt.hash
    if state.again == NOT:
        if not same and state.holds == receipt.highest:
            state.begin_again()
    elif same and state.holds == receipt.highest:
        state.again = NOT
    elif sent.ends and state.again == GOES_ON:
        # All that is kept was sent: what the hub has otherwise is kept nowhere any more.
        state.hash, state.again = receipt.hash or state.hash, NOT
