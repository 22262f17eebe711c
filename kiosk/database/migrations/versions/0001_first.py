"""The first schema, written out: it stays as it is when kiosk/database/schema.py moves on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, and the one head row of the feed."""
    for make in TABLES:
        make()
    op.execute("INSERT INTO feed_head (id, position) VALUES (1, 0)")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _empties(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in names]


def _moments(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _wholes(*names: str) -> list[sa.Column[int]]:
    return [
        sa.Column(name, sa.BigInteger(), server_default="0", autoincrement=False, nullable=False)
        for name in names
    ]


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [
        sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False) for name in names
    ]


def _meta() -> None:
    op.create_table("meta", *_texts("name", "value"), sa.PrimaryKeyConstraint("name"))


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        *_texts("id", "kind"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *_texts("body_hash", "created_at"),
        *_moments("sent_at"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        *_texts("id", "origin"),
        *_wholes("seq"),
        *_texts("kind", "body_hash", "received_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("origin", "seq"),
    )


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        *_texts("id", "origin", "body_hash"),
        *_wholes("seq"),
        *_texts("kind"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *_texts("reason", "received_at"),
        sa.PrimaryKeyConstraint("id", "origin", "body_hash"),
    )


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        *_texts("kind", "exhibition", "city"),
        *_empties("subject"),
        *_texts("body", "created_at"),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index("feed_by_subject", "feed", ["kind", "subject"], unique=False)


def _feed_head() -> None:
    op.create_table(
        "feed_head",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *_wholes("position"),
        sa.PrimaryKeyConstraint("id"),
    )


def _edition() -> None:
    op.create_table(
        "edition",
        *_texts("id", "exhibition"),
        *_wholes("number"),
        *_texts("manifest", "created_at"),
        *_empties("created_by", "note"),
        sa.PrimaryKeyConstraint("id"),
    )


def _release() -> None:
    op.create_table(
        "release",
        *_texts("exhibition"),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        *_texts("edition", "released_at"),
        *_empties("released_by"),
        sa.PrimaryKeyConstraint("exhibition", "position"),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        *_texts("id", "exhibition"),
        *_empties("city"),
        *_texts("topic"),
        *_empties("session"),
        *_texts("state"),
        *_wholes("revision"),
        *_texts("source_language", "body"),
        *_empties("photo", "created_by"),
        *_texts("created_at", "updated_at"),
        *_empties("approved_by"),
        *_moments("approved_at"),
        *_empties("published_edition"),
        *_flags("example"),
        sa.PrimaryKeyConstraint("id"),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        *_texts("id", "user_name", "display_name", "password_hash", "created_at"),
        *_moments("disabled_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_name"),
    )


def _staff_role() -> None:
    op.create_table(
        "staff_role",
        *_texts("staff", "role", "exhibition", "city"),
        *_empties("office"),
        sa.PrimaryKeyConstraint("staff", "role", "exhibition", "city"),
    )


def _staff_session() -> None:
    op.create_table(
        "staff_session",
        *_texts("token_hash", "staff", "created_at", "seen_at", "expires_at"),
        sa.PrimaryKeyConstraint("token_hash"),
    )


def _kiosk() -> None:
    op.create_table(
        "kiosk",
        *_texts("id"),
        *_wholes("number"),
        *_texts(
            "name", "exhibition", "city", "place", "signing_key", "credential_hash", "enrolled_at"
        ),
        *_moments("revoked_at", "last_seen_at"),
        *_wholes("queue_length", "queue_age_s"),
        *_empties("edition"),
        *_wholes("clock_offset_ms"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential_hash"),
        sa.UniqueConstraint("number"),
    )


def _question() -> None:
    op.create_table(
        "question",
        *_texts("id", "exhibition", "exhibit", "owner", "kind", "choices"),
        *_wholes("max_choices"),
        *_moments("opens_at", "closes_at"),
        *_flags("example"),
        *_texts("first_released_at"),
        sa.PrimaryKeyConstraint("id"),
    )


def _ballot() -> None:
    op.create_table(
        "ballot",
        *_texts("question", "participant", "id", "choices"),
        *_moments("previous"),
        *_texts("exhibition", "city", "place", "channel", "origin"),
        *_wholes("seq"),
        *_texts("cast_at", "counted_at"),
        *_flags("example"),
        sa.PrimaryKeyConstraint("question", "participant"),
    )


def _tally() -> None:
    op.create_table(
        "tally",
        *_texts("question", "origin", "city", "place", "channel", "choice"),
        *_wholes("count"),
        sa.PrimaryKeyConstraint("question", "origin", "city", "place", "channel", "choice"),
    )


def _tally_change() -> None:
    op.create_table("tally_change", *_texts("question"), sa.PrimaryKeyConstraint("question"))


def _comment() -> None:
    op.create_table(
        "comment",
        *_texts("id", "exhibit"),
        *_empties("question"),
        *_texts(
            "exhibition",
            "city",
            "place",
            "channel",
            "origin",
            "participant",
            "language",
            "text",
            "status",
        ),
        *_wholes("revision"),
        *_texts("voice_number", "receipt_hash", "written_at", "received_at"),
        *_moments("hold_until", "published_at"),
        *_empties("ground", "ground_note"),
        *_moments("delete_after"),
        *_flags("example"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("receipt_hash"),
    )
    op.create_index(
        "comment_by_city",
        "comment",
        ["exhibition", "city", "status", "received_at", "id"],
        unique=False,
    )
    op.create_index(
        "comment_by_exhibit",
        "comment",
        ["exhibition", "exhibit", "status", "published_at", "id"],
        unique=False,
    )
    op.create_index(
        "comment_by_published",
        "comment",
        ["exhibition", "status", "published_at", "id"],
        unique=False,
    )
    op.create_index(
        "comment_by_status", "comment", ["exhibition", "status", "received_at", "id"], unique=False
    )


def _official_answer() -> None:
    op.create_table(
        "official_answer",
        *_texts("id", "exhibition", "city", "language", "text", "state", "author", "office"),
        *_empties("drafted_by", "released_by"),
        *_texts("created_at"),
        *_moments("released_at", "corrected_at"),
        *_wholes("revision"),
        *_flags("example"),
        sa.PrimaryKeyConstraint("id"),
    )


def _answer_revision() -> None:
    op.create_table(
        "answer_revision",
        *_texts("answer"),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        *_texts("language", "text"),
        *_empties("written_by"),
        *_texts("written_at"),
        sa.PrimaryKeyConstraint("answer", "revision"),
    )


def _answer_comment() -> None:
    op.create_table(
        "answer_comment", *_texts("answer", "comment"), sa.PrimaryKeyConstraint("answer", "comment")
    )
    op.create_index("answer_by_comment", "answer_comment", ["comment", "answer"], unique=False)


def _report() -> None:
    op.create_table(
        "report",
        *_texts(
            "id",
            "comment",
            "exhibition",
            "city",
            "place",
            "channel",
            "origin",
            "ground",
            "text",
            "made_at",
            "received_at",
            "state",
        ),
        *_empties("decided_by"),
        *_moments("decided_at", "delete_after"),
        *_flags("example"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "report_by_state", "report", ["exhibition", "state", "received_at", "id"], unique=False
    )


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        *_texts("id", "comment", "exhibition", "city", "action"),
        *_empties("ground", "note", "staff", "role"),
        *_texts("at"),
        *_flags("machine"),
        *_moments("salt"),
        *_texts("content_digest", "previous", "hash"),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("decision_by_comment", "decision", ["comment", "position"], unique=False)


def _erased() -> None:
    op.create_table("erased", *_texts("id", "erased_at"), sa.PrimaryKeyConstraint("id"))


TABLES = (
    _meta,
    _outbox,
    _inbox,
    _quarantine,
    _feed,
    _feed_head,
    _edition,
    _release,
    _draft,
    _staff,
    _staff_role,
    _staff_session,
    _kiosk,
    _question,
    _ballot,
    _tally,
    _tally_change,
    _comment,
    _official_answer,
    _answer_revision,
    _answer_comment,
    _report,
    _decision,
    _erased,
)
