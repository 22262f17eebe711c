"""What a screen shows is compared with what is sealed, put right, and saved from a damaged file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.database import salvage
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.messaging import outbox_store
from kiosk.sync import bodies, groups, soundness_store, submit
from kiosk.voice import actions, comment_actions, group_actions, support_store, tally_store
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from kiosk.voice.group import Groups, Hands
from kiosk.voice.place import Channel, Place
from kiosk.voice.support import Support
from tests.sync.conftest import migrated
from tests.world import BENCHES, SUNDAY, harbour

HALL = "hall"
ONE = {"agree": 1}
LEAF = 10
"""How a page of rows without numbers begins in SQLite's files."""
PLACE = Place("harbour", "lindmark", "Hall", "touchscreen", HALL)
CLASS = Place("harbour", "lindmark", "Hall", Channel.GROUP, HALL)
RAISED = Groups(BENCHES, 1, 24, {"agree": 15, "disagree": 6, "pass": 1})


@pytest.fixture
def screen(tmp_path: Path) -> Database:
    """A screen at which twenty have voted, two have spoken, and a class has raised its hands."""
    database = migrated(tmp_path / "kiosk.db")
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    for n in range(20):
        cast = Cast(f"vote-{n}", BENCHES, f"visitor {n}", ("agree",), PLACE, SUNDAY)
        database.write_now(partial(submit.cast_ballot, cast=cast, now=SUNDAY))
    for n in range(2):
        new = NewComment(
            f"voice-{n}", "benches", "Shade.", "en", "ada", f"receipt-{n}", "", PLACE, SUNDAY
        )
        database.write_now(partial(submit.submit_comment, new=new, kiosk_number=1, now=SUNDAY))
    for n in range(3):
        touch = Support(f"touch-{n}", "others", f"visitor {n}", True, PLACE, SUNDAY)
        database.write_now(partial(_touched, touch=touch))
    for n, agree in enumerate((14, 15)):
        raised = (("agree", agree), ("disagree", 6), ("pass", 1))
        hands = Hands(f"hands-{n}", "4b", BENCHES, 24, raised, CLASS, SUNDAY)
        database.write_now(partial(groups.record, hands=hands, now=SUNDAY))
    return database


def _touched(connection: Connection, touch: Support) -> None:
    """Somebody agrees with a comment of others that was public at that moment."""
    numbered = replace(touch, seq=outbox_store.next_seq(connection))
    support_store.count(connection, numbered, clock.to_text(SUNDAY), example=False)
    body = bodies.of_support(numbered)
    outbox_store.add(connection, numbered.seq, numbered.id, "support", body, SUNDAY)


def told(database: Database) -> list[str]:
    return database.read_now(lambda c: soundness_store.faults(c, HALL))


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("UPDATE ballot SET choices = 'pass' WHERE id = 'vote-3'", "a vote on"),
        ("DELETE FROM ballot WHERE id = 'vote-3'", "1 votes that were told"),
        ("UPDATE ballot SET place = 'Hqll' WHERE id = 'vote-3'", "a vote on"),
        ("UPDATE tally SET count = 19", "the tally of"),
        ("UPDATE comment SET text = 'Shabe.' WHERE id = 'voice-1'", "the comment voice-1"),
        ("UPDATE support SET given = FALSE WHERE id = 'touch-2'", "the support of others is not"),
        ("UPDATE support SET participant = 'x' WHERE id = 'touch-2'", "1 agreements that were"),
        ("UPDATE support SET place = 'Hqll' WHERE id = 'touch-2'", "the support of others is not"),
        ("DELETE FROM support WHERE id = 'touch-2'", "1 agreements that were told"),
        ("UPDATE support_count SET count = 9", "the support of others is not what its touches"),
        ("UPDATE group_hands SET raised = 'agree=24'", "a group's hands on"),
        ("UPDATE group_hands SET size = 25", "a group's hands on"),
        ("UPDATE group_hands SET seq = 99", "a group's hands on"),
        ("UPDATE group_hands SET place = 'Hqll'", "a group's hands on"),
        ("UPDATE group_hands SET group_id = '5b'", "1 groups' hands that were told"),
        ("DELETE FROM group_hands", "1 groups' hands that were told"),
    ],
)
def test_what_is_shown_follows_from_what_is_sealed(screen: Database, harm: str, says: str) -> None:
    """Something turns over in a row without a seal: it is told, and put right from the outbox."""
    assert told(screen) == []
    screen.write_now(lambda c: c.execute(text(harm)).close())
    assert any(fault.startswith(says) for fault in told(screen))
    screen.write_now(lambda c: soundness_store.mend(c, HALL, SUNDAY))
    assert told(screen) == []
    tally = screen.read_now(lambda c: actions.tally_of(c, BENCHES))
    assert tally.by_choice == {"agree": 20, "*": 20}
    assert screen.read_now(lambda c: support_store.times(c, ["others"])) == {"others": 3}
    assert screen.read_now(lambda c: group_actions.groups_on(c, BENCHES)) == RAISED


