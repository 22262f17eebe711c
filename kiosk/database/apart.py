"""Files kept apart from the database: lines appended durably, which no restored database undoes.

What must outlive a restore (what was erased, who was let in or shut out) is written here within the
transaction that does it, before its commit. Each line is a JSON list that ends with a check.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine

from kiosk import ids
from kiosk.durable import sync_folder, writing

_OPTION = "kept_apart"
_CHECKED = 8
"""Hexadecimal digits that tell a damaged line from a whole one."""

Entry = list[Any]
"""What a line says, without its check."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file says, oldest first; *damaged* lines could not be read."""

    entries: Sequence[Entry] = ()
    damaged: int = 0


def attach(engine: Engine, folder: Path) -> None:
    """Let what is done through *engine* be kept in files of *folder*, too."""
    engine.update_execution_options(**{_OPTION: folder})


def attached(connection: Connection, folder: Path) -> Connection:
    """Return *connection* as one whose acts are kept in files of *folder*, too."""
    return connection.execution_options(**{_OPTION: folder})


def path_of(connection: Connection, name: str) -> Path | None:
    """Return the file of this name; None where nothing is kept apart, as at a kiosk."""
    # A connection that is kept open knows what its engine was told before: ask the engine as well.
    own, of_engine = connection.get_execution_options(), connection.engine.get_execution_options()
    folder = own.get(_OPTION) or of_engine.get(_OPTION)
    return folder / name if isinstance(folder, Path) else None


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Append lines durably; the file is made, with its folder's entry, where it is missing.

    Should the transaction around it fail to commit, the file says more than the database.

    Raises:
        Unavailable: the disk is full or cannot be written; nothing may be called done.
    """
    lines = b"".join(_line(entry) for entry in entries)
    with writing(path):
        is_new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _write(descriptor, lines)
        finally:
            os.close(descriptor)
        if is_new:
            sync_folder(path.parent)


def read(path: Path) -> Kept:
    """Return what the file at *path* says; a missing one says nothing.

    A last line that a power cut tore is none: what it was about was never called done.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Kept()
    *lines, last = data.split(b"\n")
    found = [_entry(line) for line in lines if line.strip()]
    entries = [entry for entry in (*found, _entry(last)) if entry is not None]
    return Kept(entries, found.count(None))


def merge(path: Path, others: Iterable[Path]) -> None:
    """Append to the file at *path* what *others* say more, in their order.

    Raises:
        Unavailable: it cannot be written.
    """
    known = {msgspec.json.encode(entry) for entry in read(path).entries}
    new: dict[bytes, Entry] = {}
    for other in others:
        new |= {msgspec.json.encode(entry): entry for entry in read(other).entries}
    more = [entry for said, entry in new.items() if said not in known]
    if more or not path.exists():
        append(path, more)


def _line(entry: Entry) -> bytes:
    return msgspec.json.encode([*entry, _check(entry)]) + b"\n"


def _entry(line: bytes) -> Entry | None:
    """Return what a line says; None where it is not as it was written."""
    try:
        *entry, check = msgspec.json.decode(line, type=list[Any])
    except (msgspec.MsgspecError, ValueError):
        return None
    return entry if check == _check(entry) else None


def _check(entry: Entry) -> str:
    return ids.digest(msgspec.json.encode(entry))[:_CHECKED]


def _write(descriptor: int, lines: bytes) -> None:
    """Append after a whole line, also where an earlier one was torn."""
    end = os.lseek(descriptor, 0, os.SEEK_END)
    if end and os.pread(descriptor, 1, end - 1) != b"\n":
        lines = b"\n" + lines
    if os.write(descriptor, lines) != len(lines):
        raise OSError(0, "the disk is full")
    os.fsync(descriptor)
