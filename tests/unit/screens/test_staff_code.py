"""The staff corner's code: kept as a hash, guessed in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import Forbidden
from kiosk.screens.touch.staff_code import LOCKED_S, TRIES, StaffCode, keep, new_code


async def test_the_right_code_opens_and_its_file_does_not_tell_it(tmp_path: Path) -> None:
    code, path = new_code(), tmp_path / "touch" / "staff-code"
    keep(path, code)
    assert code not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    await StaffCode(path).check(code)


async def test_a_screen_without_a_code_opens_to_nobody(tmp_path: Path) -> None:
    lock = StaffCode(tmp_path / "staff-code")
    with pytest.raises(Forbidden, match="No code"):
        await lock.check("")


async def test_after_five_wrong_codes_even_the_right_one_waits(tmp_path: Path) -> None:
    """No setting of the clock shortens it: it is counted since the machine was switched on."""
    clock, path = [0.0], tmp_path / "staff-code"
    keep(path, "12345678")
    lock = StaffCode(path, lambda: clock[0])
    for _ in range(TRIES):
        with pytest.raises(Forbidden, match="is wrong"):
            await lock.check("00000000")
    with pytest.raises(Forbidden, match="Too many"):
        await lock.check("12345678")
    clock[0] += LOCKED_S + 1
    await lock.check("12345678")
