"""A hub that people vote and speak at, and that an operator backs up and restores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import Connection, text

from kiosk import ids
from kiosk.apps import backup
from kiosk.apps.backup import Manifest
from kiosk.apps.opening import open_hub
from kiosk.apps.restore import Restored, restore
from kiosk.database.connection import Database
from kiosk.messaging.envelope import Message, body_hash
from kiosk.moderation import actions as moderation
from kiosk.people import staff_store
from kiosk.people.enrolment import authenticate, enrol
from kiosk.people.kiosk_store import Health
from kiosk.settings import Settings
from kiosk.sync import serve
from kiosk.sync.wire import Batch
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import Comment
from tests.staff import writes
from tests.world import ADAS_PHONE, BENCHES, LINDMARK, SUNDAY


@dataclass
class Hub:
    """The hub of the harbour exhibition: its data folder, its settings, its backups' folder."""

    settings: Settings
    backups: Path

    @contextmanager
    def open(self) -> Iterator[Database]:
        """The hub as its processes open it."""
        database = open_hub(self.settings)
        try:
            yield database
        finally:
            database.close()

    def votes(self, choice: str, participant: str = "") -> None:
        """Somebody votes on her phone."""
        cast = Cast(
            ids.new_id(), BENCHES, participant or ids.new_id(), (choice,), ADAS_PHONE, SUNDAY
        )
        with self.open() as database:
            database.write_now(lambda c: actions.cast_ballot(c, cast, SUNDAY))

    def hears(self, words: str) -> Comment:
        """Somebody's comment arrives."""
        with self.open() as database:
            return database.write_now(lambda c: writes(c, words))

    def approves(self, comment: Comment) -> None:
        """Meera lets a comment through."""

        def approve(connection: Connection) -> None:
            meera = staff_store.actor(connection, staff_store.id_of(connection, "meera") or "")
            assert meera is not None
            moderation.approve(connection, comment.id, 1, meera, SUNDAY, at_once=True)

        with self.open() as database:
            database.write_now(approve)

    def enrols(self, name: str) -> str:
        """A kiosk is enrolled; return its id."""
        with self.open() as database:
            return database.write_now(lambda c: enrol(c, name, "", LINDMARK, name, SUNDAY)).id

    def takes_from_a_kiosk(self) -> None:
        """A kiosk's message arrives that is none of the kinds known here; it is kept."""
        body = b"{}"
        message = Message(ids.new_id(), 1, "gesture", msgspec.Raw(body), body_hash(body))
        batch = Batch([message], Health(1, 0, "", 0), 1)
        with self.open() as database:
            kiosk = database.write_now(
                lambda c: enrol(c, "Town hall", "", LINDMARK, "Town hall", SUNDAY)
            )
            known = database.read_now(lambda c: authenticate(c, kiosk.credential))
            database.write_now(lambda c: serve.take_batch(c, known, batch, 2, SUNDAY))

    def backed_up(self, name: str = "hub.db") -> tuple[Path, Manifest]:
        """A backup is taken while the hub runs."""
        path = self.backups / name
        with self.open():
            return path, backup.take(self.settings, path, SUNDAY)

    def restored(self, path: Path, *lists: Path, anyway: bool = False) -> Restored:
        """The backup is restored, with the hub stopped."""
        return restore(self.settings, path, SUNDAY, lists=lists, anyway=anyway)

    def value(self, sql: str, **values: str) -> object:
        """Ask the open hub for one value."""
        with self.open() as database:
            return database.read_now(lambda c: c.execute(text(sql), values).scalar())

    def agreed(self) -> int:
        """How many votes agree with the benches, by the tally."""
        with self.open() as database:
            return database.read_now(lambda c: actions.tally_of(c, BENCHES)).of("agree")
