"""Who a screen is stays its owner's secret, and what is damaged is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import NotFound
from kiosk.people.enrolment import Identity, read_identity, write_identity

LIBRARY = Identity("k-1", 7, "Library", "", "lindmark", "By the door", "00" * 32, "11" * 32)


def test_an_identity_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    """Its folder is made for it; nothing half written lies beside it."""
    path = tmp_path / "touch" / "identity.json"
    write_identity(path, LIBRARY)
    assert read_identity(path) == LIBRARY
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["identity.json"]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"name": "\xff"}', b"[]"])
def test_a_damaged_identity_is_told_with_what_to_do(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "identity.json"
    path.write_bytes(damage)
    with pytest.raises(NotFound, match="missing or damaged") as refused:
        read_identity(path)
    assert "kiosk enrol" in refused.value.remedy
