"""Kiosks at the desk: let in by a code, shut out after a question, and what is amiss with them."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

import msgspec
import pytest
from sqlalchemy import Connection

from kiosk.errors import Conflict, Forbidden
from kiosk.messaging import gap_store, heads, quarantine_store
from kiosk.messaging.envelope import Message, body_hash
from kiosk.moderation import decision_store, fleet
from kiosk.moderation.fleet import Spot
from kiosk.people import appointments, enrolment_codes, kiosk_store, staff_store
from kiosk.people.enrolment import Identity, authenticate, enrol
from kiosk.people.enrolment_codes import redeem
from kiosk.people.kiosk_store import Health, Kiosk
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.sync import serve
from kiosk.sync.wire import Batch
from tests.screens.desk.sitting import Sitting
from tests.staff import PASSWORD
from tests.world import BENCHES, GARDENS, LINDMARK, PORT_AUBIER, SUNDAY

FORM = {"name": "Library", "place": "By the door", "city": LINDMARK, "shows": "this"}


def enrolled(sitting: Sitting, name: str = "Town hall", city: str = LINDMARK) -> Identity:
    """A kiosk that was let in before."""
    return sitting.context.database.write_now(
        lambda c: enrol(c, name, "harbour", city, name, SUNDAY)
    )


def actor(sitting: Sitting, name: str) -> Actor:
    """A colleague as the database knows her."""

    def find(connection: Connection) -> Actor:
        found = staff_store.actor(connection, staff_store.id_of(connection, name) or "")
        assert found is not None
        return found

    return sitting.context.database.read_now(find)


def sends(
    sitting: Sitting,
    kiosk: Identity,
    *ids: str,
    kind: str = "gesture",
    body: bytes = b'{"words":"Unmistakable"}',
    **told: int,
) -> None:
    """A kiosk sends messages, of a kind that nobody knows where none is given, and how it is."""
    messages = [
        Message(id_, n, kind, msgspec.Raw(body), body_hash(body)) for n, id_ in enumerate(ids, 1)
    ]
    health = Health(told.get("queue", 0), told.get("age", 0), "", told.get("clock", 0))

    def take(connection: Connection) -> None:
        known = authenticate(connection, kiosk.credential)
        serve.take_batch(connection, known, Batch(messages, health, 1, software="1.2.0"), 2, SUNDAY)

    sitting.context.database.write_now(take)


def everyone(sitting: Sitting) -> list[Kiosk]:
    return sitting.context.database.read_now(kiosk_store.everyone)


async def test_alma_lets_a_kiosk_in_by_a_code(sitting: Sitting) -> None:
    """She names the spot; the code is shown with the line to type; the machine types it."""
    await sitting.log_in("alma")
    await sitting.open("kiosks/new")
    sitting.send(FORM)
    await sitting.sees("The code for Library")
    code = re.search(r"--code (\S+) --hub http://voice.example", sitting.text())
    assert code is not None
    await sitting.sees("Waiting for the machine")
    machine = partial(redeem, code=code[1], credential="ab" * 32, now=sitting.clock())
    identity = sitting.context.database.write_now(machine)
    await sitting.sees("Library is enrolled.")
    assert (identity.place, identity.city, identity.exhibition) == (
        "By the door",
        LINDMARK,
        "harbour",
    )
    logged = sitting.context.database.read_now(decision_store.verify_chain)
    assert logged is None


async def test_a_code_that_nobody_typed_is_said_to_be_over(sitting: Sitting) -> None:
    """The machine's cable was too short; after half an hour the page says so."""
    await sitting.log_in("alma")
    await sitting.open("kiosks/new")
    sitting.send(FORM)
    await sitting.sees("Waiting for the machine")
    await sitting.sees("It works once, for half an hour")
    half_an_hour = timedelta(minutes=30)
    assert half_an_hour == enrolment_codes.LASTS, "the desk says so"
    sitting.clock.passes(minutes=31)
    await sitting.sees("The code is over. Make another.")


async def test_a_kiosk_without_a_name_is_not_made(sitting: Sitting) -> None:
    """She is told what a name is for; what she typed stays in the form."""
    await sitting.log_in("alma")
    await sitting.open("kiosks/new")
    sitting.send(FORM | {"name": "  "})
    await sitting.sees("A kiosk needs a name.")
    sitting.send(FORM)
    await sitting.sees("The code for")
    assert "A kiosk needs a name." not in sitting.text()


