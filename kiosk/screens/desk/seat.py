"""Someone who sits at the desk: looked up in the database at every action, never by the page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import KioskError, NotFound
from kiosk.exhibition import edition_store
from kiosk.exhibition.model import Exhibition, Kind
from kiosk.locale.translator import Translator, translator
from kiosk.people import staff_sessions
from kiosk.people.permissions import Permission
from kiosk.people.staff import EVERY, Actor
from kiosk.screens.desk.context import DeskContext
from kiosk.screens.widgets.markup import Tag

T = TypeVar("T")

Act = Callable[[Connection, Actor, datetime], T]
"""What someone does, in one transaction: the connection, who she is by now, and the moment."""


class LoggedOut(KioskError):
    """The session is over."""

    code = "logged-out"
    status = 401

    def __init__(self) -> None:
        super().__init__("You are logged out.", "Log in again.")


@dataclass(slots=True)
class Seat:
    """One open page of the desk: whose session, which exhibition, in which language.

    *actor* is what the page was drawn for; what she may do is asked again at every action.
    """

    context: DeskContext
    token: str
    actor: Actor
    language: str
    exhibition: Exhibition
    exhibitions: tuple[Exhibition, ...]
    notice: Tag | None = field(default=None, repr=False)
    status: Tag | None = field(default=None, repr=False)

    @property
    def t(self) -> Translator:
        """The translator of her language."""
        return translator(self.language)

    def now(self) -> datetime:
        """The present moment, by the desk's clock."""
        return self.context.clock()

    def path(self, *parts: str) -> str:
        """Return the address of a page of this exhibition in her language."""
        return "/" + "/".join((self.language, self.exhibition.id, *parts))

    def city_name(self, city: str) -> str:
        """Return a city's name, or its id where the exhibition does not show it."""
        shown = self.exhibition.exhibits.get(city)
        return shown.title.pick(self.language, self.exhibition.fallbacks()).text if shown else city

    def cities(self, permission: Permission, whole: str) -> list[tuple[str, str]]:
        """Return the cities where she may do it, id and name, as a form offers them.

        *whole* names the choice of none in particular, which is hers where she has every one.
        """
        scope = self.actor.scope(permission, self.exhibition.id)
        known = {e.id for e in self.exhibition.exhibits.values() if e.kind is Kind.CITY}
        hers = [c for c in known | scope.cities if scope.reaches(c)]
        named = sorted((self.city_name(city), city) for city in hers)
        return [("", whole)] * scope.every + [(city, name) for name, city in named]

    async def read(self, fn: Act[T]) -> T:
        """Run a reading function as whoever this session belongs to by now.

        Raises:
            LoggedOut: it is over.
            KioskError: as *fn* raises.
        """
        return await self.context.database.read(self._as_actor(fn))

    async def write(self, fn: Act[T]) -> T:
        """Run a writing function in one transaction, as whoever this session belongs to by now.

        Raises:
            LoggedOut: it is over.
            KioskError: as *fn* raises; then nothing was written.
        """
        token, now = self.token, self.now()

        def write(connection: Connection) -> T:
            result = self._as_actor(fn)(connection)
            if staff_sessions.needs_note(connection, token, now):
                staff_sessions.note_use(connection, token, now)
            return result

        return await self.context.database.write(write)

    async def aside(self, fn: Callable[[Actor], T]) -> T:
        """Run a blocking function in a thread, after looking up who this session belongs to.

        Raises:
            LoggedOut: it is over.
            KioskError: as *fn* raises.
        """
        actor = await self.read(lambda _, actor, __: actor)
        return await asyncio.to_thread(fn, actor)

    def _as_actor(self, fn: Act[T]) -> Callable[[Connection], T]:
        token, now = self.token, self.now()

        def run(connection: Connection) -> T:
            actor = staff_sessions.actor_of(connection, token, now)
            if actor is None:
                raise LoggedOut
            return fn(connection, actor, now)

        return run

    async def redraw(self, draw: Callable[[], Awaitable[None]], done: str = "") -> None:
        """Draw a part of the open page afresh; where it cannot be read, tell her why.

        *done* is what was done, said once the page shows it.
        """
        try:
            await draw()
        except KioskError as error:
            self.refused(error)
        else:
            if done:
                self.say(done)

    def refused(self, error: KioskError) -> None:
        """Tell her what was refused and what to do; nothing of what she typed is lost."""
        if isinstance(error, LoggedOut):
            ui.navigate.to(f"/login?language={self.language}")
            return
        self.say("")
        if self.notice is not None:
            said = self.t(error.message, **error.values)
            cure = self.t(error.cure, **error.values) if error.cure else ""
            self.notice.say(f"{said} {cure}".strip())

    def say(self, text: str) -> None:
        """Say what was done, politely, to eyes and to a screen reader; clears a refusal."""
        if self.notice is not None:
            self.notice.say("")
        if self.status is not None:
            self.status.say(text)


async def take(context: DeskContext, request: Request, language: str, wanted: str) -> Seat | None:
    """Return the seat of a request's session at the exhibition *wanted*; None without session.

    Raises:
        NotFound: this exhibition is not hers, or nothing of it was ever published.
    """
    token = request.cookies.get(context.cookie, "")
    now = context.clock()
    actor = await context.database.read(lambda c: staff_sessions.actor_of(c, token, now))
    if actor is None:
        return None
    exhibitions = await open_exhibitions(context, actor)
    found = next((e for e in exhibitions if e.id == wanted), None)
    if found is None:
        raise NotFound("This exhibition is not known here.", "Begin at the desk’s first page.")
    await _note(context, token)
    return Seat(context, token, actor, language, found, exhibitions)


async def open_exhibitions(context: DeskContext, actor: Actor) -> tuple[Exhibition, ...]:
    """Return the published exhibitions that she is appointed to, real ones first."""
    editions = await context.database.read(edition_store.all_current)
    hers = {grant.exhibition for grant in actor.grants}
    wanted = [e for e in editions if EVERY in hers or e.exhibition in hers]
    opened = [await asyncio.to_thread(context.library.open, edition) for edition in wanted]
    return tuple(sorted((o.view() for o in opened), key=lambda e: (e.example, e.id)))


async def _note(context: DeskContext, token: str) -> None:
    """Looking at a page is use of the session, too."""
    now = context.clock()
    if await context.database.read(lambda c: staff_sessions.needs_note(c, token, now)):
        await context.database.write(lambda c: staff_sessions.note_use(c, token, now))
