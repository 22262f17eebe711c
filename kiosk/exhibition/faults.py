"""What can be wrong with an exhibition's files: each fault with its place and its cure."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kiosk.errors import KioskError

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: *path* is relative to the exhibition's folder, *line* counts from 1."""

    path: str
    line: int
    rule: str
    message: str
    cure: str
    severity: str = ERROR

    def __str__(self) -> str:
        head = f"{self.path}:{self.line}: {self.severity}: {self.message} [{self.rule}]"
        return f"{head}\n    {self.cure}"


@dataclass(slots=True)
class Faults:
    """Gathers faults while files are read, so that an editor sees all of them at once."""

    found: dict[Fault, None] = field(default_factory=dict)

    def error(self, rule: str, path: str, line: int, message: str, cure: str) -> None:
        """Note a fault that keeps the exhibition from being published."""
        self.found[Fault(path, max(line, 1), rule, message, cure, ERROR)] = None

    def warning(self, rule: str, path: str, line: int, message: str, cure: str) -> None:
        """Note a fault that visitors would see, but that publishing may bear."""
        self.found[Fault(path, max(line, 1), rule, message, cure, WARNING)] = None

    def unreadable(self, path: str, error: OSError) -> None:
        """Note that the disk does not give a file or folder."""
        message = f"It cannot be read: {error.strerror or type(error).__name__}."
        self.error("unreadable-file", path, 1, message, "Check its permissions and the disk.")

    def drop(self, rules: Collection[str]) -> None:
        """Take back what is no fault of its own, but follows from another."""
        self.found = {fault: None for fault in self.found if fault.rule not in rules}

    def refuse(self) -> None:
        """Raise if any fault keeps the exhibition from being published.

        Raises:
            ContentRefused: with those faults.
        """
        errors = self.errors()
        if errors:
            raise ContentRefused(errors)

    def in_order(self) -> list[Fault]:
        """All faults by file and line."""
        return sorted(self.found)

    def errors(self) -> list[Fault]:
        """Only those that keep the exhibition from being published."""
        return [fault for fault in self.in_order() if fault.severity == ERROR]


class ContentRefused(KioskError):
    """The files do not make an exhibition; *faults* says why, each with its cure."""

    code = "content-refused"
    status = 422

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            "The files have {count} faults; the first, in {path}, line {line}: {fault} {fix}",
            "Correct them; “kiosk check” names each with file and line.",
            count=len(self.faults),
            path=first.path,
            line=first.line,
            fault=first.message,
            fix=first.cure,
        )


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a cure: the known word most like *word*, or *otherwise* where none is like it."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean “{close[0]}”?" if close else otherwise
