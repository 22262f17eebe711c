"""How examples are drawn, and what a whole run prints at its end, also one in several processes."""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, settings

from tests.faults.figures import lines

# How long an example takes is the machine's affair: one that is held up for a moment breaks no
# property. The same examples each time; others with --hypothesis-profile=explores.
ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", ANY_MACHINE, derandomize=True)
settings.register_profile("explores", ANY_MACHINE)
settings.load_profile("same")


@pytest.fixture(autouse=True, scope="module")
def what_stays_is_not_looked_through() -> None:
    """NiceGUI's simulation collects garbage twice a story: not among 300,000 collected objects."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each family of faults did and found."""
    stats = terminalreporter.stats
    told = list(lines([*stats.get("passed", []), *stats.get("failed", [])]))
    if told:
        terminalreporter.section("faults")
        for line in told:
            terminalreporter.write_line(line)