async def test_who_has_no_kiosk_yet_is_told_what_she_can_do_about_it(sitting: Sitting) -> None:
    """Alma has a button for it; Otto, who has none, is told who does."""
    for name, told in (
        ("alma", "“Enrol a kiosk” makes a code"),
        ("otto", "An administrator lets one in"),
    ):
        await sitting.log_in(name)
        await sitting.open("kiosks")
        await sitting.sees("No kiosk is enrolled.")
        await sitting.sees(told)


async def test_who_shuts_a_kiosk_out_reads_what_would_be_lost(sitting: Sitting) -> None:
    """Twelve messages wait at the screen; they would never come."""
    sends(sitting, enrolled(sitting), queue=12, age=180)
    await sitting.log_in("alma")
    await sitting.open("kiosks")
    sitting.press("Shut out …")
    await sitting.sees("Waiting to be sent: 12 messages, the oldest from 3 minutes ago")


@pytest.mark.parametrize(
    ("queue", "told"),
    [(0, "nothing"), (12, "12 messages, the oldest from 3 days ago")],
    ids=["nothing", "twelve"],
)
async def test_what_a_silent_kiosk_told_is_said_to_be_old_before_it_is_shut_out(
    sitting: Sitting, queue: int, told: str
) -> None:
    """Three days of votes may wait there by now, and what waited then waits three days longer."""
    sends(sitting, enrolled(sitting), queue=queue, age=180)
    sitting.clock.passes(days=3)
    await sitting.log_in("alma")
    await sitting.open("kiosks")
    sitting.press("Shut out …")
    await sitting.sees(f"Waiting to be sent when last heard, 3 days ago: {told}")


async def test_of_a_kiosk_that_was_never_heard_nobody_knows_what_waits(sitting: Sitting) -> None:
    """“Nothing” would be a guess, in the list and in the question."""
    enrolled(sitting)
    await sitting.log_in("alma")
    await sitting.open("kiosks")
    await sitting.sees("Never heard yet")
    assert "nothing" not in sitting.text()
    sitting.press("Shut out …")
    await sitting.sees("Waiting to be sent: not known")


async def test_a_stolen_kiosk_is_shut_out_after_a_question(sitting: Sitting) -> None:
    """Back does nothing; the second time Alma means it; the log says who and what."""
    stolen = enrolled(sitting)
    await sitting.log_in("alma")
    await sitting.open("kiosks")
    sitting.press("Shut out …")
    await sitting.sees("Shut Town hall out?")
    sitting.press("Back")
    assert everyone(sitting)[0].revoked_at is None
    sitting.press("Shut out …")
    dialog = sitting.find("question")[0]
    assert "What it sent stays" in sitting.words_of(dialog)
    sitting.press_within(dialog, "Shut it out")
    await sitting.sees("Town hall is shut out.")
    with pytest.raises(Forbidden):
        sitting.context.database.read_now(lambda c: authenticate(c, stolen.credential))
    await sitting.open("log")
    await sitting.sees("Shut a kiosk out")
    await sitting.sees("Town hall")


async def test_an_operator_sees_the_list_and_shuts_nobody_out(sitting: Sitting) -> None:
    """Otto has no button for it; asked past the page, the desk refuses."""
    kiosk = enrolled(sitting)
    await sitting.log_in("otto")
    await sitting.open("kiosks")
    await sitting.sees("Town hall")
    assert not sitting.has_button("Shut out …")
    assert "Enrol a kiosk" not in sitting.text()
    otto = actor(sitting, "otto")
    with pytest.raises(Forbidden):
        sitting.context.database.write_now(
            lambda c: fleet.shut_out(c, kiosk.id, otto, "harbour", SUNDAY)
        )
    spot = Spot("Library", "harbour", LINDMARK, "")
    with pytest.raises(Forbidden):
        sitting.context.database.write_now(
            lambda c: fleet.make_code(c, spot, otto, "harbour", SUNDAY)
        )


