"""A hub with votes, voices and decisions, on each dialect."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.apps.opening import migrate
from kiosk.people.enrolment import hub_key
from kiosk.settings import load
from kiosk.voice import actions
from tests.backup.hub import Hub
from tests.postgres import fresh_database
from tests.staff import appoint_everyone
from tests.world import SUNDAY, harbour


@pytest.fixture(params=["sqlite", "postgresql"])
def hub(request: pytest.FixtureRequest, tmp_path: Path) -> Hub:
    """A hub where two people voted, one spoke, and Meera judges; everything is closed again."""
    url = "" if request.param == "sqlite" else fresh_database()
    made = Hub(load(data=tmp_path / "hub", database_url=url), tmp_path / "backups")
    with made.open() as database:
        migrate(database)
        database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
        database.write_now(lambda c: appoint_everyone(c, "meera", "pavel"))
        database.write_now(hub_key)
    for choice in ("agree", "disagree"):
        made.votes(choice)
    made.approves(made.hears("Where may we sit?"))
    made.takes_from_a_kiosk()
    return made
