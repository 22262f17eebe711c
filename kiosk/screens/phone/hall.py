"""What the public side knows by heart: editions on show, enrolled screens, and what codes open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from kiosk.errors import NotFound
from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import Edition
from kiosk.exhibition.library import Library, OpenEdition
from kiosk.exhibition.model import Exhibition
from kiosk.people import kiosk_store, tokens
from kiosk.people.enrolment import HUB_NUMBER
from kiosk.voice.place import Place


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen whose codes are taken; number 0 is the hub's own posters."""

    number: int
    key: bytes
    exhibition: str
    city: str
    place: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a code opens: an exhibit of an exhibition."""

    exhibition: str
    exhibit: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says of editions and screens: equal as long as nothing changed."""

    editions: tuple[Edition, ...]
    screens: tuple[Screen, ...]

    def mark(self) -> tuple[object, ...]:
        """Return what differs after a release, a rollback, an enrolment or a revocation."""
        return (tuple(e.id for e in self.editions), self.screens)


@dataclass(frozen=True, slots=True)
class Hall:
    """One consistent state of the public side; replaced as a whole when something changes."""

    editions: Mapping[str, OpenEdition] = field(default_factory=dict)
    screens: Mapping[int, Screen] = field(default_factory=dict)
    first: str = ""
    """Id of the exhibition shown at ``/``; empty before anything was published."""
    city: str = ""
    """The city whose view of an exhibition is shown where no screen says another."""
    targets: Mapping[bytes, tuple[Target, ...]] = field(default_factory=dict)
    elsewhere: Mapping[bytes, Target] = field(default_factory=dict)
    """What the codes of a screen that shows another exhibition than its own name."""
    short: Mapping[str, tuple[int, bytes]] = field(default_factory=dict)

    def key_of(self, number: int) -> bytes | None:
        """Return the key of a screen, None where it is not enrolled or was revoked."""
        screen = self.screens.get(number)
        return screen.key if screen else None

    def view(self, exhibition: str, city: str = "") -> Exhibition:
        """Return an exhibition as *city* shows it, or as this hub's own city does.

        Raises:
            NotFound: it is not on show.
        """
        opened = self.editions.get(exhibition)
        if opened is None:
            raise NotFound("This exhibition is not on show.", "Start from the first page.")
        return opened.view(city or self.city)

    def holding(self, exhibition: str, exhibit: str, city: str = "") -> Exhibition:
        """Return the view that holds an exhibit: the city's, else the first that does.

        Raises:
            NotFound: no view of the exhibition holds it.
        """
        shown = self.view(exhibition, city)
        others = self.editions[exhibition].views.all()
        for view in (shown, *others):
            if exhibit in view.exhibits:
                return view
        raise NotFound("This page is not part of the exhibition.", "Start from the first page.")

    def overlay(self, exhibition: str, city: str) -> str:
        """Return *city* where the exhibition has an overlay of it, else an empty text."""
        opened = self.editions.get(exhibition)
        return city if opened is not None and city in opened.views.cities else ""

    def place(self, exhibition: str, kiosk: int, city: str, channel: str) -> Place:
        """Return what a voice carries that was given in front of a screen, in its city or *city*.

        A screen that was taken away counts as the hub's own posters.
        """
        screen = self.screens.get(kiosk) or self.screens[HUB_NUMBER]
        return Place(exhibition, screen.city or city, screen.place, channel)

    def opened_by(self, target: bytes, screen: Screen) -> Target | None:
        """Return what a code of *screen* opens, of its own exhibition first; None: the whole.

        Raises:
            NotFound: what it names is not on show any more.
        """
        if target == tokens.WHOLE:
            return None
        found = self.targets.get(target, ())
        for each in found:
            if each.exhibition == screen.exhibition:
                return each
        if found:
            return found[0]
        raise NotFound("What this code opens is not on show any more.", "See what is on show now.")


def look(connection: Connection) -> Known:
    """Read what a :class:`Hall` is made of, without the hub's own key."""
    screens = [
        Screen(k.number, k.key, k.exhibition, k.city, k.place)
        for k in kiosk_store.everyone(connection)
        if k.revoked_at is None
    ]
    return Known(tuple(edition_store.all_current(connection)), tuple(screens))


def furnish(
    known: Known, library: Library, hub_key: bytes, wanted: str, city: str, *, examples: bool
) -> Hall:
    """Open the editions (reads their files) and work out what every code opens.

    *wanted* is the exhibition shown first, empty: the newest real one.

    Raises:
        CorruptEdition: a file of an edition is missing or damaged.
    """
    opened = {edition.exhibition: library.open(edition) for edition in known.editions}
    shown = {i: e for i, e in opened.items() if examples or i == wanted or not e.view().example}
    first = wanted if wanted in shown else _newest(shown.values())
    hub = Screen(HUB_NUMBER, hub_key, first, city, "")
    screens = {screen.number: screen for screen in (hub, *known.screens)}
    targets = _targets(shown)
    elsewhere = _elsewhere(shown, targets)
    short = tokens.short_codes(
        {number: screen.key for number, screen in screens.items()},
        (tokens.WHOLE, *targets, *elsewhere),
    )
    return Hall(shown, screens, first, city, targets, elsewhere, short)


def _newest(editions: Iterable[OpenEdition]) -> str:
    order = sorted(editions, key=lambda e: (not e.view().example, e.edition.created_at))
    return order[-1].edition.exhibition if order else ""


def _targets(editions: Mapping[str, OpenEdition]) -> dict[bytes, tuple[Target, ...]]:
    found: dict[bytes, dict[Target, None]] = {}
    for exhibition, opened in editions.items():
        for view in opened.views.all():
            for exhibit in view.exhibits.values():
                target = Target(exhibition, exhibit.id)
                found.setdefault(tokens.target_of(exhibit=exhibit.id), {})[target] = None
                if exhibit.question:
                    named = tokens.target_of(exhibit.question.id)
                    found.setdefault(named, {})[target] = None
    return {octets: tuple(targets) for octets, targets in found.items()}


def _elsewhere(
    editions: Iterable[str], targets: Mapping[bytes, tuple[Target, ...]]
) -> dict[bytes, Target]:
    """Return each exhibition as a whole, and the exhibits whose id another one has as well."""
    every = [Target(exhibition, "") for exhibition in editions]
    if len(every) < 2:
        return {}
    for found in targets.values():
        if len({each.exhibition for each in found}) > 1:
            every += found
    named = {tokens.target_of(exhibit=e.exhibit, exhibition=e.exhibition): e for e in every}
    return {octets: target for octets, target in named.items() if octets not in targets}
