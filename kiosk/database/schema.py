"""Every table, for both dialects; each is described in full by the store that owns it.

Moments are text by :func:`kiosk.clock.to_text`; every row of a voice carries exhibition, city,
place and channel, so that results can be split by them and data be distributed by them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()


def _text(name: str, *, key: bool = False, empty: bool = False) -> Column[str]:
    """A text column; *empty* gives it the default of an empty text."""
    default = "" if empty else None
    return Column(name, Text, primary_key=key, nullable=False, server_default=default)


def _moment(name: str) -> Column[str | None]:
    return Column(name, Text, nullable=True)


def _whole(name: str, *, key: bool = False) -> Column[int]:
    default = None if key else "0"
    return Column(
        name,
        BigInteger,
        primary_key=key,
        nullable=False,
        server_default=default,
        autoincrement=False,
    )


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


def _voice() -> tuple[Column[str], ...]:
    """Where a voice was given: on every ballot, comment and report."""
    return (
        _text("exhibition"),
        _text("city"),
        _text("place"),
        _text("channel"),
        _text("origin"),
    )


meta = Table("meta", metadata, _text("name", key=True), _text("value"))

# --- messaging -------------------------------------------------------------------------------

outbox = Table(
    "outbox",
    metadata,
    _whole("seq", key=True),
    _text("id"),
    _text("kind"),
    Column("body", LargeBinary, nullable=False),
    _text("body_hash"),
    _text("created_at"),
    _moment("sent_at"),
    UniqueConstraint("id"),
)
inbox = Table(
    "inbox",
    metadata,
    _text("id", key=True),
    _text("origin"),
    _whole("seq"),
    _text("kind"),
    _text("body_hash"),
    _text("received_at"),
    UniqueConstraint("origin", "seq"),
)
quarantine = Table(
    "quarantine",
    metadata,
    _text("id", key=True),
    _text("origin", key=True),
    _text("body_hash", key=True),
    _whole("seq"),
    _text("kind"),
    Column("body", LargeBinary, nullable=False),
    _text("reason"),
    _text("received_at"),
)
feed = Table(
    "feed",
    metadata,
    _whole("position", key=True),
    _text("kind"),
    _text("exhibition"),
    _text("city"),
    _text("subject", empty=True),
    _text("body"),
    _text("created_at"),
    Index("feed_by_subject", "kind", "subject"),
)
feed_head = Table("feed_head", metadata, _whole("id", key=True), _whole("position"))

# --- exhibition ------------------------------------------------------------------------------

edition = Table(
    "edition",
    metadata,
    _text("id", key=True),
    _text("exhibition"),
    _whole("number"),
    _text("manifest"),
    _text("created_at"),
    _text("created_by", empty=True),
    _text("note", empty=True),
)
release = Table(
    "release",
    metadata,
    _text("exhibition", key=True),
    _whole("position", key=True),
    _text("edition"),
    _text("released_at"),
    _text("released_by", empty=True),
)
draft = Table(
    "draft",
    metadata,
    _text("id", key=True),
    _text("exhibition"),
    _text("city", empty=True),
    _text("topic"),
    _text("session", empty=True),
    _text("state"),
    _whole("revision"),
    _text("source_language"),
    _text("body"),
    _text("photo", empty=True),
    _text("created_by", empty=True),
    _text("created_at"),
    _text("updated_at"),
    _text("approved_by", empty=True),
    _moment("approved_at"),
    _text("published_edition", empty=True),
    _flag("example"),
)

# --- people ----------------------------------------------------------------------------------

staff = Table(
    "staff",
    metadata,
    _text("id", key=True),
    _text("user_name"),
    _text("display_name"),
    _text("password_hash"),
    _text("created_at"),
    _moment("disabled_at"),
    UniqueConstraint("user_name"),
)
staff_role = Table(
    "staff_role",
    metadata,
    _text("staff", key=True),
    _text("role", key=True),
    _text("exhibition", key=True),
    _text("city", key=True),
    _text("office", empty=True),
)
staff_session = Table(
    "staff_session",
    metadata,
    _text("token_hash", key=True),
    _text("staff"),
    _text("created_at"),
    _text("seen_at"),
    _text("expires_at"),
)
kiosk = Table(
    "kiosk",
    metadata,
    _text("id", key=True),
    _whole("number"),
    _text("name"),
    _text("exhibition"),
    _text("city"),
    _text("place"),
    _text("signing_key"),
    _text("credential_hash"),
    _text("enrolled_at"),
    _moment("revoked_at"),
    _moment("last_seen_at"),
    _whole("queue_length"),
    _whole("queue_age_s"),
    _text("edition", empty=True),
    _whole("clock_offset_ms"),
    UniqueConstraint("number"),
    UniqueConstraint("credential_hash"),
)

# --- voice -----------------------------------------------------------------------------------

question = Table(
    "question",
    metadata,
    _text("id", key=True),
    _text("exhibition"),
    _text("exhibit"),
    _text("owner"),
    _text("kind"),
    _text("choices"),
    _whole("max_choices"),
    _moment("opens_at"),
    _moment("closes_at"),
    _flag("example"),
    _text("first_released_at"),
)
ballot = Table(
    "ballot",
    metadata,
    _text("question", key=True),
    _text("participant", key=True),
    _text("id"),
    _text("choices"),
    Column("previous", Text, nullable=True),
    *_voice(),
    _whole("seq"),
    _text("cast_at"),
    _text("counted_at"),
    _flag("example"),
)
tally = Table(
    "tally",
    metadata,
    _text("question", key=True),
    _text("origin", key=True),
    _text("city", key=True),
    _text("place", key=True),
    _text("channel", key=True),
    _text("choice", key=True),
    _whole("count"),
)
tally_change = Table("tally_change", metadata, _text("question", key=True))
comment = Table(
    "comment",
    metadata,
    _text("id", key=True),
    _text("exhibit"),
    _text("question", empty=True),
    *_voice(),
    _text("participant"),
    _text("language"),
    _text("text"),
    _text("status"),
    _whole("revision"),
    _text("voice_number"),
    _text("receipt_hash"),
    _text("written_at"),
    _text("received_at"),
    _moment("hold_until"),
    _moment("published_at"),
    _text("ground", empty=True),
    _text("ground_note", empty=True),
    _moment("delete_after"),
    _flag("example"),
    UniqueConstraint("receipt_hash"),
    Index("comment_by_exhibit", "exhibition", "exhibit", "status", "published_at", "id"),
    Index("comment_by_published", "exhibition", "status", "published_at", "id"),
    Index("comment_by_status", "exhibition", "status", "received_at", "id"),
    Index("comment_by_city", "exhibition", "city", "status", "received_at", "id"),
)
official_answer = Table(
    "official_answer",
    metadata,
    _text("id", key=True),
    _text("exhibition"),
    _text("city"),
    _text("language"),
    _text("text"),
    _text("state"),
    _text("author"),
    _text("office"),
    _text("drafted_by", empty=True),
    _text("released_by", empty=True),
    _text("created_at"),
    _moment("released_at"),
    _moment("corrected_at"),
    _whole("revision"),
    _flag("example"),
)
answer_revision = Table(
    "answer_revision",
    metadata,
    _text("answer", key=True),
    _whole("revision", key=True),
    _text("language"),
    _text("text"),
    _text("written_by", empty=True),
    _text("written_at"),
)
answer_comment = Table(
    "answer_comment",
    metadata,
    _text("answer", key=True),
    _text("comment", key=True),
    Index("answer_by_comment", "comment", "answer"),
)
report = Table(
    "report",
    metadata,
    _text("id", key=True),
    _text("comment"),
    *_voice(),
    _text("ground"),
    _text("text"),
    _text("made_at"),
    _text("received_at"),
    _text("state"),
    _text("decided_by", empty=True),
    _moment("decided_at"),
    _moment("delete_after"),
    _flag("example"),
    Index("report_by_state", "exhibition", "state", "received_at", "id"),
)

# --- moderation ------------------------------------------------------------------------------

decision = Table(
    "decision",
    metadata,
    _whole("position", key=True),
    _text("id"),
    _text("comment"),
    _text("exhibition"),
    _text("city"),
    _text("action"),
    _text("ground", empty=True),
    _text("note", empty=True),
    _text("staff", empty=True),
    _text("role", empty=True),
    _text("at"),
    _flag("machine"),
    Column("salt", Text, nullable=True),
    _text("content_digest"),
    _text("previous"),
    _text("hash"),
    UniqueConstraint("id"),
    Index("decision_by_comment", "comment", "position"),
)
erased = Table("erased", metadata, _text("id", key=True), _text("erased_at"))
