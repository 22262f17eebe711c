"""On SQLite tallies lie in the tree of their key alone, so that a commit writes fewer pages.

A table with row numbers has two trees, and every line that moves touches both.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_KEY = ("question", "origin", "city", "place", "channel", "choice")


def upgrade() -> None:
    """Build both tables again; PostgreSQL keeps its own."""
    if op.get_bind().dialect.name != "sqlite":
        return
    count = sa.Column("count", sa.BigInteger(), server_default="0", nullable=False)
    _again("tally", _KEY, count)
    _again("tally_change", ("question",))


def _again(name: str, key: tuple[str, ...], *others: sa.Column[int]) -> None:
    """Build a table again without row numbers, with what stood in it."""
    columns = [*key, *(column.name for column in others)]
    op.rename_table(name, f"{name}_before")
    op.create_table(
        name,
        *(sa.Column(column, sa.Text(), nullable=False) for column in key),
        *others,
        sa.PrimaryKeyConstraint(*key),
        sqlite_with_rowid=False,
    )
    before = sa.table(f"{name}_before", *(sa.column(c) for c in columns))
    now = sa.table(name, *(sa.column(c) for c in columns))
    op.execute(now.insert().from_select(columns, sa.select(before)))
    op.drop_table(f"{name}_before")
