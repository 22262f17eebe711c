"""Residents' agreement with others' comments, what it adds up to, and which sums have changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "support",
        _text("comment"),
        _text("participant"),
        _text("id"),
        sa.Column("given", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("previous", sa.Boolean(), nullable=True),
        _text("exhibition"),
        _text("city"),
        _text("place"),
        _text("channel"),
        _text("origin"),
        _whole("seq"),
        _text("given_at"),
        _text("counted_at"),
        sa.Column("example", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("comment", "participant"),
    )
    op.create_index("support_by_participant", "support", ["participant"])
    op.create_table(
        "support_count",
        _text("comment"),
        _text("origin"),
        _text("city"),
        _text("place"),
        _text("channel"),
        _text("exhibition"),
        _whole("count"),
        sa.PrimaryKeyConstraint("comment", "origin", "city", "place", "channel"),
    )
    op.create_index("support_count_by_exhibition", "support_count", ["exhibition", "comment"])
    op.create_table(
        "support_change",
        _text("comment"),
        _text("exhibition"),
        sa.PrimaryKeyConstraint("comment"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", autoincrement=False, nullable=False)
