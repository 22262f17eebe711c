"""What an exhibition is made of: exhibits with a standing, sources and texts by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from kiosk.exhibition.localized import Localized
from kiosk.exhibition.sizes import Size


class Standing(StrEnum):
    """How firmly a sentence stands; shown beside it on every screen."""

    REPORTED = "reported"
    """A source says it of the summit."""
    DECIDED = "decided"
    """A body resolved it."""
    INTENDED = "intended"
    """Announced, or to be studied."""
    PUT = "put"
    """Put by the exhibition, to be answered."""


class Kind(StrEnum):
    """What an exhibit is."""

    TOPIC = "topic"
    CONCLUSION = "conclusion"
    STATEMENT = "statement"
    QUESTION = "question"
    PRACTICE = "practice"
    DECLARATION = "declaration"
    SESSION = "session"
    TIMELINE = "timeline"
    COMMITMENT = "commitment"
    CITY = "city"
    WORD = "word"
    RESOURCE = "resource"
    MEDIA = "media"


class QuestionKind(StrEnum):
    """How a question is answered."""

    AGREE = "agree"
    """A statement: agree, disagree, pass."""
    SINGLE = "single"
    MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence comes from; *language* is that of its title.

    A document keeps the title that it was published under. What this exhibition itself gathered or
    made up has no such title: *names* holds title and publisher in other languages.
    """

    id: str
    title: str
    language: str
    publisher: str = ""
    published: date | None = None
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def named_in(self, language: str) -> Source:
        """Return it with title and publisher in *language*, where it has them."""
        if language not in self.names:
            return self
        title, publisher = self.names[language]
        return replace(self, title=title, publisher=publisher, language=language)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of an exhibit with its own standing and sources (Markdown text)."""

    id: str
    standing: Standing
    sources: tuple[str, ...]
    text: Localized


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that a question offers."""

    id: str
    label: Localized


