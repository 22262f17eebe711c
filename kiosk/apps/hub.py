"""`kiosk hub`: brings the database up to date, then runs the public side and the desk."""

from __future__ import annotations

from kiosk.apps import administration, opening
from kiosk.apps.processes import Group, Program
from kiosk.errors import Unavailable
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
    if settings.hub_workers > 1 and "postgresql" not in settings.hub_database:
        raise Unavailable(
            "More than one public process needs PostgreSQL.",
            "Set KIOSK_HUB_WORKERS to 1, or KIOSK_DATABASE_URL to a PostgreSQL.",
        )
    with administration.hub(settings) as database:
        opening.migrate(database)
    with Group(settings.data / "logs", {}) as group:
        group.start(programs(settings))
        return group.watch()
