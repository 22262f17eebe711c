"""What the doctor says of a machine, and that nothing that it meets makes it fall silent."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from kiosk.apps import administration, doctor, opening
from kiosk.apps.doctor import Finding
from kiosk.settings import load


def _of(what: str, findings: list[Finding]) -> Finding:
    return next(each for each in findings if each.what == what)


@pytest.mark.parametrize("said", ["<html>Log in to the Wi-Fi</html>", "[]", '{"now": "noon"}'])
def test_what_is_no_hub_is_said_to_be_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """The network's login page answers in the hub's place: all else is looked at all the same."""
    monkeypatch.setattr(httpx, "get", lambda *_, **__: httpx.Response(200, text=said))
    found = doctor.examine(load(data=tmp_path, content=tmp_path))
    hub = _of("hub", found)
    assert hub.grade == "bad"
    assert "no hub" in hub.found
    assert "KIOSK_HUB_URL" in hub.cure


def test_a_database_elsewhere_is_found(tmp_path: Path) -> None:
    """KIOSK_DATABASE_URL names a file outside the data folder."""
    settings = load(data=tmp_path / "data", database_url=f"sqlite:///{tmp_path / 'big' / 'hub.db'}")
    database = _of("hub's database", doctor.examine(settings))
    assert (database.grade, database.found) == ("warning", "not made yet")
    with administration.hub(settings) as made:
        opening.migrate(made)
    database = _of("hub's database", doctor.examine(settings))
    assert (database.grade, database.found) == ("good", "up to date")