@pytest.mark.parametrize("name", ["meera", "odile", "maren", "edda"])
async def test_no_other_role_touches_kiosks(sitting: Sitting, name: str) -> None:
    """Moderators, offices, mayors and editors neither let in nor shut out nor settle."""
    kiosk = enrolled(sitting)
    colleague = actor(sitting, name)
    sends(sitting, kiosk, "a")
    (aside,) = _waiting(sitting)
    for act in (
        lambda c: fleet.shut_out(c, kiosk.id, colleague, "harbour", SUNDAY),
        lambda c: fleet.make_code(c, Spot("X", "", LINDMARK, ""), colleague, "harbour", SUNDAY),
        lambda c: fleet.settle(c, aside, colleague, "harbour", SUNDAY),
    ):
        with pytest.raises(Forbidden):
            sitting.context.database.write_now(act)
    assert [k.revoked_at for k in everyone(sitting)] == [None]


async def test_the_list_tells_how_each_kiosk_is(sitting: Sitting) -> None:
    """What waits there, its clock, its software; and it is written anew in place."""
    kiosk = enrolled(sitting)
    sends(sitting, kiosk, queue=12, age=180, clock=45_000)
    await sitting.log_in("otto")
    await sitting.open("kiosks")
    await sitting.sees("12 messages, the oldest from 3 minutes ago")
    await sitting.sees("45 s ahead")
    await sitting.sees("1.2.0")
    row = sitting.find("kiosks")[0]
    sends(sitting, kiosk, queue=0, clock=0)
    await sitting.sees("nothing")
    assert sitting.find("kiosks")[0] is row


async def test_what_is_amiss_stands_above_the_list(sitting: Sitting) -> None:
    """No backup, then an old one; a silent kiosk, a wrong clock, something set aside."""
    database = sitting.context.database
    kiosk = enrolled(sitting)
    enrolled(sitting, "Station")
    sends(sitting, kiosk, "a", clock=-90_000)
    database.write_now(lambda c: gap_store.add(c, kiosk.id, 4, 6, gap_store.FORGOTTEN, SUNDAY))
    await sitting.log_in("otto")
    await sitting.open("kiosks")
    await sitting.sees("No backup of this hub was ever verified.")
    await sitting.sees("The clock of 1 kiosk is wrong: Town hall.")
    await sitting.sees("3 messages of kiosks will never come.")
    await sitting.sees("1 message was set aside.")
    taken = (SUNDAY - timedelta(days=21)).isoformat()
    database.write_now(lambda c: heads.write(c, "backup-taken-at", taken))
    sitting.clock.passes(days=1, minutes=1)
    await sitting.log_in("otto")
    await sitting.open("kiosks")
    await sitting.sees("The last verified backup is 22 days old.")
    await sitting.sees("2 kiosks were not heard for a day: Town hall and Station.")


async def test_nothing_is_said_where_nothing_is_amiss(sitting: Sitting) -> None:
    """A young backup and a kiosk that was just heard."""
    sends(sitting, enrolled(sitting))
    taken = (SUNDAY - timedelta(days=2)).isoformat()
    sitting.context.database.write_now(lambda c: heads.write(c, "backup-taken-at", taken))
    await sitting.log_in("otto")
    await sitting.open("kiosks")
    await sitting.sees("Town hall")
    assert not sitting.find("warnings")


async def test_what_was_set_aside_is_settled_without_its_words(sitting: Sitting) -> None:
    """Otto sees which kiosk, which number, why; not a word of the visitor; and settles it once."""
    kiosk = enrolled(sitting)
    sends(sitting, kiosk, "a")
    database = sitting.context.database
    database.write_now(lambda c: gap_store.add(c, kiosk.id, 4, 6, gap_store.FORGOTTEN, SUNDAY))
    (aside,) = _waiting(sitting)
    await sitting.log_in("otto")
    await sitting.open("set-aside")
    await sitting.sees("Its kind is not known here")
    await sitting.sees("Messages 4 to 6 of Town hall")
    assert "Unmistakable" not in sitting.text()
    sitting.press("Seen")
    await sitting.sees("Settled; it stays where it is kept.")
    both = ("Its kind is not known here", "Messages 4 to 6 of Town hall")
    await sitting.until(lambda: sum(words in sitting.text() for words in both) == 1)
    sitting.press("Seen")
    await sitting.sees("Nothing is set aside.")
    assert _waiting(sitting) == []
    otto = actor(sitting, "otto")
    with pytest.raises(Conflict, match="settled this before"):
        database.write_now(lambda c: fleet.settle(c, aside, otto, "harbour", SUNDAY))


