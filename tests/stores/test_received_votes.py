"""A kiosk's ballots are counted together exactly as they would be one by one."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from kiosk import clock
from kiosk.database.connection import Database
from kiosk.errors import InvalidBallot
from kiosk.voice import actions, recount_store
from kiosk.voice.ballot import Cast
from kiosk.voice.place import Place
from kiosk.voice.received import Gathered
from tests.world import BENCHES, FERRY, SUNDAY, harbour

SAID = st.tuples(
    st.sampled_from(["ada", "ben", "lea"]),
    st.sampled_from(
        [(BENCHES, "agree"), (BENCHES, "pass"), (BENCHES, ""), (FERRY, "north"), (FERRY, "up")]
    ),
    st.sampled_from(["touchscreen", "card"]),
)
"""Who, an answer (some withdrawn, one not offered), and by which channel."""

Said = tuple[str, tuple[str, str], str]


def received(database: Database, origin: str, said: list[Said], first: int) -> int:
    """Count them together; return how many were refused."""

    def write(connection: Connection) -> int:
        gathered, refused = Gathered(connection, origin, SUNDAY), 0
        for n, (who, (question, choice), channel) in enumerate(said, first):
            choices = [choice] if choice else []
            where = ("harbour", "lindmark", "Hall", channel)
            at = clock.to_text(SUNDAY)
            try:
                name = f"{origin}-{n}"
                gathered.add(name, n, question, f"{origin} {who}", choices, where, at)
            except InvalidBallot:
                refused += 1
        gathered.count()
        return refused

    return database.write_now(write)


def one_by_one(database: Database, origin: str, said: list[Said], first: int) -> int:
    """Count each by itself; return how many were refused."""
    refused = 0
    for n, (who, (question, choice), channel) in enumerate(said, first):
        cast = Cast(
            f"{origin}-{n}",
            question,
            f"{origin} {who}",
            (choice,) if choice else (),
            Place("harbour", "lindmark", "Hall", channel, origin),
            SUNDAY,
            n,
        )
        try:
            database.write_now(partial(actions.count_received, cast=cast, now=SUNDAY))
        except InvalidBallot:
            refused += 1
    return refused


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(SAID, max_size=12), st.lists(SAID, max_size=6), st.uuids())
def test_together_or_one_by_one_comes_out_the_same(
    database: Database,
    first: list[Said],
    second: list[Said],
    run: object,
) -> None:
    """Two batches of votes, changed votes, withdrawn ones and odd ones; the tallies are equal."""
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    together, apart = f"together {run}", f"apart {run}"
    for part, begins in ((first, 1), (second, len(first) + 1)):
        refused = one_by_one(database, apart, part, begins)
        for _ in range(2):  # the second time nothing changes
            assert received(database, together, part, begins) == refused
    counts = database.read_now(
        lambda c: {
            (question, origin, channel, choice): count
            for question, origin, channel, choice, count in c.exec_driver_sql(
                "SELECT question, origin, channel, choice, count FROM tally WHERE count <> 0"
            )
        }
    )
    mine = {(q, c, x): n for (q, o, c, x), n in counts.items() if o == together}
    theirs = {(q, c, x): n for (q, o, c, x), n in counts.items() if o == apart}
    assert mine == theirs
    assert database.read_now(recount_store.differences) == []


def test_moments_are_kept_in_one_form(database: Database) -> None:
    """Another client writes its zone; what is no moment is refused."""
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))

    def write(connection: Connection) -> None:
        gathered = Gathered(connection, "market", SUNDAY + timedelta(days=1))
        where = ("harbour", "lindmark", "Hall", "touchscreen")
        gathered.add("a", 1, BENCHES, "ada", ["agree"], where, "2026-09-06T16:00:00+02:00")
        gathered.count()

    database.write_now(write)
    kept = database.read_now(lambda c: c.exec_driver_sql("SELECT cast_at FROM ballot").scalar())
    assert kept == clock.to_text(SUNDAY)
