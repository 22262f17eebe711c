"""Every table, for both dialects; each is described in full by the store that owns it.

Moments are text by :func:`kiosk.clock.to_text`; every row of a voice carries exhibition, city,
place and channel, so that results can be split by them and data be distributed by them. Outbox,
inbox and feed are in :mod:`kiosk.database.messaging_tables`.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table, Text, UniqueConstraint

from kiosk.database import messaging_tables
from kiosk.database.columns import flag, metadata, moment, text, voice, whole

__all__ = ["messaging_tables", "metadata"]

meta = Table("meta", metadata, text("name", key=True), text("value"))

# --- exhibition ------------------------------------------------------------------------------

edition = Table(
    "edition",
    metadata,
    text("id", key=True),
    text("exhibition"),
    whole("number"),
    text("manifest"),
    text("created_at"),
    text("created_by", empty=True),
    text("note", empty=True),
)
release = Table(
    "release",
    metadata,
    text("exhibition", key=True),
    whole("position", key=True),
    text("edition"),
    text("released_at"),
    text("released_by", empty=True),
)
draft = Table(
    "draft",
    metadata,
    text("id", key=True),
    text("exhibition"),
    text("city", empty=True),
    text("topic"),
    text("session", empty=True),
    text("state"),
    whole("revision"),
    text("source_language"),
    text("body"),
    text("photo", empty=True),
    text("created_by", empty=True),
    text("created_at"),
    text("updated_at"),
    text("approved_by", empty=True),
    moment("approved_at"),
    text("published_edition", empty=True),
    flag("example"),
)

# --- people ----------------------------------------------------------------------------------

staff = Table(
    "staff",
    metadata,
    text("id", key=True),
    text("user_name"),
    text("display_name"),
    text("password_hash"),
    text("created_at"),
    moment("disabled_at"),
    UniqueConstraint("user_name"),
)
staff_role = Table(
    "staff_role",
    metadata,
    text("staff", key=True),
    text("role", key=True),
    text("exhibition", key=True),
    text("city", key=True),
    text("office", empty=True),
)
staff_session = Table(
    "staff_session",
    metadata,
    text("token_hash", key=True),
    text("staff"),
    text("created_at"),
    text("seen_at"),
    text("expires_at"),
)
kiosk = Table(
    "kiosk",
    metadata,
    text("id", key=True),
    whole("number"),
    text("name"),
    text("exhibition"),
    text("city"),
    text("place"),
    text("signing_key"),
    text("credential_hash"),
    text("enrolled_at"),
    moment("revoked_at"),
    moment("last_seen_at"),
    whole("queue_length"),
    whole("queue_age_s"),
    text("edition", empty=True),
    whole("clock_offset_ms"),
    text("software", empty=True),
    whole("protocol"),
    moment("booted_at"),
    whole("keeps_from"),
    whole("damaged"),
    whole("copy_faults"),
    UniqueConstraint("number"),
    UniqueConstraint("credential_hash"),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    text("id", key=True),
    text("code_hash"),
    text("name"),
    text("exhibition"),
    text("city"),
    text("place"),
    text("made_by"),
    text("made_at"),
    text("expires_at"),
    moment("used_at"),
    text("kiosk", empty=True),
    UniqueConstraint("code_hash"),
)
group_code = Table(
    "group_code",
    metadata,
    text("id", key=True),
    text("code_hash"),
    text("exhibition"),
    text("city"),
    text("name", empty=True),
    text("made_by", empty=True),
    text("made_at", empty=True),
    text("expires_at"),
    moment("revoked_at"),
    Index("group_code_by_hash", "code_hash"),
)

# --- voice -----------------------------------------------------------------------------------

question = Table(
    "question",
    metadata,
    text("id", key=True),
    text("exhibition"),
    text("exhibit"),
    text("owner"),
    text("kind"),
    text("choices"),
    whole("max_choices"),
    moment("opens_at"),
    moment("closes_at"),
    flag("example"),
    text("first_released_at"),
)
ballot = Table(
    "ballot",
    metadata,
    text("question", key=True),
    text("participant", key=True),
    text("id"),
    text("choices"),
    Column("previous", Text, nullable=True),
    *voice(),
    whole("seq"),
    text("cast_at"),
    text("counted_at"),
    flag("example"),
)
tally = Table(
    "tally",
    metadata,
    text("question", key=True),
    text("origin", key=True),
    text("city", key=True),
    text("place", key=True),
    text("channel", key=True),
    text("choice", key=True),
    whole("count"),
    sqlite_with_rowid=False,
)
tally_change = Table("tally_change", metadata, text("question", key=True), sqlite_with_rowid=False)
comment = Table(
    "comment",
    metadata,
    text("id", key=True),
    text("exhibit"),
    text("question", empty=True),
    *voice(),
    text("participant"),
    text("language"),
    text("text"),
    text("status"),
    whole("revision"),
    text("voice_number"),
    text("receipt_hash"),
    text("written_at"),
    text("received_at"),
    moment("hold_until"),
    moment("published_at"),
    text("ground", empty=True),
    text("ground_note", empty=True),
    moment("delete_after"),
    flag("example"),
    UniqueConstraint("receipt_hash"),
    Index("comment_by_exhibit", "exhibition", "exhibit", "status", "published_at", "id"),
    Index("comment_by_published", "exhibition", "status", "published_at", "id"),
    Index("comment_by_status", "exhibition", "status", "received_at", "id"),
    Index("comment_by_city", "exhibition", "city", "status", "received_at", "id"),
)
official_answer = Table(
    "official_answer",
    metadata,
    text("id", key=True),
    text("exhibition"),
    text("city"),
    text("language"),
    text("text"),
    text("state"),
    text("author"),
    text("office"),
    text("drafted_by", empty=True),
    text("released_by", empty=True),
    text("created_at"),
    moment("released_at"),
    moment("corrected_at"),
    whole("revision"),
    flag("example"),
)
answer_revision = Table(
    "answer_revision",
    metadata,
    text("answer", key=True),
    whole("revision", key=True),
    text("language"),
    text("text"),
    text("written_by", empty=True),
    text("written_at"),
)
answer_comment = Table(
    "answer_comment",
    metadata,
    text("answer", key=True),
    text("comment", key=True),
    Index("answer_by_comment", "comment", "answer"),
)
report = Table(
    "report",
    metadata,
    text("id", key=True),
    text("comment"),
    *voice(),
    text("ground"),
    text("text"),
    text("made_at"),
    text("received_at"),
    text("state"),
    text("decided_by", empty=True),
    moment("decided_at"),
    moment("delete_after"),
    flag("example"),
    Index("report_by_state", "exhibition", "state", "received_at", "id"),
)

support = Table(
    "support",
    metadata,
    text("comment", key=True),
    text("participant", key=True),
    text("id"),
    flag("given"),
    Column("previous", Boolean, nullable=True),
    *voice(),
    whole("seq"),
    text("given_at"),
    text("counted_at"),
    flag("example"),
    Index("support_by_participant", "participant"),
)
support_count = Table(
    "support_count",
    metadata,
    text("comment", key=True),
    text("origin", key=True),
    text("city", key=True),
    text("place", key=True),
    text("channel", key=True),
    text("exhibition"),
    whole("count"),
    Index("support_count_by_exhibition", "exhibition", "comment"),
)
support_change = Table("support_change", metadata, text("comment", key=True), text("exhibition"))
group_hands = Table(
    "group_hands",
    metadata,
    text("question", key=True),
    text("group_id", key=True),
    text("id"),
    whole("size"),
    text("raised"),
    *voice(),
    whole("seq"),
    text("counted_at"),
    flag("example"),
    Index("group_hands_by_exhibition", "exhibition", "question"),
)
group_result = Table(
    "group_result",
    metadata,
    text("question", key=True),
    text("origin", key=True),
    text("city", key=True),
    text("place", key=True),
    whole("groups"),
    whole("people"),
    text("raised"),
)

# --- moderation ------------------------------------------------------------------------------

decision = Table(
    "decision",
    metadata,
    whole("position", key=True),
    text("id"),
    text("comment"),
    text("exhibition"),
    text("city"),
    text("action"),
    text("ground", empty=True),
    text("note", empty=True),
    text("staff", empty=True),
    text("role", empty=True),
    text("at"),
    flag("machine"),
    Column("salt", Text, nullable=True),
    text("content_digest"),
    text("previous"),
    text("hash"),
    UniqueConstraint("id"),
    Index("decision_by_comment", "comment", "position"),
)
visit_count = Table(
    "visit_count",
    metadata,
    text("day", key=True),
    text("origin", key=True),
    text("exhibition", key=True),
    text("stage", key=True),
    text("subject", key=True),
    whole("number"),
    whole("seconds"),
)
erased = Table("erased", metadata, text("id", key=True), text("erased_at"))
