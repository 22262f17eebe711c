"""One whole state of the wall: what all scenes share, and how they are built."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import Exhibit, TopicDetails
from kiosk.people import tokens
from kiosk.people.enrolment import HUB_NUMBER
from kiosk.people.tokens import Kind
from kiosk.screens.phone.said import Voice
from kiosk.screens.phone.visit import INK, PLAIN, Visit
from kiosk.screens.widgets.pattern import capacity, scale_for

SURFACE = (760, 1080)
"""Width and height for which the pattern is drawn, in CSS pixels of a 1920 × 1080 wall."""
LARGEST_CELL, SMALLEST_CELL = 2.0, 0.9
WORTHS = tuple(step * 10**power for power in range(6) for step in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer in the bar: its name, votes, and their share in hundredths."""

    id: str
    label: str
    language: str
    direction: str
    count: str
    share: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A city on the map: its point and circle in the units of the field, and where its name is."""

    id: str
    x: float
    y: float
    radius: float
    """0: nothing came from here yet."""
    name: str = ""
    language: str = ""
    count: str = ""
    left: float = 0.0
    top: float = 0.0
    """The middle of the name."""
    line: str = ""
    """The path from the point to its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One whole state of the wall; equal scenes look the same."""

    key: str
    """Changes when another scene takes the wall, its code leads to something else, or an edition
    has other words for it."""
    kind: str
    topic: str
    pattern: str
    colour: str
    filled: int
    """Cells of the pattern that are filled."""
    worth: int
    """How many votes and voices one cell stands for."""
    scale: float
    over: str
    text: str
    language: str
    direction: str
    address: str
    """What the QR code opens."""
    short: str
    example: bool
    asks: bool
    """Whether the code leads to a question that is open."""
    sentence: str = ""
    channels: str = ""
    hands: str = ""
    """What groups raised: told below the votes, in no bar and no number of them."""
    segments: tuple[Segment, ...] = ()
    voices: tuple[Voice, ...] = ()
    size: str = ""
    """How large voices are set: ``brief``, ``short``, ``fair``, ``middle`` or ``long``."""
    votes: int = 0
    rows: bool = False
    """Whether each answer has a row of its own: their names are sentences."""
    dots: tuple[Dot, ...] = ()
    frame: str = ""
    """The part of the Earth that the map shows."""
    led: int = 0
    """Where the feed has the desk's last word to this wall; 0 where it has said nothing."""


def build(
    v: Visit,
    exhibit: Exhibit | None,
    name: object,
    by_whom: str,
    text: Shown,
    asks: bool,
    **more: object,
) -> Scene:
    """Return a scene with the poster of its exhibit's topic, or of the whole exhibition."""
    topic = v.topic_of(exhibit) if exhibit else None
    details = topic.details if topic else None
    known = details if isinstance(details, TopicDetails) else None
    pattern = known.pattern if known else PLAIN
    count = _cells(v, topic)
    worth, scale = worth_of_cell(pattern, count)
    question = exhibit.question.id if exhibit and exhibit.question else ""
    target = _target(v, question, exhibit.id if exhibit else "")
    code = tokens.issue(v.context.hub_key, HUB_NUMBER, Kind.POSTER, target, v.context.now())
    title = v.pick((topic or v.exhibition).title).text
    over = f"{title} · {by_whom}" if by_whom else title
    return Scene(
        key=f"{name} {worth} {scale} {asks:d} {_mark(over, text, more.get('segments'))}",
        kind=str(name).partition(" ")[0],
        topic=topic.id if topic else "",
        pattern=pattern,
        colour=known.colour if known else INK,
        filled=count // worth,
        worth=worth,
        scale=scale,
        over=over,
        text=text.text,
        language=text.language,
        direction=text.direction,
        address=f"{v.context.public_url}/q/{code}".upper(),
        short=tokens.short_code(v.context.hub_key, target),
        example=v.exhibition.example,
        asks=asks,
        **more,  # type: ignore[arg-type] # the scene's own fields, by their names
    )


def _mark(over: str, text: Shown, segments: object) -> str:
    """Return what differs as soon as a word differs that is written with the scene alone."""
    labels = [each.label for each in segments] if isinstance(segments, tuple) else []
    said = "\0".join((over, text.language, text.text, *labels))
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def _target(v: Visit, question: str, exhibit: str) -> bytes:
    """Return what the scene's code names; of another exhibition than the hub's first, with it."""
    hall, target = v.context.hall, tokens.target_of(question, exhibit)
    opened = hall.opened_by(target, hall.screens[HUB_NUMBER])
    if (opened.exhibition if opened else hall.first) == v.exhibition.id:
        return target
    return tokens.target_of(exhibit=exhibit, exhibition=v.exhibition.id)


def _cells(v: Visit, topic: Exhibit | None) -> int:
    topics = (topic,) if topic else v.exhibition.topics()
    return sum(v.context.cells(v.exhibition.id, each.id) for each in topics)


def worth_of_cell(name: str, count: int) -> tuple[int, float]:
    """Return how many voices one cell stands for, and the cells' scale.

    So many that the cells stay large enough to be seen from afar, and a third of them waits.
    """
    room = capacity(name, *SURFACE, SMALLEST_CELL) / 1.5
    worth = next((worth for worth in WORTHS if count <= worth * room), WORTHS[-1])
    scale = scale_for(name, *SURFACE, count // worth, SMALLEST_CELL, LARGEST_CELL)
    return worth, scale
