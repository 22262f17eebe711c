"""Harm to processes and to the network, a small number of times; each would notice a loss."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.families import TO_PROCESSES
from tests.faults.family import Family
from tests.faults.promise import keeps_what_was_acknowledged


@pytest.mark.parametrize("family", TO_PROCESSES, ids=lambda family: family.name)
def test_nothing_that_was_acknowledged_is_lost(
    family: Family, record_property: Callable[[str, object], None]
) -> None:
    """The product keeps its promise; and its control, changed by one setting, is caught."""
    keeps_what_was_acknowledged(family, record_property)