def test_a_message_that_is_no_text_any_more_is_told(screen: Database) -> None:
    """A bit turns over within the outbox's letters: the doctor tells it and goes on."""
    bad = text("UPDATE outbox SET body = :bad WHERE kind <> ''")
    screen.write_now(lambda c: c.execute(bad, {"bad": b'{"id":"\xff"}'}))
    assert told(screen) == []
    assert screen.read_now(outbox_store.damaged)  # their seals tell


@pytest.mark.parametrize("table", ["ballot", "tally", "group_hands"])
def test_a_damaged_file_gives_up_what_can_be_read(
    screen: Database, tmp_path: Path, table: str
) -> None:
    """A page of the votes or of their tally is zeroed: the messages are saved, all else by them."""
    path = tmp_path / "kiosk.db"
    root = text("SELECT rootpage FROM sqlite_schema WHERE name = :table")
    page = screen.read_now(lambda c: int(c.execute(root, {"table": table}).scalar_one()))
    screen.close()
    octets = bytearray(path.read_bytes())
    octets[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(octets)

    assert salvage.if_damaged(path, SUNDAY)
    assert (tmp_path / "kiosk.db.damaged-20260906T140000").is_file()
    saved = Database.open(f"sqlite:///{path}")
    assert len(saved.read_now(lambda c: outbox_store.after(c, 0, 100))) == 27
    saved.write_now(comment_actions.skip_voice_numbers)
    saved.write_now(lambda c: soundness_store.mend(c, HALL, SUNDAY))
    assert told(saved) == []
    assert saved.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 20
    assert saved.read_now(lambda c: group_actions.groups_on(c, BENCHES)) == RAISED
    assert saved.write_now(lambda c: comment_actions.next_voice_number(c, 1)) == "1-1003"
    saved.close()
    assert not salvage.if_damaged(path, SUNDAY), "it is sound now"


def test_a_tally_is_read_up_to_the_damage_and_back_to_it(tmp_path: Path) -> None:
    """Lines of a table without row numbers are saved from before a damaged page and behind it."""
    path = tmp_path / "kiosk.db"
    database = migrated(path)
    places = [Place("harbour", "lindmark", f"Hall {n:03}", "touchscreen", HALL) for n in range(200)]
    for place in places:
        database.write_now(partial(tally_store.move, question=BENCHES, place=place, by=ONE))
    database.close()
    octets = path.read_bytes()
    pages = [octets[at : at + 4096] for at in range(0, len(octets), 4096)]
    middle = next(p for p in pages if p[0] == LEAF and b"Hall 100" in p)
    path.write_bytes(octets.replace(middle, bytes(4096)))
    assert salvage.if_damaged(path, SUNDAY)
    saved = Database.open(f"sqlite:///{path}")
    lines = saved.read_now(lambda c: tally_store.lines(c, BENCHES))
    assert len(places) > len(lines) > len(places) // 2
    assert {lines[0].place, lines[-1].place} == {"Hall 000", "Hall 199"}
    saved.close()


def test_a_type_that_is_no_word_any_more_is_told_as_damage(
    screen: Database, tmp_path: Path
) -> None:
    """A bit turned over in what SQLite keeps of a table: the driver cannot even say so."""
    screen.close()
    path = tmp_path / "kiosk.db"
    before, found, table = path.read_bytes().partition(b"CREATE TABLE support (")
    path.write_bytes(before + found + table.replace(b"city TEXT", b"city TEX\xd4", 1))
    damaged = Database.open(f"sqlite:///{path}")
    with pytest.raises(Unavailable):
        told(damaged)
    damaged.close()


def test_a_file_that_is_no_database_at_all_makes_room_for_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.db"
    path.write_bytes(b"not a database, not even a page of one" * 300)
    assert salvage.if_damaged(path, SUNDAY)
    assert Database.open(f"sqlite:///{path}").is_current()
