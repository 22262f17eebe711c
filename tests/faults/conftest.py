"""Fixtures of the faults, and their figures at the end of a test run."""

import pytest

from tests.faults.figures import FIGURES
from tests.journeys.fixtures import browser, shared_town, template, town, windows

__all__ = ["browser", "shared_town", "template", "town", "windows"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each family did and found."""
    if FIGURES:
        terminalreporter.section("faults")
        for figures in FIGURES:
            terminalreporter.write_line(figures)
