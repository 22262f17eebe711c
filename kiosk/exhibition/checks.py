"""Every fault of an exhibition's folder, as ``kiosk check DIR`` prints them."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.exhibition.faults import ERROR, Fault
from kiosk.exhibition.reader import faults_of


def check(folder: Path) -> list[Fault]:
    """Return all faults of *folder* by file and line; an empty list means that it can go out."""
    return faults_of(folder)


def report(folder: Path) -> tuple[str, bool]:
    """Return what to print about *folder*, and whether it can be published."""
    faults = check(folder)
    errors = sum(fault.severity == ERROR for fault in faults)
    lines = [str(fault) for fault in faults]
    lines.append(_summary(folder, errors, len(faults) - errors))
    return "\n".join(lines), errors == 0


def _summary(folder: Path, errors: int, warnings: int) -> str:
    if errors:
        return f"{folder}: {errors} to correct, {warnings} to consider. It cannot be published yet."
    if warnings:
        return f"{folder}: nothing to correct, {warnings} to consider. It can be published."
    return f"{folder}: no fault found. It can be published."


if __name__ == "__main__":
    text, fit = report(Path(sys.argv[1]))
    sys.stdout.write(f"{text}\n")
    sys.exit(0 if fit else 1)
