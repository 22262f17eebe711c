"""At a kiosk: brings an edition here file by file, verifies it, and makes it the current one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import CorruptEdition, Edition, FileRecord, from_record
from kiosk.exhibition.library import Library, OpenEdition
from kiosk.sync.hub_client import HubClient
from kiosk.voice import actions

log = logging.getLogger("kiosk.sync")

Offer = Callable[[OpenEdition], None]
"""Takes an edition that is complete and verified, to be shown at the next idle moment."""


class EditionFetcher:
    """Fetches only what is missing; what is on show stays until the new edition is complete."""

    def __init__(self, database: Database, library: Library, offer: Offer, now: Clock) -> None:
        self._database = database
        self._library = library
        self._offer = offer
        self._now = now
        self._offered: set[str] = set()

    async def show_what_is_here(self) -> int:
        """Offer the current editions on this disk, before any hub is asked; return how many.

        Together, so that no visitor meets the screen with another exhibition than its own first. A
        damaged one is passed over: it is fetched again when the hub is there; and one that cannot
        be opened, which is tried again with what the hub wants shown. Neither holds up the sync.
        Older editions go now, while nothing of them can be on show.
        """
        await asyncio.to_thread(self._library.keep_only, await self._database.read(_still_needed))
        sound = []
        for edition in await self._database.read(edition_store.all_current):
            try:
                sound.append(await asyncio.to_thread(self._library.open, edition))
            except CorruptEdition:
                await asyncio.to_thread(self._discard_damaged, edition)
            except KioskError as error:
                log.warning("edition %s of %s: %s", edition.id, edition.exhibition, error)
            except Exception:
                log.exception("edition %s of %s", edition.id, edition.exhibition)
        for opened in sound:
            self._show(opened)
        return len(sound)

    def _show(self, opened: OpenEdition) -> None:
        self._offered.add(opened.edition.id)
        self._offer(opened)

    async def __call__(self, hub: HubClient, exhibition: str, edition: str) -> bool:
        """Make *edition* the current one here; false when it is already, and was offered.

        Raises:
            Unavailable: the hub was not reached or the disk is full; the one before stays.
            CorruptEdition: a file is not what the manifest says; it is fetched again next time.
            ContentRefused: the files make no exhibition this version can show.
        """
        current = await self._database.read(partial(edition_store.current, exhibition=exhibition))
        is_current = current is not None and current.id == edition
        if current and is_current and edition in self._offered and not self._missing(current):
            return False
        wanted = await self._record(hub, edition)
        for record in self._missing(wanted):
            await self._bring(hub, record)
        try:
            opened = await asyncio.to_thread(self._library.open, wanted)
        except CorruptEdition:
            await asyncio.to_thread(self._discard_damaged, wanted)
            raise
        if not is_current:
            await self._database.write(partial(self._make_current, opened=opened))
        self._show(opened)
        return True

    async def _record(self, hub: HubClient, edition: str) -> Edition:
        known = await self._database.read(partial(edition_store.get, edition=edition))
        return known or from_record(await hub.edition(edition))

    def _missing(self, edition: Edition) -> list[FileRecord]:
        return self._library.files.missing(edition.manifest)

    async def _bring(self, hub: HubClient, record: FileRecord) -> None:
        async with hub.file(record.sha256) as octets:
            with self._library.files.incoming(record) as incoming:
                async for part in octets:
                    incoming.write(part)

    def _discard_damaged(self, edition: Edition) -> None:
        for record in edition.manifest.values():
            if not self._library.files.is_sound(record):
                self._library.files.discard(record.sha256)

    def _make_current(self, connection: Connection, opened: OpenEdition) -> None:
        now = self._now()
        edition_store.keep(connection, opened.edition)
        for view in opened.views.all():
            actions.register_questions(connection, view, now)
        edition_store.release(connection, opened.edition, "hub", now)


def _still_needed(connection: Connection) -> list[Edition]:
    """The current edition of each exhibition and the one before it, for a way back."""
    current = edition_store.all_current(connection)
    before = (edition_store.before(connection, edition) for edition in current)
    return [*current, *(edition for edition in before if edition)]
