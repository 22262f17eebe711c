"""The list of erased ids as a file of its own, apart from the database and its backups.

A database restored from a backup knows nothing of what was erased since. So each erasure is
written here too, durably and before its transaction commits, and a hub applies the list before it
opens (architecture.md, rule 9). The table ``erased`` is its mirror. A line for each id:
``["<id>", "<moment>", "<check>"]``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine

from kiosk import clock, ids
from kiosk.errors import Unavailable

_OPTION = "erased_list"
_CHECKED = 8
"""Hexadecimal digits that tell a damaged line from a whole one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says: the moment of erasure by id; *damaged* lines could not be read."""

    moments: Mapping[str, str] = field(default_factory=dict)
    damaged: int = 0


def attach(engine: Engine, path: Path) -> None:
    """Let every erasure through *engine* be written to the list at *path*."""
    engine.update_execution_options(**{_OPTION: path})


def of(connection: Connection) -> Path | None:
    """Return the list of this connection's hub; None at a kiosk, which keeps none."""
    found = connection.get_execution_options().get(_OPTION)
    return found if isinstance(found, Path) else None


def add(connection: Connection, comments: Iterable[str], now: datetime) -> None:
    """Write ids down where this connection's hub keeps its list.

    Called within the transaction that erases: should its commit fail, the list names something
    that is there still, and its author's wish is done at the next opening.

    Raises:
        Unavailable: the list cannot be written; nothing may be called erased.
    """
    path = of(connection)
    if path is not None:
        append(path, {comment: clock.to_text(now) for comment in comments})


def append(path: Path, moments: Mapping[str, str]) -> None:
    """Append lines durably; the file is made, with its folder's entry, where it is missing.

    Raises:
        Unavailable: the disk is full or cannot be written.
    """
    lines = b"".join(_line(comment, moment) for comment, moment in moments.items())
    try:
        is_new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _write(descriptor, lines)
        finally:
            os.close(descriptor)
        if is_new:
            _sync_folder(path.parent)
    except OSError as error:
        raise Unavailable(
            "The list of erased comments cannot be written: {reason}.",
            "Nothing was erased. Check the disk and the permissions of the data folder.",
            reason=error.strerror or type(error).__name__,
        ) from error


def read(path: Path) -> Listed:
    """Return what the list at *path* says; a missing one says nothing.

    A last line that a power cut tore is none: its erasure was never called done.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Listed()
    *lines, torn = data.split(b"\n")
    moments: dict[str, str] = {}
    damaged = 0
    for line in lines:
        found = _entry(line)
        if found is not None:
            moments[found[0]] = found[1]
        elif line.strip():
            damaged += 1
    last = _entry(torn)
    if last is not None:
        moments[last[0]] = last[1]
    return Listed(moments, damaged)


def _line(comment: str, moment: str) -> bytes:
    return msgspec.json.encode([comment, moment, _check(comment, moment)]) + b"\n"


def _entry(line: bytes) -> tuple[str, str] | None:
    """Return id and moment of a line; None where it is not as it was written."""
    try:
        comment, moment, check = msgspec.json.decode(line, type=tuple[str, str, str])
    except msgspec.MsgspecError:
        return None
    return (comment, moment) if check == _check(comment, moment) else None


def _check(comment: str, moment: str) -> str:
    return ids.digest(f"{moment} {comment}")[:_CHECKED]


def _write(descriptor: int, lines: bytes) -> None:
    """Append after a whole line, also where an earlier one was torn."""
    end = os.lseek(descriptor, 0, os.SEEK_END)
    if end and os.pread(descriptor, 1, end - 1) != b"\n":
        lines = b"\n" + lines
    if os.write(descriptor, lines) != len(lines):
        raise OSError(0, "the disk is full")
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
