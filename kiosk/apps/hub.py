"""`kiosk hub`: brings the database up to date, then runs the public side and the desk."""

from __future__ import annotations

from kiosk.apps import administration, opening
from kiosk.apps.processes import Group, Program
from kiosk.apps.workers import must_be_possible
from kiosk.settings import Settings


def programs(settings: Settings) -> list[Program]:
    """Return the hub's two programs."""
    return [
        Program("public", settings.hub_host, settings.hub_port, "KIOSK_HUB_PORT"),
        Program("desk", settings.desk_host, settings.desk_port, "KIOSK_DESK_PORT"),
    ]


def run(settings: Settings) -> int:
    """Run until stopped; return the exit code.

    Raises:
        PortTaken, Unavailable: a program could not start.
    """
    must_be_possible(settings)
    with administration.hub(settings) as database:
        opening.migrate(database)
    with Group(settings.data / "logs", {}) as group:
        group.start(programs(settings))
        return group.watch()
