"""Brings a database to this program's schema, and tells whether it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

_SCRIPTS = Path(__file__).parent / "migrations"
_VERSION = text("SELECT version_num FROM alembic_version")
_LOCK = 7_283_461
"""Any number that nobody else on the PostgreSQL server takes for an advisory lock."""


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the migrations that are missing, inside the transaction of *connection*.

    *to* may name an older one, for a copy of tables that are of that version.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def is_current(connection: Connection) -> bool:
    """Whether the tables are at the newest revision that this program knows."""
    return revision(connection) == newest()


def revision(connection: Connection) -> str:
    """Return the version of the tables, empty for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    # Alembic's own question makes a table each time, whose compiled statement stays in memory.
    return str(connection.scalar(_VERSION) or "")


@cache
def newest() -> str:
    """Return the newest version that this program knows: read once, every health question asks."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def versions() -> list[str]:
    """Return every version that this program knows, the newest first."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return [script.revision for script in scripts]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config
