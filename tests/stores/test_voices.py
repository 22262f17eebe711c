"""Voices looked through: by topic, newest, most supported, answered; page by page."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.voice import comment_actions, comment_store, support_actions, voices_store
from kiosk.voice.comment import PublicComment, Status
from kiosk.voice.support import Support
from kiosk.voice.voices_store import Order, Wanted
from tests.screens.touch_voices import answer
from tests.world import SUNDAY, TOWN_HALL

EXHIBITS = ("benches", "ferry")


@pytest.fixture
def voiced(database: Database) -> Database:
    """Six voices on two exhibits; v1 was supported three times, v4 once, v2 is answered."""

    def fill(connection: Connection) -> None:
        for n in range(6):
            said = PublicComment(
                f"v{n}", "harbour", EXHIBITS[n % 2], "", "lindmark", "Town hall", "phone", "en",
                f"Voice {n}.", SUNDAY + timedelta(minutes=n), f"1-{n}", False,
            )  # fmt: skip
            comment_store.mirror(connection, said)
        for comment, who in (("v1", "ada"), ("v1", "ben"), ("v1", "cem"), ("v4", "ada")):
            support = Support(f"{comment}{who}", comment, who, True, TOWN_HALL, SUNDAY)
            support_actions.give(connection, support, SUNDAY)
        answer(connection, "v2", "harbour", SUNDAY)

    database.write_now(fill)
    return database


def looked_through(database: Database, wanted: Wanted, most: int = 2) -> list[str]:
    """Leaf from page to page to the end; return the ids in their order."""
    seen: list[PublicComment] = []
    while True:
        before = seen[-1] if seen else None
        page = database.read_now(
            partial(comment_actions.voices, wanted=wanted, most=most, before=before)
        )
        if not page:
            return [comment.id for comment in seen]
        seen += page


def test_the_newest_come_first(voiced: Database) -> None:
    """Of all, and of one exhibit."""
    assert looked_through(voiced, Wanted("harbour")) == ["v5", "v4", "v3", "v2", "v1", "v0"]
    of_ferry = Wanted("harbour", Order.NEWEST, ("ferry",))
    assert looked_through(voiced, of_ferry) == ["v5", "v3", "v1"]
    assert looked_through(voiced, Wanted("harbour", Order.NEWEST, ())) == []
    assert looked_through(voiced, Wanted("elsewhere")) == []


def test_the_most_supported_come_first(voiced: Database) -> None:
    """Only those that were; what is taken down leaves at once."""
    wanted = Wanted("harbour", Order.SUPPORTED)
    assert looked_through(voiced, wanted, most=1) == ["v1", "v4"]
    first = voiced.read_now(lambda c: comment_actions.voices(c, wanted, 1))[0]
    assert first.supported == 3
    voiced.write_now(lambda c: comment_store.mark(c, "v1", Status.REFUSED))
    assert looked_through(voiced, wanted) == ["v4"]
    assert looked_through(voiced, Wanted("harbour", Order.SUPPORTED, ("ferry",))) == []


def test_the_answered_ones_carry_their_answers(voiced: Database) -> None:
    """Ben wants to read what mayors say."""
    found = voiced.read_now(
        lambda c: comment_actions.voices(c, Wanted("harbour", Order.ANSWERED), 5)
    )
    assert [(c.id, len(c.answers)) for c in found] == [("v2", 1)]


def test_each_filter_knows_how_many_it_shows(voiced: Database) -> None:
    """Buttons say so before they are touched."""
    read = voiced.read_now
    counts = {
        order: read(partial(voices_store.counts, exhibition="harbour", order=order))
        for order in Order
    }
    assert counts == {
        Order.NEWEST: {"benches": 3, "ferry": 3},
        Order.SUPPORTED: {"benches": 1, "ferry": 1},
        Order.ANSWERED: {"benches": 1},
    }


def test_what_is_public_now_is_known_by_id(voiced: Database) -> None:
    """The search follows it: what was taken down is not among them."""
    voiced.write_now(lambda c: comment_store.mark(c, "v0", Status.ERASED))
    now = voiced.read_now(lambda c: voices_store.standing(c, "harbour"))
    assert sorted(now) == ["v1", "v2", "v3", "v4", "v5"]
    some = voiced.read_now(lambda c: voices_store.by_ids(c, "harbour", ["v0", "v1", "no"]))
    assert [comment.text for comment in some] == ["Voice 1."]


def test_one_text_tells_whether_anything_public_has_changed(voiced: Database) -> None:
    """Support changes no voice; one taken down, one that comes, one published anew each do."""

    def mark() -> str:
        return voiced.read_now(lambda c: voices_store.mark(c, "harbour"))

    def published(n: int, minute: int) -> None:
        said = PublicComment(
            f"v{n}", "harbour", "ferry", "", "lindmark", "Town hall", "phone", "en",
            f"Voice {n}.", SUNDAY + timedelta(minutes=minute), f"1-{n}", False,
        )  # fmt: skip
        voiced.write_now(partial(comment_store.mirror, public=said))

    marks = [mark()]
    support = Support("v0ben", "v0", "ben", True, TOWN_HALL, SUNDAY)
    voiced.write_now(lambda c: support_actions.give(c, support, SUNDAY))
    assert mark() == marks[0]
    voiced.write_now(lambda c: comment_store.mark(c, "v0", Status.ERASED))
    marks.append(mark())
    published(6, 6)
    marks.append(mark())
    published(6, 7)
    marks.append(mark())
    assert len(set(marks)) == len(marks)
    assert voiced.read_now(lambda c: voices_store.mark(c, "elsewhere")) == ""
