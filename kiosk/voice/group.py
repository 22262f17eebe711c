"""A group's hands: raised before one screen, entered as numbers, and never added to votes.

A class of 24 that raises 15 hands has given no 15 ballots: nobody knows who raised one, and whether
nobody raised two. So hands are kept, told and drawn apart from every tally.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.errors import InvalidBallot
from kiosk.voice.ballot import Asked
from kiosk.voice.place import Place

FEWEST = 5
"""People in a group at least: the hands of fewer would tell what each of them thinks. It is the
number under which no figure of visits is shown either (:data:`kiosk.voice.funnel.FEWEST`)."""

MOST = 999
"""People in a group at most; more than that fit no hall with one screen."""

Raised = tuple[tuple[str, int], ...]
"""How many hands each choice has; of a question that was taken back, nothing."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What a facilitator records: *id* made by the client, *group* an opaque id of this session.

    *seq* is the kiosk's sequence number; *counted_at* is for display only. No hands at all, not
    even zeros, take the group's answer back.
    """

    id: str
    group: str
    question: str
    size: int
    raised: Raised
    place: Place
    counted_at: datetime
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """The hands of all groups of one origin, city and place on a question."""

    origin: str
    city: str
    place: str
    groups: int
    people: int
    raised: Raised


@dataclass(frozen=True, slots=True)
class Groups:
    """What the groups' hands on a question add up to; it is no tally, and no tally holds it."""

    question: str
    groups: int = 0
    people: int = 0
    by_choice: Mapping[str, int] = field(default_factory=dict)

    def of(self, choice: str) -> int:
        """How many hands were raised for *choice*."""
        return self.by_choice.get(choice, 0)


def check_size(size: int) -> None:
    """Raise unless so many people are a group.

    Raises:
        InvalidBallot: they are too few, or more than fit.
    """
    if size < FEWEST:
        raise InvalidBallot(
            "A group has {least} people or more.",
            "Fewer of you vote one by one, here or on your phones.",
            least=FEWEST,
        )
    if size > MOST:
        raise InvalidBallot("A group has {most} people at most.", "Enter fewer.", most=MOST)


def hands_at_most(size: int, max_choices: int) -> int:
    """Return how many hands a group can raise: each person one, or one for each of her choices."""
    return size * max_choices


def abstained(size: int, raised: Raised, max_choices: int) -> int | None:
    """Return how many raised no hand; None where one person may raise several."""
    return size - sum(n for _, n in raised) if max_choices == 1 else None


def check(asked: Asked, size: int, raised: Raised) -> None:
    """Raise unless so many people can have raised these hands on the question.

    Raises:
        InvalidBallot: the size is none, a choice is unknown or missing, or the hands are too many.
    """
    check_numbers(size, raised)
    if raised and sorted(choice for choice, _ in raised) != sorted(asked.choices):
        raise InvalidBallot("These are not the answers offered.", "Enter a number for each.")
    if sum(n for _, n in raised) > hands_at_most(size, asked.max_choices):
        raise InvalidBallot("That is more hands than {n} people can raise.", "Count again.", n=size)


def check_numbers(size: int, raised: Raised) -> None:
    """Raise unless these are numbers of hands of a group at all, whatever was asked.

    Raises:
        InvalidBallot: they are not.
    """
    check_size(size)
    known = {choice for choice, _ in raised}
    if len(known) < len(raised) or not all(0 <= n <= size for _, n in raised):
        raise InvalidBallot("That is more hands than {n} people can raise.", "Count again.", n=size)


def add_up(question: str, lines: Iterable[Line]) -> Groups:
    """Sum the lines of every origin."""
    groups = people = 0
    by_choice: Counter[str] = Counter()
    for line in lines:
        groups += line.groups
        people += line.people
        by_choice.update(dict(line.raised))
    return Groups(question, groups, people, dict(by_choice))


def to_text(raised: Raised) -> str:
    """Return hands as the store keeps them: ``agree=12,disagree=7``, in the order of the ids."""
    return ",".join(f"{choice}={n}" for choice, n in sorted(raised))


def from_text(stored: str) -> Raised:
    """Read what :func:`to_text` wrote."""
    pairs = (part.partition("=") for part in stored.split(",")) if stored else ()
    return tuple((choice, int(n)) for choice, _, n in pairs)
