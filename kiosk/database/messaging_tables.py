"""The tables of what travels between kiosks and hub: outbox, inbox, quarantine, feed."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, UniqueConstraint
from sqlalchemy import text as where

from kiosk.database.columns import metadata, moment, text, whole

outbox = Table(
    "outbox",
    metadata,
    whole("seq", key=True),
    text("id"),
    text("kind"),
    Column("body", LargeBinary, nullable=False),
    text("body_hash"),
    text("created_at"),
    moment("sent_at"),
    text("seal", empty=True),
    text("held_seal", empty=True),
    UniqueConstraint("id"),
    Index(
        "outbox_waiting",
        "seq",
        sqlite_where=where("sent_at IS NULL"),
        postgresql_where=where("sent_at IS NULL"),
    ),
)
outbox_damage = Table(
    "outbox_damage",
    metadata,
    whole("seq", key=True),
    text("noticed_at"),
    Column("found", LargeBinary, nullable=False),
)
inbox = Table(
    "inbox",
    metadata,
    text("id", key=True),
    text("origin"),
    whole("seq"),
    text("kind"),
    text("body_hash"),
    text("received_at"),
    text("seal", empty=True),
    UniqueConstraint("origin", "seq"),
)
inbox_head = Table(
    "inbox_head",
    metadata,
    text("origin", key=True),
    whole("count"),
    whole("highest"),
    text("hash"),
)
inbox_gap = Table(
    "inbox_gap",
    metadata,
    text("origin", key=True),
    whole("first_seq", key=True),
    whole("last_seq", key=True),
    text("reason"),
    text("noticed_at"),
    moment("settled_at"),
    text("settled_by", empty=True),
)
quarantine = Table(
    "quarantine",
    metadata,
    text("id", key=True),
    text("origin", key=True),
    text("body_hash", key=True),
    whole("seq"),
    text("kind"),
    Column("body", LargeBinary, nullable=False),
    text("reason"),
    text("received_at"),
    whole("status"),
    moment("settled_at"),
    text("settled_by", empty=True),
    text("settled_how", empty=True),
    Index("quarantine_by_origin", "origin", "seq"),
)
feed = Table(
    "feed",
    metadata,
    whole("position", key=True),
    text("kind"),
    text("exhibition"),
    text("city"),
    text("subject", empty=True),
    text("body"),
    text("created_at"),
    text("seal", empty=True),
    Index("feed_by_subject", "kind", "subject"),
)
feed_sum = Table("feed_sum", metadata, text("exhibition", key=True), text("hash"))
feed_head = Table("feed_head", metadata, whole("id", key=True), whole("position"))
