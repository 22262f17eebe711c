"""Many ballots that a kiosk gathered, counted at the hub with a few statements for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from kiosk import clock
from kiosk.errors import InvalidBallot
from kiosk.voice import question_store, received_store
from kiosk.voice.ballot import Asked, to_text
from kiosk.voice.place import Channel
from kiosk.voice.received_store import Row

CANONICAL = len("2026-09-06T14:00:00.000Z")


class Gathered:
    """The ballots of one kiosk's batch, in the order of its numbers, and then :meth:`count`.

    It comes out as :func:`kiosk.voice.actions.count_received` for each. Of a participant who
    changed the vote only the last of these is written: each row is touched once.
    """

    def __init__(self, connection: Connection, origin: str, now: datetime) -> None:
        self._connection = connection
        self._origin = origin
        self._at = clock.to_text(now)
        self._known: dict[str, Asked | None] = {}
        self._answers: dict[tuple[str, tuple[str, ...]], str] = {}
        self._places: set[tuple[str, ...]] = set()
        self._rows: dict[tuple[str, str], Row] = {}

    def add(
        self,
        name: str,
        seq: int,
        question: str,
        participant: str,
        choices: Sequence[str],
        where: tuple[str, str, str, str],
        cast_at: str,
    ) -> None:
        """Add a ballot; *name* is its id, *where* exhibition, city, place and channel.

        Raises:
            InvalidBallot: the choices are none of the question's, or the moment is none.
        """
        answer = (question, tuple(choices))
        chosen = self._answers.get(answer)
        if chosen is None:
            chosen = self._answers[answer] = self._checked(*answer)
        if "\0" in participant or (where not in self._places and not self._is_new_place(where)):
            raise InvalidBallot("It has a zero character in it.", "Correct the client.")
        at = _moment(cast_at)
        key = (question, participant)
        before = self._rows.get(key)
        if before is not None:  # a changed ballot stays counted where it was first cast
            where = before[4:8]
        self._rows[key] = (
            *(question, participant, name, chosen, *where, self._origin, seq, at, self._at),
            self._example(question),
        )

    def count(self) -> None:
        """Write what was added, and move the tallies."""
        if self._rows:
            received_store.count(self._connection, sorted(self._rows.values()))

    def _checked(self, question: str, choices: tuple[str, ...]) -> str:
        """Return the choices as they are kept; a question that is not here takes any."""
        if "\0" in question or any("\0" in choice for choice in choices):
            raise InvalidBallot("It has a zero character in it.", "Correct the client.")
        if question not in self._known:
            self._known[question] = question_store.get(self._connection, question)
        asked = self._known[question]
        if asked is not None and choices:
            asked.check(choices)
        return to_text(choices)

    def _is_new_place(self, where: tuple[str, ...]) -> bool:
        """Remember a place; false where a database could not keep it.

        Raises:
            InvalidBallot: it is a group's; raised hands are counted apart from every ballot.
        """
        if where[3] == Channel.GROUP:
            raise InvalidBallot("A group’s hands are no ballots.", "Send them as “hands”.")
        if any("\0" in part for part in where):
            return False
        self._places.add(where)
        return True

    def _example(self, question: str) -> int:
        asked = self._known[question]
        return int(asked is not None and asked.example)


def _moment(text: str) -> str:
    """Return a moment as it is kept.

    Raises:
        InvalidBallot: it is none.
    """
    try:
        moment = datetime.fromisoformat(text)
        return text if len(text) == CANONICAL and text[-1] == "Z" else clock.to_text(moment)
    except (ValueError, OverflowError) as error:  # none at all, or before the first of all years
        raise InvalidBallot("Its moment is none.", "Correct the client.") from error
