"""The kinds of columns that the tables are made of, and the one list of all tables."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, MetaData, Text, false

metadata = MetaData()


def text(name: str, *, key: bool = False, empty: bool = False) -> Column[str]:
    """A text column; *empty* gives it the default of an empty text."""
    default = "" if empty else None
    return Column(name, Text, primary_key=key, nullable=False, server_default=default)


def moment(name: str) -> Column[str | None]:
    """A moment as text, null while it has not come."""
    return Column(name, Text, nullable=True)


def whole(name: str, *, key: bool = False) -> Column[int]:
    """A whole number, 0 where nothing is said; a *key* is always said."""
    default = None if key else "0"
    return Column(
        name,
        BigInteger,
        primary_key=key,
        nullable=False,
        server_default=default,
        autoincrement=False,
    )


def flag(name: str) -> Column[bool]:
    """A yes or no, no where nothing is said."""
    return Column(name, Boolean, nullable=False, server_default=false())


def voice() -> tuple[Column[str], ...]:
    """Where a voice was given: on every ballot, comment and report."""
    return (
        text("exhibition"),
        text("city"),
        text("place"),
        text("channel"),
        text("origin"),
    )
