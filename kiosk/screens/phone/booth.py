"""Voting booths: what an address of a vote leads to, found once and kept while the hall lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.errors import KioskError
from kiosk.exhibition.model import Exhibit, Exhibition, Question
from kiosk.people.tickets import Ticket
from kiosk.people.tokens import Kind
from kiosk.screens.phone import codes
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.hall import Hall
from kiosk.voice.place import Place

MOST = 4_096
"""Addresses kept: a hall of sixty screens shows a few hundred codes at a time."""

MOST_FITTING = 256
"""Ways to answer that a booth remembers; a question of several choices has many."""


@dataclass(eq=False, slots=True)
class Booth:
    """A question behind an address, and where a vote on it is counted."""

    exhibition: str
    question: Question
    covered: frozenset[bytes]
    """Targets of the tickets that it may be answered with (:func:`codes.covers`)."""
    leads_to: bytes
    """The address after the vote, without the proof that there was one."""
    place_of: Callable[[Ticket], Place]
    _places: dict[tuple[int, Kind], Place] = field(default_factory=dict)
    _fitting: set[tuple[str, ...]] = field(default_factory=set)

    def fits(self, chosen: tuple[str, ...]) -> bool:
        """Whether these choices form a valid ballot, as far as this edition knows."""
        if chosen in self._fitting:
            return True
        offered = self.question.choice_ids()
        several = len(set(chosen)) == len(chosen) <= self.question.max_choices
        fits = bool(chosen) and several and set(chosen) <= set(offered)
        if fits and len(self._fitting) < MOST_FITTING:
            self._fitting.add(chosen)
        return fits

    def place(self, ticket: Ticket) -> Place:
        """Return where a vote with this ticket is counted."""
        key = (ticket.kiosk, ticket.kind)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self.place_of(ticket)
        return found


@dataclass(eq=False)
class Booths:
    """The booths of one state of the hall."""

    context: PublicContext
    _hall: Hall | None = None
    _kept: dict[str, Booth] = field(default_factory=dict)

    def at(self, path: str) -> Booth | None:
        """Return the booth of an address; None: whatever it is, it needs the full route."""
        if self._hall is not self.context.hall:
            self._kept, self._hall = {}, self.context.hall
        found = self._kept.get(path)
        if found is None:
            found = self._find(path)
            if found is not None:
                if len(self._kept) >= MOST:
                    self._kept.clear()
                self._kept[path] = found
        return found

    def _find(self, path: str) -> Booth | None:
        """Do as the full routes do (voting.answered, exhibits.answered)."""
        parts = path.split("/")[1:]
        try:
            if len(parts) == 2 and parts[0] in {"q", "Q"}:
                return self._behind(path, parts[1])
            if len(parts) in {2, 3} and parts[0] == "e":
                first = self.context.hall.first
                return self._on_page(path, parts[-1], parts[1] if len(parts) == 3 else first)
        except KioskError:
            pass  # the full route says what is wrong
        return None

    def _behind(self, path: str, code: str) -> Booth | None:
        """Return what a code opens; its signature is checked here, and holds while the hall does.

        Whether it has grown old is asked by nobody: a vote's time is its ticket's.
        """
        hall = self.context.hall
        opened = codes.open_code(self.context, code)
        found = hall.opened_by(opened.target, opened.screen)
        if found is None:
            return None
        view = hall.holding(found.exhibition, found.exhibit, opened.screen.city)
        return self._furnished(path, view, view.exhibits[found.exhibit], "")

    def _on_page(self, path: str, exhibit: str, exhibition: str) -> Booth | None:
        hall = self.context.hall
        view = hall.holding(exhibition, exhibit)
        city = hall.overlay(view.id, view.exhibits[exhibit].owner)
        return self._furnished(path, view, view.exhibits[exhibit], city)

    def _furnished(self, path: str, view: Exhibition, exhibit: Exhibit, city: str) -> Booth | None:
        question = exhibit.question
        if question is None or not _plain(path):
            return None
        context, hall = self.context, self.context.hall

        def place_of(ticket: Ticket) -> Place:
            return hall.place(
                view.id, ticket.kiosk, city or context.city, codes.channel_of(ticket.kind)
            )

        return Booth(
            view.id, question, codes.targets_of(exhibit), f"{path}?done=".encode(), place_of
        )


def _plain(path: str) -> bool:
    """Whether an address goes into a header as it is."""
    return path.isascii() and path.replace("/", "").replace("-", "").replace("_", "").isalnum()
