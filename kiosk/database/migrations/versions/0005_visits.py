"""How many visits got how far, by day and screen: counters without anybody in them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add their table."""
    op.create_table(
        "visit_count",
        _text("day"),
        _text("origin"),
        _text("exhibition"),
        _text("stage"),
        _text("subject"),
        _whole("number"),
        _whole("seconds"),
        sa.PrimaryKeyConstraint("day", "origin", "exhibition", "stage", "subject"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
