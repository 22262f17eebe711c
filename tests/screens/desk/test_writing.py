"""Odile drafts and Maren answers; Edda types a conclusion in and brings it to the screens."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kiosk.exhibition import draft_store, edition_store
from kiosk.exhibition.draft import State
from kiosk.moderation import actions, erasure
from kiosk.people import appointments, staff_store
from kiosk.people.permissions import Role
from kiosk.people.staff import Grant
from kiosk.screens.desk.seat import Act, Seat
from kiosk.voice import answer_store, comment_actions
from kiosk.voice.comment import Comment
from tests.screens.desk.sitting import Sitting
from tests.staff import PASSWORD, writes
from tests.unit.exhibition import bad_pictures, small
from tests.world import PORT_AUBIER, SUNDAY


async def public(sitting: Sitting, words: str) -> Comment:
    def publish(c) -> Comment:  # type: ignore[no-untyped-def]
        meera = staff_store.actor(c, staff_store.id_of(c, "meera") or "")
        assert meera is not None
        asked = writes(c, words)
        return actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True)

    return await sitting.context.database.write(publish)


async def test_a_draft_becomes_an_answer_in_the_mayors_name(sitting: Sitting) -> None:
    """Odile cannot release; Maren can, and then corrects what she said."""
    asked = await public(sitting, "Where may we sit?")
    await sitting.log_in("odile")
    await sitting.open(f"answers/new?c={asked.id}")
    assert not sitting.has_button("Release")
    sitting.send({"text": "On nine benches.", "language": "en", "do": "release"})
    await sitting.sees("Your role does not include this.")
    sitting.send({"text": "On nine benches.", "language": "en", "do": "save"})
    await sitting.sees("The draft is saved.")
    drafts = await sitting.context.database.read(
        lambda c: answer_store.of_city(c, "harbour", "lindmark")
    )
    assert [(d.text, d.state) for d in drafts] == [("On nine benches.", "draft")]

    await sitting.log_in("maren")
    await sitting.open(f"answers/{drafts[0].id}")
    sitting.send({"text": "On ten benches.", "language": "en", "do": "release"})
    await sitting.sees("Official answer")
    sitting.send({"text": "On eleven benches.", "language": "en", "do": "correct"})
    await sitting.sees("Earlier wordings")
    shown = await sitting.context.database.read(
        lambda c: comment_actions.published_comment(c, asked.id)
    )
    assert shown is not None
    assert shown.answers[0].text == "On eleven benches."
    assert shown.answers[0].author == "Maren Lund"
    assert shown.answers[0].corrected_at is not None


async def test_an_answer_is_seen_as_on_the_screen_while_it_is_written(sitting: Sitting) -> None:
    """The voice that asked stands above it, the mayor's name below it."""
    asked = await public(sitting, "Where may we sit?")
    await sitting.log_in("maren")
    await sitting.open(f"answers/new?c={asked.id}")
    preview = sitting.words_of(sitting.find("preview")[0])
    assert "“Where may we sit?”" in preview
    assert "Maren Lund" in preview
    assert "Mayor of Lindmark" in preview
    field = next(e for e in sitting.elements() if e.tag == "textarea")
    assert field.props["dir"] == "auto", "a French answer at an Arabic desk begins at its own side"


async def test_an_author_who_goes_keeps_nobody_from_an_answer(sitting: Sitting) -> None:
    """One of two takes her words back: Odile reads them no more, and the other is answered."""
    database = sitting.context.database
    stays, goes = await public(sitting, "Where may we sit?"), await public(sitting, "Benches!")
    await sitting.log_in("odile")
    await sitting.open(f"answers/new?c={stays.id}&c={goes.id}")
    sitting.send({"text": "On nine benches.", "language": "en", "do": "save"})
    await sitting.sees("The draft is saved.")
    draft = (await database.read(lambda c: answer_store.of_city(c, "harbour", "lindmark")))[0]
    await sitting.open(f"answers/{draft.id}")
    await sitting.sees("It answers 2 residents.")
    await database.write(lambda c: erasure.withdraw(c, goes.id, SUNDAY))

    sitting.send({"text": "On ten benches.", "language": "en", "do": "save"})
    await sitting.sees("A chosen comment is not public.")
    await sitting.sees("It answers 1 resident.")
    assert "Benches!" not in sitting.text()
    sitting.send({"text": "On ten benches.", "language": "en", "do": "save"})
    await sitting.sees("The draft is saved.")
    await sitting.open(f"answers/{draft.id}")
    assert "Benches!" not in sitting.text()
    kept = await database.read(lambda c: answer_store.comments_of(c, draft.id))
    assert list(kept) == [stays.id]


async def test_the_office_reads_no_voice_that_is_not_public(sitting: Sitting) -> None:
    """A waiting comment's id in the address opens nothing: judging is the moderators'."""
    waiting = await sitting.context.database.write(lambda c: writes(c, "Not judged yet."))
    await sitting.log_in("odile")
    await sitting.open(f"answers/new?c={waiting.id}")
    await sitting.sees("It answers 0 residents.")
    assert "Not judged yet." not in sitting.text()


