"""Meera judges: one comment at a time, undo in reach, and nothing moves under her eyes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from kiosk import ids
from kiosk.moderation import actions, erasure
from kiosk.people import staff_store
from kiosk.people.staff import Actor
from kiosk.screens.desk.seat import Act, Seat
from kiosk.voice import comment_actions, comment_store
from kiosk.voice.comment import Comment, Status
from kiosk.voice.report_store import Report
from tests.screens.desk.sitting import Sitting
from tests.staff import writes
from tests.world import ADAS_PHONE, LIBRARY, SUNDAY


async def arrives(sitting: Sitting, words: str, minute: int = 0, **how: object) -> Comment:
    at = SUNDAY + timedelta(minutes=minute)
    return await sitting.context.database.write(
        lambda c: writes(c, words, now=at, **how)  # type: ignore[arg-type]
    )


async def now_is(sitting: Sitting, comment: Comment) -> Comment:
    found = await sitting.context.database.read(lambda c: comment_store.get(c, comment.id))
    assert found is not None
    return found


async def actor(sitting: Sitting, name: str) -> Actor:
    def find(c) -> Actor | None:  # type: ignore[no-untyped-def]
        return staff_store.actor(c, staff_store.id_of(c, name) or "")

    found = await sitting.context.database.read(find)
    assert found is not None
    return found


def on_the_card(sitting: Sitting) -> str:
    cards = sitting.find("voice-card")
    return sitting.words_of(cards[0]) if cards else ""


async def test_approving_brings_up_the_next_and_undo_brings_it_back(sitting: Sitting) -> None:
    """A, and the next one is there; U, and the first waits again."""
    first = await arrives(sitting, "Where may we sit?")
    await arrives(sitting, "Mehr Bänke!", 1, language="de")
    await sitting.log_in("meera")
    await sitting.open("queue")
    assert "Where may we sit?" in on_the_card(sitting)
    sitting.press("Approve")
    await sitting.until(lambda: "Mehr Bänke!" in on_the_card(sitting), "the next card")
    held = await now_is(sitting, first)
    assert held.status is Status.HELD
    assert held.hold_until == SUNDAY + timedelta(seconds=10)
    assert "Where may we sit?" in sitting.words_of(sitting.find("decided")[0])
    sitting.press("Undo")
    await sitting.until(lambda: "Where may we sit?" in on_the_card(sitting), "the first card")
    assert (await now_is(sitting, first)).status is Status.WAITING


async def test_refusing_asks_for_a_ground_and_keeps_the_note(sitting: Sitting) -> None:
    """R, 3, a note, Enter."""
    asked = await arrives(sitting, "My neighbour Kay parks on the pavement.")
    await sitting.log_in("meera")
    await sitting.open("queue")
    sitting.press("Refuse")
    dialog = sitting.find("refusal")[0]
    assert dialog.props["data-open"] == "yes"
    sitting.send({"ground": "private-data", "note": " Without the name, gladly. ", "do": "refuse"})
    await sitting.sees("Nothing is waiting.")
    refused = await now_is(sitting, asked)
    assert (refused.status, refused.ground) == (Status.REFUSED, "private-data")
    assert refused.ground_note == "Without the name, gladly."


async def test_a_refusal_without_a_ground_is_not_done(sitting: Sitting) -> None:
    """Enter without a digit: nothing happens but a sentence."""
    asked = await arrives(sitting, "Where may we sit?")
    await sitting.log_in("meera")
    await sitting.open("queue")
    sitting.press("Refuse")
    sitting.send({"note": "", "do": "refuse"})
    await sitting.sees("A refusal says why.")
    assert (await now_is(sitting, asked)).status is Status.WAITING


async def test_residents_words_are_text_and_nothing_else(sitting: Sitting) -> None:
    """Markup is read as it was typed, in the language's own direction."""
    await arrives(sitting, "<script>alert(1)</script> <b>bold</b>")
    await arrives(sitting, "أريد مقعدًا", 1, language="ar")
    await sitting.log_in("meera")
    await sitting.open("queue")
    assert "“<script>alert(1)</script> <b>bold</b>”" in on_the_card(sitting)
    page = await sitting.user.http_client.get("/en/harbour/queue")
    assert "<script>alert(1)" not in page.text
    sitting.press("Next")
    quotes = [e for e in sitting.elements() if e.tag == "blockquote"]
    assert (quotes[0].props["lang"], quotes[0].props["dir"]) == ("ar", "rtl")


