"""Harm to disks and files, a small number of times; each would notice a loss.

A file of its own: where tests run two files at once, both halves take less than five minutes.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.families import TO_DISKS
from tests.faults.family import Family
from tests.faults.promise import keeps_what_was_acknowledged


@pytest.mark.parametrize("family", TO_DISKS, ids=lambda family: family.name)
def test_nothing_that_was_acknowledged_is_lost(
    family: Family, record_property: Callable[[str, object], None]
) -> None:
    """The product keeps its promise; and its control, changed by one setting, is caught."""
    keeps_what_was_acknowledged(family, record_property)