CONCLUSION = {
    "language": "en",
    "title": "Open the school yards",
    "statements": "- Shade first\n2) Keys for the neighbours\n\n• Saturdays",
    "dissent": "Two at the table fear the noise.",
    "lead": "",
    "question": "School yards should be open on Saturdays.",
    "topic": "communicative",
    "session": "",
    "guiding": "",
    "photo_alternative": "",
    "wanted": ["fr"],
}


async def test_a_conclusion_goes_from_the_table_to_the_screens_and_back(sitting: Sitting) -> None:
    """Typed, approved, published as an edition, translated, rolled back."""
    database = sitting.context.database
    before = await database.read(lambda c: edition_store.current(c, "harbour"))
    assert before is not None
    await sitting.log_in("edda")
    await sitting.open("conclusions/new")
    sitting.send({**CONCLUSION, "do": "approve"})
    await sitting.sees("Approved by Edda Weiss.")
    draft = (await database.read(lambda c: draft_store.of_exhibition(c, "harbour")))[0]
    assert draft.state is State.APPROVED
    assert draft.content.source().statements == (
        "Shade first",
        "Keys for the neighbours",
        "Saturdays",
    )
    await sitting.open("editions")
    sitting.press("Publish now")
    await sitting.sees("No approved conclusion waits.")
    after = await database.read(lambda c: edition_store.current(c, "harbour"))
    assert after is not None
    assert after.number == before.number + 1
    shown = sitting.context.library.open(after).view().exhibits[draft.id]
    assert shown.title.pick("en").text == "Open the school yards"
    sitting.press(f"Go back to edition {before.number}")
    await sitting.sees("with what it holds of every city")
    sitting.press("Back")
    assert database.read_now(lambda c: edition_store.current(c, "harbour")) == after
    _goes_back_to(sitting, before.number)
    await sitting.until(
        lambda: (
            (now := database.read_now(lambda c: edition_store.current(c, "harbour"))) is not None
            and now.id == before.id
        ),
        "the older edition",
    )


