"""What a connection remembers of questions, for votes that come by the thousand to a few of them.

On PostgreSQL to look a question up is a way to the server by itself, a quarter of a small commit's
time (docs/performance.md). What is remembered is the questions' version instead, and the statement
that writes ballots writes none where it is another by then (:mod:`kiosk.voice.batch_store`). On
SQLite the transaction that writes looks them up: it is in this process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from kiosk.voice import question_store
from kiosk.voice.ballot import Asked


@dataclass(frozen=True, slots=True)
class Known:
    """Questions by id, those of them that were ever released, and the version they were read at.

    Of those *recalled* some may have changed since.
    """

    questions: Mapping[str, Asked]
    version: str
    recalled: bool = False


def recall(connection: Connection, wanted: set[str]) -> Known:
    """Return what is known of questions; looks them up where one is not remembered."""
    known: Known | None = connection.info.get("questions")
    if known is None or not wanted <= known.questions.keys():
        return look_up(connection, wanted)
    return known


def look_up(connection: Connection, wanted: Iterable[str]) -> Known:
    """Return questions as the database has them; on PostgreSQL they are remembered as well."""
    known = _known(question_store.look_up(connection, wanted))
    if connection.dialect.name == "postgresql":
        before: Known | None = connection.info.get("questions")
        same = before is not None and before.version == known.version
        others = before.questions if before and same else {}
        connection.info["questions"] = Known(
            {**others, **known.questions}, known.version, recalled=True
        )
    return known


@lru_cache(maxsize=256)
def _known(told: str) -> Known:
    """Return what was told; the same is read once, for on SQLite each commit hears it."""
    version, questions = question_store.read(told)
    return Known({question.id: question for question in questions}, version)
