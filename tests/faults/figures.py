"""The lines that a test run prints at its end about the faults it made."""

from __future__ import annotations

FIGURES: list[str] = []
