"""What a campaign of faults has found so far, in a file, so that it can be resumed."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.family import NOTHING, Family, Found


@dataclass
class Account:
    """One family's trials: the next number, what they came to, and what was broken."""

    next: int = 0
    found: Found = NOTHING
    seconds: float = 0.0
    broken: list[dict[str, Any]] = field(default_factory=list)
    control: Found | None = None

    def takes(self, family: Family) -> None:
        """Make the next trial of *family* and write down what it found."""
        number, self.next = self.next, self.next + 1
        began = time.monotonic()
        try:
            with folder() as place:
                self.found += family.trial(number, place)
        except AssertionError as error:
            self.broken.append({"number": number, "said": str(error)[:2_000]})
        self.seconds += time.monotonic() - began

    def tries_control(self, family: Family) -> None:
        """Let the control lose something; what it lost stays zero where the harness is blind."""
        self.control = NOTHING
        for number in range(family.control_tries):
            with folder() as place:
                self.control += family.control(number, place)
            if self.control.lost:
                return


class Ledger:
    """The accounts by family, written to *path* after every trial."""

    def __init__(self, path: Path) -> None:
        self._path = path
        stored = json.loads(path.read_text()) if path.is_file() else {}
        self.accounts = {name: _account(row) for name, row in stored.items()}

    def of(self, family: Family) -> Account:
        """Return the account of a family, a new one where there is none."""
        return self.accounts.setdefault(family.name, Account())

    def save(self) -> None:
        """Write everything down, in one go."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        rows = {name: asdict(account) for name, account in self.accounts.items()}
        beside.write_text(json.dumps(rows, indent=1))
        beside.replace(self._path)


def line(family: Family, account: Account) -> str:
    """Return a family's figures as one line of text."""
    found = account.found
    notes = "".join(f", {number:,} {word}" for word, number in sorted(found.notes.items()))
    told = (
        f"{family.name}: {found.trials:,} {family.unit}, {found.acknowledged:,} acknowledged,"
        f" {found.lost:,} lost{notes}; {account.seconds:,.1f} s"
    )
    if account.control is not None:
        control = account.control
        told += (
            f"; control ({family.control_is}): {control.lost:,} of"
            f" {control.acknowledged:,} lost in {control.trials:,} {family.unit}"
        )
    if account.broken:
        told += f"; BROKEN in {len(account.broken)}"
    return told


def row(family: Family, account: Account) -> str:
    """Return the same as a row of the table in docs/reliability.md."""
    found, control = account.found, account.control or NOTHING
    notes = "; ".join(f"{number:,} {word}" for word, number in sorted(found.notes.items()))
    caught = f"{family.control_is}: {control.lost:,} of {control.acknowledged:,}"
    return (
        f"| {family.name} | {family.small:,} | {found.trials:,} of {family.full:,} {family.unit} |"
        f" {found.acknowledged:,} | {found.lost:,} | {notes or '–'} | {caught} |"
    )


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder that is gone afterwards, also what a killed process left in it."""
    with tempfile.TemporaryDirectory(prefix="kiosk-fault-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _account(row: Mapping[str, Any]) -> Account:
    control = row["control"]
    return Account(
        next=row["next"],
        found=Found(**row["found"]),
        seconds=row["seconds"],
        broken=row["broken"],
        control=Found(**control) if control else None,
    )
