"""The promise that every family is held to in `make test`, and that its control must break."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.family import Family
from tests.faults.figures import NAME
from tests.faults.ledger import Account, line


def keeps_what_was_acknowledged(family: Family, record: Callable[[str, object], None]) -> None:
    """Do a family's small number of trials and its control; *record* takes the printed line."""
    if family.impossible():
        pytest.skip(family.impossible())
    account = Account()
    while account.found.trials < family.small and not account.broken:
        account.takes(family)
    account.tries_control(family)
    record(NAME, line(family, account))
    assert not account.broken, account.broken[0]
    assert account.found.lost == 0
    assert account.control is not None
    assert account.control.lost > 0, f"blind: {family.control_is} lost nothing"