@dataclass(frozen=True, slots=True)
class Question:
    """What residents vote on; *id* is ``exhibition/owner/slug`` (owner: ``core`` or a city).

    Open while ``opens_at <= now < closes_at`` (UTC); *closes_at* None means no end is set.
    For ``AGREE`` the choices are ``agree``, ``disagree``, ``pass`` and have no labels of their own:
    screens name them. *text* is the sentence voted on.
    """

    id: str
    kind: QuestionKind
    text: Localized
    choices: tuple[Choice, ...]
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    max_choices: int = 1

    def choice_ids(self) -> tuple[str, ...]:
        """The ids of its choices in the order in which they are offered."""
        return tuple(choice.id for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file, upright size in pixels, and what publication made of it.

    *sizes* and *tiled* are empty and false in a folder that was not published yet.
    """

    path: str
    width: int = 0
    height: int = 0
    sizes: tuple[Size, ...] = ()
    tiled: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, sound or film of an exhibit; *path* is relative to the exhibition's folder."""

    id: str
    path: str
    type: str
    """``image``, ``audio`` or ``video``."""
    alternative: Localized
    caption: Localized = field(default_factory=Localized)
    transcript: Localized = field(default_factory=Localized)
    width: int = 0
    height: int = 0
    picture: Picture | None = None
    """What is looked at: the picture itself, or the still of a film or sound."""
    captions: Mapping[str, str] = field(default_factory=dict)
    """Paths of the WebVTT files by language."""
    form: str = ""
    """How a picture came about (``photograph``, ``graphic-recording``, ``drawing``), or empty."""


@dataclass(frozen=True, slots=True)
class TopicDetails:
    """A topic's *colour* is ``#rrggbb``, its *pattern* rings, leaves, arches, nodes or tiles."""

    colour: str
    pattern: str
    subtopics: tuple[Passage, ...] = ()
    cities: tuple[str, ...] = ()
    """Ids of the cities that spoke."""


@dataclass(frozen=True, slots=True)
class ConclusionDetails:
    """What a workshop concluded: core statements, dissent, the session and guiding question."""

    statements: tuple[Passage, ...] = ()
    dissent: tuple[Passage, ...] = ()
    session: str = ""
    """Id of the session exhibit, or empty."""
    guiding_question: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeclarationDetails:
    """A declaration with the cities that signed it (ids)."""

    signed_on: date | None
    signatories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """A programme session; start and end in UTC, None where they were never set."""

    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    zones: tuple[str, ...]
    """IANA names in which the hours are shown, such as ``Europe/Istanbul``."""
    zone_places: tuple[str, ...]
    """City ids, one per zone, that name it for visitors."""
    form: str
    """``dialogue``, ``workshop`` or ``plenary``."""
    guiding_questions: tuple[Passage, ...] = ()
    put_as: Mapping[str, str] = field(default_factory=dict)
    """Ids of the exhibits whose question puts a guiding question to residents, by its id."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline."""

    id: str
    day: date
    last_day: date | None
    text: Passage
    title: Localized
    exhibit: str = ""
    """Id of the exhibit that tells more, or empty."""
    summit: str = ""
    """Id of the city that a summit met in at that moment, or empty for any other moment."""


@dataclass(frozen=True, slots=True)
class TimelineDetails:
    """A timeline's moments by date."""

    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class CommitmentDetails:
    """What a body undertook; *status*: ``unknown planned begun done dropped``, one of them."""

    city: str
    body: Localized
    decided_on: date | None
    status: str
    follows_from: tuple[str, ...] = ()
    """Ids of conclusions; empty where no source draws that line."""


@dataclass(frozen=True, slots=True)
class CityDetails:
    """A city's place (degrees, WGS 84), ISO 3166 country code and roles in the summits."""

    latitude: float
    longitude: float
    country: str
    roles: tuple[str, ...] = ()
    """Any of ``signatory``, ``host``, ``spoke``, ``observatory``, ``twin``, ``partner``."""
    twins: tuple[str, ...] = ()
    """Ids of its twin cities, as a source names them; the other city need not name it back."""


@dataclass(frozen=True, slots=True)
class WordDetails:
    """An official's word in reported speech, with the office held on that day."""

    speaker: str
    office: Localized
    city: str
    said_on: date


@dataclass(frozen=True, slots=True)
class PracticeDetails:
    """A good practice of a city in one or more fields."""

    city: str
    fields: tuple[str, ...]


Details = (
    TopicDetails
    | ConclusionDetails
    | DeclarationDetails
    | SessionDetails
    | TimelineDetails
    | CommitmentDetails
    | CityDetails
    | WordDetails
    | PracticeDetails
    | None
)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One thing shown; *details* fit its *kind*, None where the kind needs none."""

    id: str
    kind: Kind
    owner: str
    """``core``, or the id of the city whose overlay added it."""
    standing: Standing
    sources: tuple[str, ...]
    title: Localized
    lead: Localized = field(default_factory=Localized)
    passages: tuple[Passage, ...] = ()
    topic: str = ""
    subtopic: str = ""
    question: Question | None = None
    see_also: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    details: Details = None


@dataclass(frozen=True, slots=True)
class Stop:
    """One of the five exhibits that a guided tour leads to, and the minutes meant for it."""

    exhibit: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Exhibition:
    """Everything one edition says, as one city shows it.

    *exhibits* keeps the order of the files; *pages* are the legal texts (``imprint``, ``privacy``,
    ``accessibility``, ``counting``) as Markdown; *attract* names the exhibits that the attract
    screen takes turns with.
    """

    id: str
    example: bool
    languages: tuple[str, ...]
    source_language: str
    title: Localized
    motto: Localized
    invitation: Localized
    exhibits: Mapping[str, Exhibit]
    sources: Mapping[str, Source]
    pages: Mapping[str, Localized]
    attract: tuple[str, ...] = ()
    city: str = ""
    """The city that shows it, or empty."""
    accent: str = ""
    """The city's own colour, ``#rrggbb``, or empty."""
    logo: str = ""
    """The path of the city's logo, relative to the exhibition's folder, or empty."""
    tour: tuple[Stop, ...] = ()
    """The guided tour's five stops in their order, none where no tour is offered."""

    def of_kind(self, *kinds: Kind) -> tuple[Exhibit, ...]:
        """Exhibits of these kinds in the order of the files."""
        return tuple(e for e in self.exhibits.values() if e.kind in kinds)

    def topics(self) -> tuple[Exhibit, ...]:
        """The topics in their order."""
        return self.of_kind(Kind.TOPIC)

    def in_topic(self, topic: str) -> tuple[Exhibit, ...]:
        """What belongs to a topic, without the topic itself."""
        return tuple(e for e in self.exhibits.values() if e.topic == topic and e.id != topic)

    def questions(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {e.question.id: e.question for e in self.exhibits.values() if e.question}

    def fallbacks(self) -> tuple[str, ...]:
        """Languages to fall back to, in order: the source's, English, the others."""
        order = (self.source_language, "en", *self.languages)
        return tuple(dict.fromkeys(order))
