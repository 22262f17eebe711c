"""What a kiosk remembers of its hub: what it said it holds, and what that should add up to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk import clock
from kiosk.messaging import heads, rolling

_EPOCH, _HOLDS, _HASH = "hub-epoch", "hub-holds", "hub-hash"
_FORGOTTEN, _AGAIN, _CLOCK = "forgotten-hash", "hub-again", "hub-clock"

NOT, BEGINS, GOES_ON = "", "begins", "goes on"
"""Whether everything is being sent again, and whether the first batch of that is out."""


@dataclass(slots=True)
class Standing:
    """*holds*: the number up to which this sending has been confirmed; *hash*: its seals' sum.

    *forgotten* is the part of the hash that stands for messages which are not kept here any more.
    """

    epoch: str = ""
    holds: int = 0
    hash: str = ""
    forgotten: str = rolling.EMPTY
    again: str = NOT

    def begin_again(self) -> None:
        """Send everything that is kept again, from the start."""
        self.holds, self.hash, self.again = 0, self.forgotten, BEGINS


def read(connection: Connection) -> Standing:
    """Return what is remembered; a kiosk that never sent anything agrees with an empty hub."""
    holds = int(heads.read(connection, _HOLDS, "0"))
    standing = Standing(
        epoch=heads.read(connection, _EPOCH),
        holds=holds,
        hash=heads.read(connection, _HASH),
        forgotten=heads.read(connection, _FORGOTTEN, rolling.EMPTY),
        again=heads.read(connection, _AGAIN),
    )
    if not standing.hash:
        if holds:  # what an older version of this program confirmed was never added up
            standing.begin_again()
        else:
            standing.hash = standing.forgotten
    return standing


def write(connection: Connection, standing: Standing) -> None:
    """Remember it."""
    heads.write(connection, _EPOCH, standing.epoch)
    heads.write(connection, _HOLDS, str(standing.holds))
    heads.write(connection, _HASH, standing.hash)
    heads.write(connection, _FORGOTTEN, standing.forgotten)
    heads.write(connection, _AGAIN, standing.again)


def hub_clock(connection: Connection) -> str:
    """Return the hub's moment of its last reply, empty before the first."""
    return heads.read(connection, _CLOCK)


def heard_at(connection: Connection, moment: str) -> None:
    """Remember the hub's moment of a reply; one that cannot be read changes nothing."""
    with suppress(ValueError):
        heads.write(connection, _CLOCK, clock.to_text(clock.from_text(moment)))
