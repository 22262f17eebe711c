"""Each fault family a small number of times; and that each would notice a loss."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.families import ALL
from tests.faults.family import Family
from tests.faults.figures import NAME
from tests.faults.ledger import Account, line

families = pytest.mark.parametrize("family", ALL, ids=lambda family: family.name)


@pytest.mark.timeout(300)
@families
def test_nothing_that_was_acknowledged_is_lost(
    family: Family, record_property: Callable[[str, object], None]
) -> None:
    """The product keeps its promise; and its control, changed by one setting, is caught."""
    if family.impossible():
        pytest.skip(family.impossible())
    account = Account()
    while account.found.trials < family.small and not account.broken:
        account.takes(family)
    account.tries_control(family)
    record_property(NAME, line(family, account))
    assert not account.broken, account.broken[0]
    assert account.found.lost == 0
    assert account.control is not None
    assert account.control.lost > 0, f"blind: {family.control_is} lost nothing"
