"""A small named world: the cities, people, places and moments that the stories are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kiosk.exhibition.localized import Localized, Written
from kiosk.exhibition.model import (
    Choice,
    Exhibit,
    Exhibition,
    Kind,
    Question,
    QuestionKind,
    Source,
    Standing,
    TopicDetails,
)
from kiosk.voice.place import Place

SUNDAY = datetime(2026, 9, 6, 14, 0, tzinfo=UTC)
"""When the stories begin: the day after the workshops."""

LINDMARK = "lindmark"
PORT_AUBIER = "port-aubier"
"""The two cities of the stories."""

TOWN_HALL = Place("harbour", LINDMARK, "Town hall", "touchscreen", "kiosk-town-hall")
LIBRARY = Place("harbour", PORT_AUBIER, "Library", "touchscreen", "kiosk-library")
ADAS_PHONE = Place("harbour", LINDMARK, "Town hall", "phone")

BENCHES = "harbour/core/benches"
"""A statement: agree, disagree, pass."""
FERRY = "harbour/core/ferry"
"""One of three."""
GARDENS = "harbour/core/gardens"
"""Up to two of three."""
NIGHT_BUS = "harbour/core/night-bus"
"""A statement whose vote ended on Saturday."""


@dataclass
class StoppedClock:
    """A clock that moves when the story says so."""

    at: datetime = field(default=SUNDAY)

    def __call__(self) -> datetime:
        """Return the moment at which it stands."""
        return self.at

    def passes(self, **span: float) -> datetime:
        """Let time pass, such as ``passes(seconds=10)``."""
        self.at += timedelta(**span)
        return self.at


def said(english: str, french: str = "") -> Localized:
    """Return a text in English, and in French where it is given."""
    texts = {"en": Written(english)}
    if french:
        texts["fr"] = Written(french, "machine, unreviewed", "en")
    return Localized(texts)


def _agree(slug: str, sentence: str, closes_at: datetime | None = None) -> Exhibit:
    choices = tuple(Choice(c, Localized()) for c in ("agree", "disagree", "pass"))
    question = Question(
        f"harbour/core/{slug}", QuestionKind.AGREE, said(sentence), choices, closes_at=closes_at
    )
    return Exhibit(
        slug,
        Kind.STATEMENT,
        "core",
        Standing.PUT,
        ("exhibition",),
        said(slug.replace("-", " ").capitalize()),
        topic="communicative",
        question=question,
    )


def _choose(slug: str, sentence: str, kind: QuestionKind, most: int) -> Exhibit:
    choices = tuple(Choice(c, said(c.capitalize())) for c in ("north", "south", "both"))
    question = Question(f"harbour/core/{slug}", kind, said(sentence), choices, max_choices=most)
    return Exhibit(
        slug,
        Kind.QUESTION,
        "core",
        Standing.PUT,
        ("exhibition",),
        said(slug.capitalize()),
        topic="communicative",
        question=question,
    )


def harbour() -> Exhibition:
    """Return a small exhibition of one topic and four questions."""
    topic = Exhibit(
        "communicative",
        Kind.TOPIC,
        "core",
        Standing.REPORTED,
        ("exhibition",),
        said("The communicative city", "La ville qui communique"),
        topic="communicative",
        details=TopicDetails("#bd3521", "rings"),
    )
    exhibits = (
        topic,
        _agree("benches", "Every street should have a bench, even where it costs a parking space."),
        _choose("ferry", "Where should the ferry land?", QuestionKind.SINGLE, 1),
        _choose("gardens", "Where should gardens grow?", QuestionKind.MULTIPLE, 2),
        _agree("night-bus", "Buses should run all night.", SUNDAY - timedelta(days=1)),
    )
    return Exhibition(
        id="harbour",
        example=False,
        languages=("en", "fr"),
        source_language="en",
        title=said("The harbour summit"),
        motto=said("Near and free"),
        invitation=said("What should a city be?"),
        exhibits={e.id: e for e in exhibits},
        sources={"exhibition": Source("exhibition", "This exhibition", "en")},
        pages={},
        attract=("benches",),
    )
