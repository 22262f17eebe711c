"""A ballot, and when its choices are valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from kiosk.errors import InvalidBallot, QuestionClosed
from kiosk.exhibition.voting_period import has_begun, has_ended
from kiosk.voice.place import Place


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the database keeps it once it was released."""

    id: str
    exhibition: str
    exhibit: str
    kind: str
    choices: tuple[str, ...]
    max_choices: int
    opens_at: datetime | None
    closes_at: datetime | None
    example: bool

    @property
    def always_open(self) -> bool:
        """Whether it has neither a beginning nor an end."""
        return self.opens_at is None and self.closes_at is None

    def check(self, choices: Sequence[str]) -> None:
        """Raise unless *choices* form a valid ballot.

        Raises:
            InvalidBallot: the choices are none, unknown, repeated or too many.
        """
        if not choices:
            raise InvalidBallot("Nothing was chosen.", "Choose an answer.")
        if len(set(choices)) != len(choices) or not set(choices) <= set(self.choices):
            raise InvalidBallot("This answer is not offered.", "Choose one of the answers shown.")
        if len(choices) > self.max_choices:
            raise InvalidBallot(
                "That is more than {most} answers.", "Choose at most {most}.", most=self.max_choices
            )

    def check_open(self, now: datetime) -> None:
        """Raise unless the voting period contains *now*.

        Raises:
            QuestionClosed: the vote has not begun or is over.
        """
        if has_ended(self, now):
            raise QuestionClosed("This vote is over.", "You can still read it and comment on it.")
        if not has_begun(self, now):
            raise QuestionClosed("This vote has not begun.", "Come back when it opens.")


class Cast(Struct, frozen=True, array_like=True):
    """What a participant sends: *id* made by the client, *choices* by id.

    *seq* is the kiosk's sequence number, 0 for a phone; *cast_at* is for display only.
    """

    id: str
    question: str
    participant: str
    choices: tuple[str, ...]
    place: Place
    cast_at: datetime
    seq: int = 0


class Counted(Struct, frozen=True):
    """What became of a ballot: the choices that count now, and those before (None: the first)."""

    choices: tuple[str, ...]
    before: tuple[str, ...] | None


def to_text(choices: Sequence[str]) -> str:
    """Return choices as the store keeps them: sorted ids, comma between; withdrawn is empty."""
    return ",".join(sorted(choices))


def from_text(stored: str) -> tuple[str, ...]:
    """Read what :func:`to_text` wrote."""
    return tuple(stored.split(",")) if stored else ()
