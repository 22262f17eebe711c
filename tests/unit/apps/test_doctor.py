"""What the doctor says of a machine, and that nothing that it meets makes it fall silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk import clock
from kiosk.apps import administration, doctor, opening
from kiosk.apps.doctor import Finding
from kiosk.locale import gaps
from kiosk.people.enrolment import enrol, write_identity
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


def test_a_catalogue_that_is_half_done_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator learns before the visitors do that some of the French shows in English."""
    settings = load(data=tmp_path, content=tmp_path, languages="fr,en")
    left: dict[str, tuple[str, ...]] = {"en": (), "fr": ()}
    monkeypatch.setattr(gaps, "left_to_english", lambda language: left[language])
    assert _of("languages", doctor.examine(settings)).grade == "good"
    left["fr"] = ("Back", "Next")
    told = _of("languages", doctor.examine(settings))
    assert told.grade == "warning"
    assert "fr: 2 of" in told.found
    assert "kiosk/locale/fr.po" in told.cure
    assert "“Back”, “Next”" in told.cure
    assert "deploy.locale" not in told.cure, "what only looks must not write"


def test_a_database_elsewhere_is_found(tmp_path: Path) -> None:
    """KIOSK_DATABASE_URL names a file outside the data folder."""
    settings = load(data=tmp_path / "data", database_url=f"sqlite:///{tmp_path / 'big' / 'hub.db'}")
    database = _of("hub's database", doctor.examine(settings))
    assert (database.grade, database.found) == ("warning", "not made yet")
    with administration.hub(settings) as made:
        opening.migrate(made)
    database = _of("hub's database", doctor.examine(settings))
    assert (database.grade, database.found) == ("good", "up to date")


@pytest.mark.parametrize(
    ("status", "grade", "said"),
    [(200, "good", "takes"), (403, "bad", "shut out"), (500, "warning", "500"), (0, "", "")],
)
def test_whether_the_hub_takes_this_kiosk_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, grade: str, said: str
) -> None:
    """Enrolled, shut out meanwhile, a hub in trouble; and one that is away is asked nothing."""
    settings = load(data=tmp_path, content=tmp_path)
    with administration.hub(settings) as made:
        opening.migrate(made)
        identity = made.write_now(lambda c: enrol(c, "Hall", "", "", "", clock.now()))
    write_identity(settings.touch_identity, identity)

    def get(url: str, **how: Any) -> httpx.Response:
        if not status:
            raise httpx.ConnectError("away")
        if url.endswith("/healthz"):
            return httpx.Response(200, json={"now": clock.to_text(clock.now())})
        assert how["headers"]["Authorization"] == f"Bearer {identity.credential}"
        return httpx.Response(status, json={})

    monkeypatch.setattr(httpx, "get", get)
    found = doctor.examine(settings)
    told = [each for each in found if each.what == "this kiosk at its hub"]
    assert [each.grade for each in told] == ([grade] if grade else [])
    assert all(said in each.found for each in told)
    assert all(bool(each.cure) == (each.grade != "good") for each in told)
    assert _of("hub", found).grade == ("good" if status else "warning")