async def test_a_late_press_does_not_judge_what_came_up_meanwhile(sitting: Sitting) -> None:
    """A second A, pressed for the first card, reaches the desk when the second is up."""
    first = await arrives(sitting, "First")
    second = await arrives(sitting, "Second", 1)
    await sitting.log_in("meera")
    await sitting.open("queue")
    sitting.press("Approve", seen=first.id)
    await sitting.until(lambda: "Second" in on_the_card(sitting), "the second card")
    sitting.press("Approve", seen=first.id)
    sitting.press("Publish now", seen=first.id)
    sitting.press("Refuse", seen=first.id)
    await sitting.is_worked_off()
    assert "Second" in on_the_card(sitting)
    assert sitting.find("refusal")[0].props["data-open"] == "no"
    assert (await now_is(sitting, second)).status is Status.WAITING


async def test_a_ground_refuses_what_the_question_was_about(sitting: Sitting) -> None:
    """R while A is under way: the dialog is about the first card, the second has come up behind."""
    first = await arrives(sitting, "First")
    second = await arrives(sitting, "Second", 1)
    await sitting.log_in("meera")
    await sitting.open("queue")
    sitting.press("Approve", seen=first.id)
    sitting.press("Refuse", seen=first.id)
    assert sitting.find("refusal")[0].props["data-open"] == "yes"
    await sitting.until(lambda: "Second" in on_the_card(sitting), "the second card")
    sitting.send({"ground": "insult", "note": "", "do": "refuse"})
    await sitting.is_worked_off()
    assert (await now_is(sitting, first)).status is Status.HELD
    assert (await now_is(sitting, second)).status is Status.WAITING


async def test_what_others_did_is_said_of_their_card_only(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page still reads who decided on the first as Meera leafs on to the second."""
    first = await arrives(sitting, "First")
    await arrives(sitting, "Second", 1)
    await sitting.log_in("meera")
    await sitting.open("queue")
    read, release, held = Seat.read, asyncio.Event(), list[str]()

    async def reads(seat: Seat, fn: Act[Any]) -> Any:
        found = await read(seat, fn)
        if found == "Pavel Novak" and not held:
            held.append(found)
            await release.wait()
            held.append("said")
        return found

    monkeypatch.setattr(Seat, "read", reads)
    pavel = await actor(sitting, "pavel")
    await sitting.context.database.write(
        lambda c: actions.approve(c, first.id, 1, pavel, sitting.clock())
    )
    await sitting.until(lambda: bool(held), "who decided")
    sitting.press("Next", seen=first.id)
    assert "Second" in on_the_card(sitting)
    release.set()
    await sitting.until(lambda: len(held) == 2, "the look has ended")
    assert "Pavel Novak" not in sitting.text()


async def test_who_was_faster_is_named(sitting: Sitting) -> None:
    """Pavel approved what Meera still sees; her refusal is not done and she is told by whom."""
    asked = await arrives(sitting, "Where may we sit?")
    await sitting.log_in("meera")
    await sitting.open("queue")
    pavel = await actor(sitting, "pavel")
    await sitting.context.database.write(
        lambda c: actions.approve(c, asked.id, 1, pavel, sitting.clock())
    )
    sitting.press("Approve")
    told = "Pavel Novak has decided on this meanwhile."
    notice = sitting.find("notice")[0]
    await sitting.until(lambda: told in sitting.words_of(notice), told)
    assert (await now_is(sitting, asked)).revision == 2


async def test_a_new_comment_joins_at_the_end(sitting: Sitting) -> None:
    """While Meera reads, another arrives; her card stays, the number grows."""
    await arrives(sitting, "First")
    await sitting.log_in("meera")
    await sitting.open("queue")
    await arrives(sitting, "Second", 1)
    await sitting.sees("1 of 2 waiting")
    assert "First" in on_the_card(sitting)
    sitting.press("Next")
    assert "Second" in on_the_card(sitting)


async def test_a_moderator_sees_her_own_city_alone(sitting: Sitting) -> None:
    """Noor of Port-Aubier has one comment; Lindmark's are not hers to see by any address."""
    lindmark = await arrives(sitting, "In Lindmark")
    await arrives(sitting, "À la bibliothèque", place=LIBRARY, language="fr")
    await sitting.log_in("noor")
    await sitting.open("queue")
    assert "1 of 1 waiting" in sitting.text()
    assert "In Lindmark" not in sitting.text()
    assert await sitting.status(f"/en/harbour/comment/{lindmark.id}") == 404


async def test_a_role_taken_away_counts_at_once(sitting: Sitting) -> None:
    """Meera's page is still open when she stops being a moderator; her key does nothing."""
    asked = await arrives(sitting, "Where may we sit?")
    await sitting.log_in("meera")
    await sitting.open("queue")
    meera = await actor(sitting, "meera")
    await sitting.context.database.write(lambda c: staff_store.set_grants(c, meera.id, []))
    sitting.press("Approve")
    await sitting.sees("This comment is not known here.")
    assert (await now_is(sitting, asked)).status is Status.WAITING


async def test_what_three_visitors_reported_is_decided_once(sitting: Sitting) -> None:
    """One comment, three reports, one card; "It stands" settles what Meera saw of them."""
    asked = await arrives(sitting, "Where may we sit?")
    meera = await actor(sitting, "meera")

    def report(c: Connection) -> None:
        actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True)
        for words in ("It is rude.", "<b>It names me.</b>", ""):
            told = Report(
                ids.new_id(), asked.id, ADAS_PHONE, "insult", words, SUNDAY, "open", example=False
            )
            comment_actions.report_comment(c, told, SUNDAY)

    await sitting.context.database.write(report)
    await sitting.log_in("meera")
    await sitting.open("reports")
    assert len(sitting.find("voice-row")) == 1
    assert "“<b>It names me.</b>”" in sitting.text()
    sitting.press("It stands")
    await sitting.sees("No report is open.")
    assert (await now_is(sitting, asked)).status is Status.PUBLISHED


