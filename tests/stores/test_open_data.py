"""What anyone may take home and recount: equal to what screens show, and nobody is in it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.apps import open_data
from kiosk.database.connection import Database
from kiosk.moderation import actions as moderation
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from kiosk.voice.place import Place
from kiosk.voice.tally import BALLOTS
from tests.staff import appoint_everyone, writes
from tests.world import ADAS_PHONE, BENCHES, GARDENS, LIBRARY, SUNDAY, TOWN_HALL, harbour

HARBOUR = "harbour"


@pytest.fixture
def hub(database: Database) -> Database:
    """The hub, with the harbour exhibition released."""
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    return database


def votes(hub: Database, who: str, at: Place, *choices: str, on: str = BENCHES) -> None:
    hub.write_now(lambda c: actions.cast_ballot(c, ballot(who, at, *choices, on=on), SUNDAY))


def ballot(who: str, at: Place, *choices: str, on: str = BENCHES) -> Cast:
    return Cast(f"{who} {on} {choices}", on, who, choices, at, SUNDAY)


def test_adding_the_ballots_up_gives_the_results(hub: Database) -> None:
    """Ada changes her mind, Ben takes his vote back, Carl chooses two: Nour recounts it all."""
    votes(hub, "ada", ADAS_PHONE, "agree")
    votes(hub, "ada", ADAS_PHONE, "disagree")
    votes(hub, "ben", TOWN_HALL, "agree")
    hub.write_now(lambda c: actions.withdraw_ballot(c, ballot("ben", TOWN_HALL), SUNDAY))
    reading_room = Place(HARBOUR, LIBRARY.city, "Reading room", LIBRARY.channel, LIBRARY.origin)
    votes(hub, "carl", LIBRARY, "south", "both", on=GARDENS)
    votes(hub, "dina", reading_room, "both", on=GARDENS)

    found = hub.read_now(lambda c: open_data.collect(c, HARBOUR))

    assert recounted(found) == {
        (r.question, r.choice, r.city, r.channel): r.votes for r in found.results
    }
    assert {(a.choices, a.ballots) for a in found.ballots} == {
        (("disagree",), 1),
        (("both",), 1),
        (("both", "south"), 1),
    }


def test_the_example_stays_at_home(hub: Database) -> None:
    """The demo's invented exhibition and its voices are in no table."""
    example = replace(harbour(), id="example", example=True)
    hub.write_now(lambda c: actions.register_questions(c, example, SUNDAY))
    assert hub.read_now(lambda c: open_data.collect(c, "example")).questions == []
    hub.write_now(lambda c: writes(c, "Invented.", example=True))
    assert hub.read_now(lambda c: open_data.collect(c, HARBOUR)).comments == []


def test_only_what_is_public_is_given_away(hub: Database) -> None:
    """Of four voices one was approved; the waiting, the refused and the withdrawn stay inside."""
    meera = hub.write_now(lambda c: appoint_everyone(c, "meera"))["meera"]
    said = [hub.write_now(partial(writes, text=words)) for words in ("One.", "Two.", "Three.")]
    hub.write_now(lambda c: moderation.approve(c, said[0].id, 1, meera, SUNDAY, at_once=True))
    hub.write_now(lambda c: moderation.refuse(c, said[1].id, 1, meera, SUNDAY, ground="off-topic"))

    assert [c.text for c in hub.read_now(lambda c: open_data.collect(c, HARBOUR)).comments] == [
        "One."
    ]


@given(st.text(max_size=40))
def test_a_text_stays_a_text_in_a_spreadsheet(said: str) -> None:
    """What a resident wrote is never calculated, and comes back as it was."""
    packed = open_data.table([("voice", "text"), ("0-1", said)]).decode("utf-8-sig")
    (_, (_, cell)) = csv.reader(io.StringIO(packed, newline=""))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in {said, f"'{said}"}


def recounted(found: open_data.OpenData) -> Counter[tuple[str, str, str, str]]:
    """Count as README.txt says, from ballots.csv alone."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for alike in found.ballots:
        for choice in (*alike.choices, BALLOTS):
            counts[alike.question, choice, alike.city, alike.channel] += alike.ballots
    return counts