async def test_the_edition_that_was_confirmed_is_the_one_that_is_shown(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edda goes back to the second; while the hub is slow she only looks at the first."""
    database = sitting.context.database
    await sitting.log_in("edda")
    for title in ("Open the school yards", "Lamps at the quay"):
        await sitting.open("conclusions/new")
        sitting.send({**CONCLUSION, "title": title, "do": "approve"})
        await sitting.sees("Approved by Edda Weiss.")
        await sitting.open("editions")
        sitting.press("Publish now")
        await sitting.sees("No approved conclusion waits.")
        await sitting.is_led()
    read, release, begun = Seat.read, asyncio.Event(), list[bool]()

    async def reads(seat: Seat, fn: Act[Any]) -> Any:
        begun.append(True)
        await release.wait()
        return await read(seat, fn)

    await sitting.open("editions")
    monkeypatch.setattr(Seat, "read", reads)
    _goes_back_to(sitting, 2)
    await sitting.until(lambda: bool(begun), "the hub looks who she is")
    sitting.press("Go back to edition 1")
    release.set()
    await sitting.is_worked_off()
    now = await database.read(lambda c: edition_store.current(c, "harbour"))
    assert now is not None
    assert now.number == 2


def _goes_back_to(sitting: Sitting, edition: int) -> None:
    sitting.press(f"Go back to edition {edition}")
    sitting.press_within(sitting.find("question")[0], "Publish it")


async def test_the_editor_of_a_city_sees_her_own_and_takes_no_other_city_back(
    sitting: Sitting,
) -> None:
    """Linnea, who edits for Port Aubier, has nothing to publish, and no way to an older edition."""
    database = sitting.context.database
    await sitting.log_in("edda")
    for conclusion in (CONCLUSION, {**CONCLUSION, "title": "Lamps at the quay"}):
        await sitting.open("conclusions/new")
        sitting.send({**conclusion, "do": "approve"})
        await sitting.sees("Approved by Edda Weiss.")
        if conclusion is CONCLUSION:
            await sitting.open("editions")
            sitting.press("Publish now")
            await sitting.sees("No approved conclusion waits.")
    await sitting.open("editions")
    await sitting.sees("Lamps at the quay")
    assert sitting.has_button("Go back to edition 1")

    port_aubier = Grant(Role.EDITOR, "harbour", PORT_AUBIER)
    await database.write(
        lambda c: appointments.appoint(c, "linnea", "Linnea", PASSWORD, [port_aubier], SUNDAY)
    )
    await sitting.log_in("linnea")
    await sitting.open("editions")
    await sitting.sees("No approved conclusion waits.")
    assert not sitting.has_button("Publish now")
    assert not sitting.has_button("Go back to edition 1")


async def test_a_button_of_yesterday_takes_nothing_back(sitting: Sitting) -> None:
    """Edda keeps her page open and edits for Port Aubier alone by now: the desk refuses."""
    database = sitting.context.database
    await sitting.log_in("edda")
    await sitting.open("conclusions/new")
    sitting.send({**CONCLUSION, "do": "approve"})
    await sitting.sees("Approved by Edda Weiss.")
    await sitting.open("editions")
    sitting.press("Publish now")
    await sitting.sees("No approved conclusion waits.")
    on_screens = await database.read(lambda c: edition_store.current(c, "harbour"))
    edda = await database.read(lambda c: staff_store.id_of(c, "edda"))
    assert edda is not None
    port_aubier = Grant(Role.EDITOR, "harbour", PORT_AUBIER)
    await database.write(lambda c: staff_store.set_grants(c, edda, [port_aubier]))

    _goes_back_to(sitting, 1)
    await sitting.sees("Your role does not include this.")
    assert await database.read(lambda c: edition_store.current(c, "harbour")) == on_screens


async def test_a_translation_is_written_beside_its_source(sitting: Sitting) -> None:
    """French beside English, statement by statement; what is missing is counted."""
    await sitting.log_in("edda")
    await sitting.open("conclusions/new")
    sitting.send({**CONCLUSION, "do": "save"})
    await sitting.sees("marked for translation")
    draft = sitting.context.database.read_now(lambda c: draft_store.of_exhibition(c, "harbour"))[0]
    values = {"title": "Ouvrir les cours", "statement-0": "De l’ombre", "do": "translate"}
    sitting.send(values, form=1)
    await sitting.sees("4 passages missing")
    kept = sitting.context.database.read_now(lambda c: draft_store.get(c, draft.id))
    assert kept is not None
    french = kept.content.texts["fr"]
    assert (french.title, french.statements[0]) == ("Ouvrir les cours", "De l’ombre")
    assert (french.status, french.translated_from) == ("reviewed", "en")


async def test_a_mended_slip_takes_no_translation_away(sitting: Sitting) -> None:
    """Edda mends a letter of the original: the French is off the screens, and there to be read."""
    await sitting.log_in("edda")
    await sitting.open("conclusions/new")
    sitting.send({**CONCLUSION, "do": "save"})
    await sitting.sees("marked for translation")
    sitting.send({"title": "Ouvrir les cours", "do": "translate"}, form=1)
    await sitting.sees("passages missing")
    sitting.send({**CONCLUSION, "title": f"{CONCLUSION['title']}!", "do": "save"})
    await sitting.sees("The original was reworded: is this still right?")
    draft = sitting.context.database.read_now(lambda c: draft_store.of_exhibition(c, "harbour"))[0]
    french = draft.content.texts["fr"]
    assert (french.title, french.earlier) == ("", {"Open the school yards!": "Ouvrir les cours"})
    fields = [e for e in sitting.elements() if e.props.get("name") == "title"]
    assert "Ouvrir les cours" in [sitting.words_of(field) for field in fields]


async def test_two_passages_of_the_same_words_keep_what_was_typed_apart(sitting: Sitting) -> None:
    """The table put its first statement to residents as it stands: two fields, two words kept."""
    await sitting.log_in("edda")
    await sitting.open("conclusions/new")
    sitting.send({**CONCLUSION, "question": "Shade first", "do": "save"})
    await sitting.sees("marked for translation")
    kept = [e.props["data-of"] for e in sitting.elements() if "data-of" in e.props]
    assert len(kept) > 1
    assert len(set(kept)) == len(kept)


async def test_what_is_missing_is_said_and_nothing_is_lost(sitting: Sitting) -> None:
    """Approved without a topic: told so; no half draft was kept."""
    await sitting.log_in("edda")
    await sitting.open("conclusions/new")
    sitting.send({**CONCLUSION, "topic": "", "do": "approve"})
    await sitting.sees("It belongs to no topic.")
    kept = sitting.context.database.read_now(lambda c: draft_store.of_exhibition(c, "harbour"))
    assert kept == []


async def test_a_photograph_is_taken_from_editors_only_and_made_fit(sitting: Sitting) -> None:
    """Meera may not; Edda may; a bomb is told apart; the picture is shown to editors alone."""
    client = sitting.user.http_client
    picture = small.picture(40, 30, "PNG")
    await sitting.log_in("meera")
    assert (await client.post("/photo/harbour", content=picture)).status_code == 403
    await sitting.log_in("edda")
    answer = await client.post("/photo/harbour", content=picture)
    assert answer.status_code == 200
    kept = answer.json()["photo"]
    shown = await client.get(f"/photo/{kept}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert await sitting.status("/photo/" + "0" * 64) == 404
    assert await sitting.status("/photo/..%2f..%2fetc") == 404
    for spoiled in (bad_pictures.bomb(), bad_pictures.torn(), b"<svg/>"):
        refused = await client.post("/photo/harbour", content=spoiled)
        assert refused.status_code == 422
        assert refused.json()["message"]