async def test_of_two_decisions_the_newer_list_is_shown(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two reports are settled in a row; the list as it was between the two arrives last."""
    meera = await actor(sitting, "meera")
    for words in ("Where may we sit?", "More shade, please."):
        asked = await arrives(sitting, words)

        def report(c: Connection, of: str = asked.id) -> None:
            actions.approve(c, of, 1, meera, SUNDAY, at_once=True)
            told = Report(ids.new_id(), of, ADAS_PHONE, "insult", "", SUNDAY, "open", example=False)
            comment_actions.report_comment(c, told, SUNDAY)

        await sitting.context.database.write(report)
    await sitting.log_in("meera")
    await sitting.open("reports")
    read, release, held = Seat.read, asyncio.Event(), list[bool]()

    async def reads(seat: Seat, fn: Act[Any]) -> Any:
        found = await read(seat, fn)
        if not held:
            held.append(True)
            await release.wait()
        return found

    monkeypatch.setattr(Seat, "read", reads)
    first, second = sitting.find("voice-row")
    sitting.press_within(first, "It stands")
    await sitting.until(lambda: bool(held), "the list after the first")
    sitting.press_within(second, "It stands")
    await sitting.sees("No report is open.")
    release.set()
    await sitting.is_worked_off()
    assert sitting.find("voice-row") == []


async def test_what_is_public_is_taken_down_from_the_list(sitting: Sitting) -> None:
    """Take down, ground, done: it leaves the list and every screen."""
    asked = await arrives(sitting, "Where may we sit?")
    meera = await actor(sitting, "meera")
    await sitting.context.database.write(
        lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True)
    )
    await sitting.log_in("meera")
    await sitting.open("public")
    sitting.press("Take down")
    sitting.send({"ground": "insult", "note": "", "do": "refuse"})
    await sitting.sees("Taken off every screen.")
    assert (await now_is(sitting, asked)).status is Status.REFUSED
    await sitting.open(f"comment/{asked.id}")
    assert "Taken off the screens" in sitting.text()
    assert "Meera Nair" in sitting.text()
    assert "Moderator" in sitting.text()
    await sitting.open("log")
    assert "The log is whole" in sitting.text()


async def test_a_desk_in_arabic_tells_numbers_and_notes_from_its_own_words(
    sitting: Sitting,
) -> None:
    """“0-41” would be drawn as 41-0, and a French note would have its full stop before it."""
    asked = await arrives(sitting, "Where may we sit?")
    meera = await actor(sitting, "meera")
    await sitting.context.database.write(
        lambda c: actions.refuse(
            c, asked.id, 1, meera, SUNDAY, ground="off-topic", note="Pas sur les bancs."
        )
    )
    await sitting.log_in("meera")
    await sitting.is_led()
    await sitting.user.open("/ar/harbour/refused")
    assert f"\u2066{asked.voice_number}\u2069" in sitting.text()
    alone = [e._text for e in sitting.find("why")[0].descendants() if e.tag == "bdi"]
    assert alone[-1:] == ["Pas sur les bancs."]


async def test_words_that_were_taken_back_are_out_of_sight_behind_the_log_too(
    sitting: Sitting,
) -> None:
    """Ada takes her words back: what was decided stays to be read, her words are not shown."""
    asked = await arrives(sitting, "Where may we sit?")
    meera = await actor(sitting, "meera")
    await sitting.context.database.write(
        lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True)
    )
    await sitting.log_in("meera")
    await sitting.open(f"comment/{asked.id}")
    assert "Where may we sit?" in sitting.text()
    await sitting.context.database.write(lambda c: erasure.withdraw(c, asked.id, SUNDAY))
    await sitting.open(f"comment/{asked.id}")
    assert "Taken back by its author" in sitting.text()
    assert "Published at once" in sitting.text()
    assert "Where may we sit?" not in sitting.text()