BALLOT = {
    "exhibition": "harbour", "city": LINDMARK, "place": "Town hall", "channel": "touchscreen",
    "question": BENCHES, "participant": "eve", "choices": ["perhaps"],
    "cast_at": "2026-09-06T14:00:00.000Z",
}  # fmt: skip


async def test_a_rule_that_refuses_a_message_is_told_in_her_language(sitting: Sitting) -> None:
    """A vote that can well be read, for an answer that is not there; Otto works in French, too."""
    sends(sitting, enrolled(sitting), "a", kind="ballot", body=msgspec.json.encode(BALLOT))
    await sitting.log_in("otto")
    await sitting.open("set-aside")
    await sitting.sees("A rule of the hub refuses it")
    assert "This answer is not offered." in sitting.text()
    assert "It cannot be read here" not in sitting.text()
    await sitting.user.open("/fr/harbour/set-aside")
    await sitting.sees("Cette réponse n’est pas proposée.")


async def test_a_rule_without_a_translation_stays_english_and_is_marked_so(
    sitting: Sitting,
) -> None:
    """What a rule says of figures is kept with these in it, which no catalogue knows."""
    many = {**BALLOT, "question": GARDENS, "choices": ["north", "south", "west"]}
    sends(sitting, enrolled(sitting), "a", kind="ballot", body=msgspec.json.encode(many))
    await sitting.log_in("otto")
    await sitting.is_led()
    await sitting.user.open("/fr/harbour/set-aside")
    await sitting.sees("That is more than 2 answers.")
    (said,) = [e for e in sitting.elements() if e._text == "That is more than 2 answers."]
    assert said.props["lang"] == "en"


@pytest.mark.parametrize(
    "body", [b'{"words":"Unmistakable"}', b"{]"], ids=["fields that lack", "no JSON"]
)
async def test_what_nobody_can_read_is_said_to_be_so(sitting: Sitting, body: bytes) -> None:
    """A vote without its question, and half a message: the program's words stand beside."""
    sends(sitting, enrolled(sitting), "a", kind="ballot", body=body)
    await sitting.log_in("otto")
    await sitting.open("set-aside")
    await sitting.sees("It cannot be read here")
    assert "A rule of the hub refuses it" not in sitting.text()
    assert "Error: " in sitting.text()
    assert "Unmistakable" not in sitting.text()


async def test_who_was_dismissed_meanwhile_settles_nothing_and_is_led_out(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Otto's page is still open: it leads to the login, and no fault is logged."""
    sends(sitting, enrolled(sitting), "a")
    await sitting.log_in("otto")
    await sitting.open("set-aside")
    await sitting.sees("Its kind is not known here")
    sitting.context.database.write_now(lambda c: appointments.dismiss(c, "otto", SUNDAY))
    led_to: list[object] = []
    monkeypatch.setattr(sitting.user.navigate, "to", led_to.append)
    sitting.press("Seen")
    await sitting.until(lambda: len(led_to) == 2, "the login, said by both steps")
    assert set(led_to) == {"/login?language=en"}
    assert _waiting(sitting)
    assert [line for line in caplog.messages if "logged out" in line] == []


async def test_kiosks_of_another_city_stay_hers(sitting: Sitting) -> None:
    """An administrator of Lindmark alone reaches neither Port-Aubier's kiosk nor its codes."""
    foreign = enrolled(sitting, "Quay", PORT_AUBIER)
    enrolled(sitting)
    grant = Grant(Role.ADMIN, "harbour", LINDMARK)
    sitting.context.database.write_now(
        lambda c: appointments.appoint(c, "lina", "Lina", PASSWORD, [grant], SUNDAY)
    )
    await sitting.log_in("lina")
    await sitting.open("kiosks")
    await sitting.sees("Town hall")
    assert "Quay" not in sitting.text()
    lina = actor(sitting, "lina")
    with pytest.raises(Forbidden):
        sitting.context.database.write_now(
            lambda c: fleet.shut_out(c, foreign.id, lina, "harbour", SUNDAY)
        )


def _waiting(sitting: Sitting) -> list[quarantine_store.SetAside]:
    return sitting.context.database.read_now(quarantine_store.waiting)
