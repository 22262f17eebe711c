"""The first schema."""

from alembic import op

from kiosk.database.schema import feed_head, metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and the one head row of the feed."""
    metadata.create_all(op.get_bind())
    op.bulk_insert(feed_head, [{"id": 1, "position": 0}])
