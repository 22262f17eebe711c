"""For the demo: the invented residents' voices and officials' answers of the example exhibition.

They go the way of every voice, through queue, decision and feed, marked ``example``; they are
loaded once, into the example exhibition only. There are no example ballots.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk import ids
from kiosk.database.connection import Database
from kiosk.exhibition import reader
from kiosk.exhibition.model import Exhibition
from kiosk.moderation import actions, answers
from kiosk.moderation.answers import Draft
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.voice import comment_actions, comment_store
from kiosk.voice.comment import NewComment
from kiosk.voice.place import Place

FILE = "voices.toml"
_NOBODY = "example"
"""Who the decision log says decided, in the example."""


@dataclass(frozen=True, slots=True)
class _Loading:
    """One loading of the file at *start*."""

    connection: Connection
    exhibition: Exhibition
    start: datetime

    def moment(self, row: Mapping[str, Any]) -> datetime:
        return self.start - timedelta(minutes=row["minutes_ago"])

    def comment(self, row: Mapping[str, Any]) -> None:
        """Take one comment in and decide it as the file says."""
        at = self.moment(row)
        exhibit = self.exhibition.exhibits[row["exhibit"]]
        channel = row["channel"]
        place = Place(self.exhibition.id, row["city"], row["place"], channel)
        kept = actions.receive(
            self.connection,
            NewComment(
                id=_name(row["id"]),
                exhibit=exhibit.id,
                question=exhibit.question.id if exhibit.question else "",
                text=row["text"],
                language=row["language"],
                participant="",
                receipt_hash=ids.digest(ids.secret(15)),
                voice_number=comment_actions.next_voice_number(self.connection, 0),
                place=place,
                written_at=at,
                example=True,
            ),
            at,
        )
        if kept is not None and row["state"] != "waiting":
            self._decide(kept.id, kept.revision, row, at + timedelta(minutes=9))

    def _decide(self, comment: str, revision: int, row: Mapping[str, Any], at: datetime) -> None:
        moderator = self._as(Role.MODERATOR, "Example moderator")
        if row["state"] == "published":
            actions.approve(self.connection, comment, revision, moderator, at, at_once=True)
        else:
            actions.refuse(
                self.connection,
                comment,
                revision,
                moderator,
                at,
                ground=row["ground"],
                note=row.get("note", ""),
            )

    def answer(self, row: Mapping[str, Any]) -> None:
        """Draft and release one official answer."""
        at = self.moment(row)
        mayor = self._as(Role.MAYOR, row["author"], row["city"], row["office"])
        comments = tuple(_name(comment) for comment in row["comments"])
        draft = Draft(_name(row["id"]), row["language"], row["text"], comments)
        saved = answers.save_draft(self.connection, draft, mayor, at)
        answers.release(self.connection, saved.id, saved.revision, mayor, at)

    def _as(self, role: Role, name: str, city: str = "", office: str = "") -> Actor:
        grant = Grant(role, self.exhibition.id, city, office)
        return Actor(_NOBODY, _NOBODY, name, (grant,))


def load(database: Database, folder: Path, start: datetime) -> int:
    """Load the voices of the exhibition in *folder* unless they are there; return how many.

    Raises:
        ContentRefused: the exhibition's files have faults.
    """
    if not (folder / FILE).is_file():
        return 0
    rows = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    exhibition = reader.read(folder)
    if not exhibition.example:
        return 0  # a real exhibition has only real voices

    def take_in(connection: Connection) -> int:
        if comment_store.get(connection, _name(rows["comment"][0]["id"])) is not None:
            return 0
        loading = _Loading(connection, exhibition, start)
        for row in rows["comment"]:
            loading.comment(row)
        for row in rows.get("answer", ()):
            loading.answer(row)
        return len(rows["comment"])

    return database.write_now(take_in)


def _name(row_id: str) -> str:
    return f"example-{row_id}"
