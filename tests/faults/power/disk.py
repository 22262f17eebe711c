"""A disk as the recorder saw it written, and what may be on it when the power goes.

Between two syncs a disk may keep any of the sectors that were written, in any order, and one of
them in part. A file that was made or deleted is so for sure once its directory is synced.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTORS = (512, 4096)
"""Bytes that a disk writes at once: older ones, and those of today."""


@dataclass(frozen=True, slots=True)
class Write:
    """*data* was written into a file from *offset* on."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file was cut, or stretched, to *size* bytes."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """Everything written to a file before is on the disk."""

    file: str


@dataclass(frozen=True, slots=True)
class Make:
    """A file was made, unless it was there."""

    file: str


@dataclass(frozen=True, slots=True)
class Delete:
    """A file was deleted."""

    file: str


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """Every file made or deleted before is so on the disk."""


Operation = Write | Truncate | Sync | Make | Delete | SyncFolder


@dataclass(slots=True)
class _Content:
    """One file's bytes that are safe, and what was done to them since."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Write | Truncate] = field(default_factory=list)

    def synced(self) -> None:
        for done in self.since:
            apply(self.safe, done)
        self.since.clear()


@dataclass(frozen=True, slots=True)
class Loss:
    """How a disk fails: which *share* of the un-synced sectors it keeps, whether one is torn."""

    share: float
    sector: int
    torn: bool
    garbage: bool
    """Whether what was never written reads as noise instead of zeros."""

    @classmethod
    def drawn(cls, chance: random.Random) -> Loss:
        """Draw one; all and nothing kept are as likely as everything between together."""
        share = chance.choice((0.0, 1.0, 0.02, 0.98, chance.random(), chance.random()))
        return cls(share, chance.choice(SECTORS), chance.random() < 0.3, chance.random() < 0.1)


class Disk:
    """Begins with *files*, follows operations; can lose its power after any of them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._names = {name: _Content(bytearray(safe)) for name, safe in files.items()}
        self._safe_names = dict(self._names)
        self._named_since: list[tuple[str, _Content | None]] = []

    def follow(self, operation: Operation) -> None:
        """Do what was recorded."""
        match operation:
            case Make(file):
                if file not in self._names:
                    self._name(file, _Content())
            case Delete(file):
                if file in self._names:
                    self._name(file, None)
            case SyncFolder():
                self._safe_names = dict(self._names)
                self._named_since.clear()
            case Sync(file):
                self._names[file].synced()
            case Write(file) | Truncate(file):
                self._names[file].since.append(operation)

    def _name(self, file: str, content: _Content | None) -> None:
        self._named_since.append((file, content))
        if content is None:
            del self._names[file]
        else:
            self._names[file] = content

    def after_a_power_cut(self, loss: Loss, chance: random.Random) -> dict[str, bytes]:
        """Return the files that are found when the power is back."""
        names: dict[str, _Content] = dict(self._safe_names)
        for file, content in self._named_since:
            if chance.random() < loss.share:
                if content is None:
                    names.pop(file, None)
                else:
                    names[file] = content
        return {file: _kept(content, loss, chance) for file, content in names.items()}


def _kept(content: _Content, loss: Loss, chance: random.Random) -> bytes:
    found = bytearray(content.safe)
    tear = chance.randrange(len(content.since)) if content.since and loss.torn else -1
    for number, done in enumerate(content.since):
        if isinstance(done, Truncate):
            if chance.random() < loss.share:
                apply(found, done)
            continue
        for at in range(0, len(done.data), loss.sector):
            part = done.data[at : at + loss.sector]
            if number == tear:
                part = part[: chance.randrange(len(part) + 1)]
            elif loss.share < 1.0 and chance.random() >= loss.share:
                continue
            _put(found, done.offset + at, part, loss, chance)
    return bytes(found)


def _put(found: bytearray, offset: int, part: bytes, loss: Loss, chance: random.Random) -> None:
    hole = offset - len(found)
    if hole > 0:
        found.extend(chance.randbytes(hole) if loss.garbage else bytes(hole))
    found[offset : offset + len(part)] = part


def apply(content: bytearray, done: Write | Truncate) -> None:
    """Do to *content* what was done to the file."""
    if isinstance(done, Truncate):
        content.extend(bytes(max(0, done.size - len(content))))
        del content[done.size :]
        return
    content.extend(bytes(max(0, done.offset - len(content))))
    content[done.offset : done.offset + len(done.data)] = done.data


def as_recorded(files: Mapping[str, bytes], operations: list[Operation]) -> Mapping[str, bytes]:
    """Return what becomes of *files* on a disk that loses nothing."""
    disk = Disk(files)
    for operation in operations:
        disk.follow(operation)
    return disk.after_a_power_cut(Loss(1.0, SECTORS[0], False, False), random.Random(0))
