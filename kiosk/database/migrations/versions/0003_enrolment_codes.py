"""Codes with which machines enrol themselves: once, within half an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add their table."""
    op.create_table(
        "enrolment_code",
        _text("id"),
        _text("code_hash"),
        _text("name"),
        _text("exhibition"),
        _text("city"),
        _text("place"),
        _text("made_by"),
        _text("made_at"),
        _text("expires_at"),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.Column("kiosk", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_hash"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
