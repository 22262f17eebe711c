"""The lines that a test run prints at its end about the faults it made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

NAME = "faults"
"""What a test records its line under; it reaches the end of the run from any process."""


def lines(reports: Iterable[pytest.TestReport]) -> Iterator[str]:
    """Yield the lines that these reports carry."""
    for report in reports:
        for name, value in report.user_properties:
            if name == NAME and report.when == "call":
                yield str(value)
