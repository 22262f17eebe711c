"""What the touchscreen's pages are given: database, exhibitions, place, key, addresses, clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from kiosk import clock
from kiosk.database.connection import Database
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.opening_hours import OpeningHours
from kiosk.exhibition.speech_maker import Speaker
from kiosk.screens.touch.funnel import Funnel
from kiosk.screens.touch.group_lock import Door
from kiosk.screens.touch.measure import Measure
from kiosk.screens.touch.parts import OpenPage
from kiosk.screens.touch.search_finder import Finder
from kiosk.screens.touch.session import Sessions
from kiosk.screens.touch.staff_code import StaffCode
from kiosk.screens.touch.step import ATTRACT
from kiosk.sync import standing
from kiosk.voice.place import Channel, Place


@dataclass(frozen=True, slots=True)
class Hung:
    """An exhibition as this screen shows it: its edition's content and the folder of its files."""

    exhibition: Exhibition
    folder: Path
    edition: str = ""


class Shelf:
    """The exhibitions at hand, by id; the one chosen for this screen comes first.

    A new edition waits until nobody stands before the screen (:meth:`switch`).
    """

    def __init__(self, chosen: str) -> None:
        self.chosen = chosen
        self._hung: dict[str, Hung] = {}
        self._waiting: dict[str, Hung] = {}

    def offer(self, hung: Hung) -> None:
        """Have an edition shown from the next idle moment on; the very first one at once."""
        if hung.exhibition.id in self._hung:
            self._waiting[hung.exhibition.id] = hung
        else:
            self._hung[hung.exhibition.id] = hung

    def switch(self) -> bool:
        """Show the editions that wait; return whether there were any."""
        self._hung.update(self._waiting)
        changed = bool(self._waiting)
        self._waiting.clear()
        return changed

    def waits(self) -> bool:
        """Whether a new edition waits to be shown."""
        return bool(self._waiting)

    def ids(self) -> list[str]:
        """Ids of the exhibitions at hand: the chosen one first, real ones before examples."""
        return sorted(
            self._hung, key=lambda i: (i != self.chosen, self._hung[i].exhibition.example, i)
        )

    def get(self, exhibition: str) -> Hung | None:
        """Return an exhibition that is at hand."""
        return self._hung.get(exhibition)

    def first(self) -> Hung | None:
        """Return the exhibition this screen is for, or None before any edition came."""
        return next((self._hung[i] for i in self.ids()), None)


@dataclass(slots=True)
class TouchContext:
    """Everything that a page of the touchscreen may use."""

    database: Database
    shelf: Shelf
    languages: tuple[str, ...]
    """Languages offered, the screen's own first."""
    city: str
    place: str
    origin: str
    """The kiosk's id, under which its votes are counted."""
    number: int
    key: bytes
    public_url: str
    """Where phones go, without a slash at the end."""
    front_end: Path
    clock: clock.Clock = clock.now
    idle_after: int = 70
    """Seconds without a touch until the visit is over."""
    group_idle_after: int = 620
    """The same for a group, which talks before it raises hands."""
    warning: int = 20
    """The last seconds of those, in which the screen asks whether somebody is there."""
    code_shown_for: timedelta = timedelta(seconds=20)
    """How long a receipt's full code stays on a screen that others can see."""
    turn: float = 14.0
    """Seconds that the attract screen stays with one exhibit."""
    width_mm: int = 600
    """Width of the screen's picture as it stands, in millimetres."""
    hours: OpeningHours | None = None
    """When the house is open; always, where none are given."""
    staff_code: StaffCode = field(default_factory=lambda: StaffCode(Path("staff-code")))
    """What opens the staff corner."""
    speaker: Speaker | None = None
    """What speaks on this machine, or nothing."""
    door: Door = field(default_factory=Door)
    """Where facilitators' codes are tried."""
    sessions: Sessions = field(default_factory=Sessions)
    funnel: Funnel = field(default_factory=Funnel)
    visits: set[OpenPage] = field(default_factory=set)
    finder: Finder = field(default_factory=Finder)
    map_measures: dict[bool, Measure] = field(default_factory=dict)
    """How large the map's field was when it was last seen here: of the whole map (True), of a part
    of it, beside which stands a button more."""

    def __post_init__(self) -> None:
        """Have each visit counted when it ends."""
        self.sessions.told = self.funnel.ended

    def is_closed(self) -> bool:
        """Whether the house is closed by the hours given; never by a clock known to be behind.

        A device that boots without a clock of its own would be dark all day.
        """
        if self.hours is None or not self.hours.spans:
            return False
        now, hub = self.clock(), self.database.read_now(standing.hub_clock)
        set_back = bool(hub) and now < clock.from_text(hub) - timedelta(hours=1)
        return not set_back and not self.hours.is_open(now)

    def nobody_visits(self) -> bool:
        """Whether every open page shows the attract screen."""
        return all(visit.step.screen == ATTRACT for visit in self.visits)

    def where(self, exhibition: str) -> Place:
        """The place that this screen's voices carry."""
        return Place(exhibition, self.city, self.place, Channel.TOUCHSCREEN, self.origin)
