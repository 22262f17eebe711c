"""Groups' hands, apart from ballots and tallies; and the codes by which facilitators open them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "group_code",
        _text("id"),
        _text("code_hash"),
        _text("exhibition"),
        _text("city"),
        _text("name", empty=True),
        _text("made_by", empty=True),
        _text("made_at", empty=True),
        _text("expires_at"),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("group_code_by_hash", "group_code", ["code_hash"])
    op.create_table(
        "group_hands",
        _text("question"),
        _text("group_id"),
        _text("id"),
        _whole("size"),
        _text("raised"),
        _text("exhibition"),
        _text("city"),
        _text("place"),
        _text("channel"),
        _text("origin"),
        _whole("seq"),
        _text("counted_at"),
        sa.Column("example", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("question", "group_id"),
    )
    op.create_index("group_hands_by_exhibition", "group_hands", ["exhibition", "question"])
    op.create_table(
        "group_result",
        _text("question"),
        _text("origin"),
        _text("city"),
        _text("place"),
        _whole("groups"),
        _whole("people"),
        _text("raised"),
        sa.PrimaryKeyConstraint("question", "origin", "city", "place"),
    )


def _text(name: str, *, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="" if empty else None, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", autoincrement=False, nullable=False)
