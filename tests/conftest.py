"""What a whole run prints at its end, also one whose tests run in several processes."""

from __future__ import annotations

import pytest

from tests.faults.figures import lines


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each family of faults did and found."""
    stats = terminalreporter.stats
    told = list(lines([*stats.get("passed", []), *stats.get("failed", [])]))
    if told:
        terminalreporter.section("faults")
        for line in told:
            terminalreporter.write_line(line)
