"""Seals of messages and feed entries, what the hub holds and lost of each kiosk, its device."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

AT_ONCE = 5_000
"""Rows that are read and written together; none of the tables need fit into memory."""

ALL_256_BITS = 2**256

OUTBOX = sa.text(
    "SELECT seq, id, kind, body_hash FROM outbox WHERE seq > :after ORDER BY seq LIMIT :most"
)
SEAL_OUTBOX = sa.text("UPDATE outbox SET seal = :seal WHERE seq = :seq")
ASIDE = sa.text("SELECT id, origin, seq FROM quarantine")
INBOX = sa.text(
    "SELECT id, origin, seq, kind, body_hash FROM inbox WHERE id > :after ORDER BY id LIMIT :most"
)
SEAL_INBOX = sa.text("UPDATE inbox SET seal = :seal WHERE id = :id")
RENAME = sa.text("UPDATE inbox SET id = :new WHERE id = :old")
SEALS = sa.text("SELECT id, origin, seq, seal FROM inbox WHERE id > :after ORDER BY id LIMIT :most")
HEAD = sa.text(
    "INSERT INTO inbox_head (origin, count, highest, hash)"
    " VALUES (:origin, :count, :highest, :hash)"
)
FEED = sa.text(
    "SELECT position, kind, exhibition, city, subject, body FROM feed"
    " WHERE position > :after ORDER BY position LIMIT :most"
)
SEAL_FEED = sa.text("UPDATE feed SET seal = :seal WHERE position = :position")
FEED_SUM = sa.text("INSERT INTO feed_sum (exhibition, hash) VALUES (:exhibition, :hash)")


def upgrade() -> None:
    """Add tables and columns, then seal what is there already."""
    _outbox()
    _inbox()
    _quarantine()
    _feed()
    _kiosk()
    _seal_outbox()
    _seal_inbox()
    _count_inbox()
    _seal_feed()


def _empty(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _moment(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default="0", autoincrement=False, nullable=False)


def _outbox() -> None:
    op.add_column("outbox", _empty("seal"))
    op.add_column("outbox", _empty("held_seal"))
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["seq"],
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "outbox_damage",
        _key("seq"),
        _text("noticed_at"),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )


def _inbox() -> None:
    op.add_column("inbox", _empty("seal"))
    op.create_table(
        "inbox_head",
        _text("origin"),
        _whole("count"),
        _whole("highest"),
        _text("hash"),
        sa.PrimaryKeyConstraint("origin"),
    )
    op.create_table(
        "inbox_gap",
        _text("origin"),
        _key("first_seq"),
        _key("last_seq"),
        _text("reason"),
        _text("noticed_at"),
        _moment("settled_at"),
        _empty("settled_by"),
        sa.PrimaryKeyConstraint("origin", "first_seq", "last_seq"),
    )


def _quarantine() -> None:
    op.add_column("quarantine", _whole("status"))
    op.add_column("quarantine", _moment("settled_at"))
    op.add_column("quarantine", _empty("settled_by"))
    op.add_column("quarantine", _empty("settled_how"))
    op.create_index("quarantine_by_origin", "quarantine", ["origin", "seq"])
    op.execute(
        "UPDATE quarantine SET status ="
        " CASE WHEN reason = 'same id, other body' THEN 409 ELSE 422 END"
    )


def _feed() -> None:
    op.add_column("feed", _empty("seal"))
    op.create_table(
        "feed_sum", _text("exhibition"), _text("hash"), sa.PrimaryKeyConstraint("exhibition")
    )


def _kiosk() -> None:
    for column in (
        _empty("software"),
        _whole("protocol"),
        _moment("booted_at"),
        _whole("keeps_from"),
        _whole("damaged"),
        _whole("copy_faults"),
    ):
        op.add_column("kiosk", column)


def _sha256(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _seal(seq: int, message: str, kind: str, body_hash: str) -> str:
    return _sha256(f"{seq}\0{message}\0{kind}\0{body_hash}")


def _pages(select: sa.TextClause, first: object) -> Iterator[list[Any]]:
    """Yield the rows of *select*, whose first column is its key, some at a time."""
    after = first
    while True:
        rows = op.get_bind().execute(select, {"after": after, "most": AT_ONCE}).all()
        if not rows:
            return
        yield list(rows)
        after = rows[-1][0]


def _write(statement: sa.TextClause, rows: Iterable[dict[str, Any]]) -> None:
    given = list(rows)
    if given:
        op.get_bind().execute(statement, given)


def _seal_outbox() -> None:
    for rows in _pages(OUTBOX, -1):
        _write(
            SEAL_OUTBOX,
            ({"seq": r.seq, "seal": _seal(r.seq, r.id, r.kind, r.body_hash)} for r in rows),
        )


def _seal_inbox() -> None:
    """A place held for a message that was set aside takes that message's id and seal."""
    found = op.get_bind().execute(ASIDE).all()
    aside = {f"aside:{r.origin}:{r.seq}": r.id for r in found}
    renamed = {}
    for rows in _pages(INBOX, ""):
        sealed = []
        for r in rows:
            message = aside.get(r.id, r.id)
            if message != r.id:
                renamed[r.id] = f"{r.id}:{message}"
            sealed.append({"id": r.id, "seal": _seal(r.seq, message, r.kind, r.body_hash)})
        _write(SEAL_INBOX, sealed)
    _write(RENAME, ({"old": old, "new": new} for old, new in renamed.items()))


def _count_inbox() -> None:
    counts: dict[str, int] = defaultdict(int)
    highest: dict[str, int] = defaultdict(int)
    sums: dict[str, int] = defaultdict(int)
    for rows in _pages(SEALS, ""):
        for r in rows:
            counts[r.origin] += 1
            highest[r.origin] = max(highest[r.origin], r.seq)
            sums[r.origin] += int(r.seal, 16)
    _write(
        HEAD,
        (
            {"origin": o, "count": n, "highest": highest[o], "hash": _hex(sums[o])}
            for o, n in counts.items()
        ),
    )


def _seal_feed() -> None:
    sums: dict[str, int] = defaultdict(int)
    for rows in _pages(FEED, -1):
        sealed = []
        for r in rows:
            of = (r.position, r.kind, r.exhibition, r.city, r.subject, _sha256(r.body))
            seal = _sha256("\0".join(map(str, of)))
            sums[r.exhibition] += int(seal, 16)
            sealed.append({"position": r.position, "seal": seal})
        _write(SEAL_FEED, sealed)
    _write(FEED_SUM, ({"exhibition": e, "hash": _hex(total)} for e, total in sums.items()))


def _hex(total: int) -> str:
    return f"{total % ALL_256_BITS:064x}"
