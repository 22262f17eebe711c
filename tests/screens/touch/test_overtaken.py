"""Two things at once: what was begun before and comes after is not drawn over what is newer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.screens.touch.visit import Visit
from kiosk.voice import actions, comment_actions, comment_store
from kiosk.voice.comment import Status
from tests.screens import touch_voices
from tests.screens.touch.standing import Standing
from tests.world import SUNDAY

BENCHES = "benches"
SEVERAL = "two-steps"

pytestmark = pytest.mark.usefixtures("visits")


class Slow:
    """A database of which one look is held up: it has read, and its answer is still on its way."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_held = False
        self.looks = 0
        self._read, self._release = database.read, asyncio.Event()
        self._waits: Callable[[Any], bool] | None = None
        monkeypatch.setattr(database, "read", self._reads)

    def holds(self, found: Callable[[Any], bool]) -> None:
        """Hold the next look up that has found this."""
        self._waits = found

    def arrives(self) -> None:
        """Let what was held up arrive."""
        self._release.set()

    async def _reads(self, fn: Callable[..., Any]) -> Any:
        found = await self._read(fn)
        self.looks += 1
        if self._waits is not None and self._waits(found):
            self.is_held, self._waits = True, None
            await self._release.wait()
            self.is_held = False  # and who waits for it draws in the same step
        return found


@pytest.fixture
def slow(database: Database, monkeypatch: pytest.MonkeyPatch) -> Slow:
    """The screen's database."""
    return Slow(database, monkeypatch)


class Held:
    """A disk that takes what is written, as soon as it goes on."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.goes_on = asyncio.Event(), asyncio.Event()
        self._write = database.write
        monkeypatch.setattr(database, "write", self._writes)

    async def _writes(self, fn: Callable[..., Any]) -> Any:
        self.begun.set()
        await self.goes_on.wait()
        return await self._write(fn)


async def touched(*touches: Callable[[], None]) -> asyncio.Future[Any]:
    """Touch one after the other; return what is done when all they began is over."""
    before = asyncio.all_tasks()
    for touch in touches:
        touch()
    return asyncio.gather(*(asyncio.all_tasks() - before))


def says(database: Database, words: str, about: str = BENCHES) -> str:
    """A resident's voice is published; return its id."""
    made = touch_voices.voice("vivre-ensemble", at=SUNDAY, exhibit=about, text=words, language="en")
    database.write_now(partial(comment_store.mirror, public=made))
    return made.id


async def test_a_voice_taken_down_while_the_list_is_opened_does_not_stay(
    standing: Standing, visits: list[Visit], database: Database, slow: Slow
) -> None:
    """The list has read it, a moderator takes it down, and only then it is drawn."""
    rude = says(database, "A rude voice.")
    await standing.open("exhibit/benches")
    slow.holds(lambda found: isinstance(found, tuple) and rude in repr(found))
    going = asyncio.create_task(visits[-1].go(visits[-1].step.to("voices", BENCHES)))
    await standing.until(lambda: slow.is_held, "the list has read")
    database.write_now(partial(comment_store.mark, comment=rude, status=Status.REFUSED))
    told = asyncio.create_task(visits[-1].changed())
    slow.arrives()
    await asyncio.gather(going, told)
    assert standing.path.endswith("voices/benches")
    assert "A rude voice." not in standing.text()


async def test_the_step_that_was_touched_last_is_the_one_that_stays(
    standing: Standing, visits: list[Visit], slow: Slow
) -> None:
    """Ada turns easy language on, and touches “Start” before the exhibit is reworded."""
    await standing.open("exhibit/benches")
    visit = visits[-1]
    slow.holds(lambda _: asyncio.current_task() is rewording)
    rewording = asyncio.create_task(visit.reword())
    await standing.until(lambda: slow.is_held, "the exhibit has read")
    going = asyncio.create_task(visit.go(visit.step.to("home")))
    await asyncio.sleep(0)
    await standing.until(lambda: going.done() or visit.step.screen == "exhibit", "its turn")
    slow.arrives()
    await asyncio.gather(rewording, going)
    assert standing.path == "/en/vivre-ensemble"
    assert standing.find("home")


async def test_of_two_filters_the_one_touched_last_is_shown(
    standing: Standing, visits: list[Visit], database: Database, slow: Slow
) -> None:
    """“Answered” is still read as Ben touches “Newest” again."""
    says(database, "Where may we sit?")
    await standing.open("voices")
    await standing.sees("Where may we sit?")
    slow.holds(lambda found: isinstance(found, tuple) and found[0] == [])
    standing.touch("Answered")
    await standing.until(lambda: slow.is_held, "the answered ones are read")
    looks, turn = slow.looks, visits[-1].in_turn()
    standing.touch("Newest")
    await standing.until(lambda: turn.locked() or slow.looks > looks, "its turn")
    slow.arrives()
    await standing.until(
        lambda: slow.looks > looks and not slow.is_held and not turn.locked(), "both are drawn"
    )
    assert "Where may we sit?" in standing.text()


async def test_a_new_edition_waits_until_who_answered_the_poster_has_her_thanks(
    standing: Standing, visits: list[Visit], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ada's answer is still on its way to the disk as a newer edition comes, and a second goes."""
    await standing.user.open("/")
    hung = standing.context.shelf.first()
    assert hung is not None
    held = Held(database, monkeypatch)
    standing.touch_on(standing.find("answer")[0])
    await held.begun.wait()
    standing.context.shelf.offer(replace(hung, edition="newer"))
    await standing.second(visits[-1])
    held.goes_on.set()
    await standing.comes_to("/exhibit/benches")
    await standing.sees("Counted. Thank you.")
    assert not visits[-1].leads_away


async def test_why_an_answer_was_refused_can_be_read_before_a_new_edition(
    standing: Standing, visits: list[Visit], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, and an edition waits: Ada has a whole turn to read it."""
    standing.context.turn = 3
    await standing.user.open("/")
    hung = standing.context.shelf.first()
    assert hung is not None
    monkeypatch.setattr(database, "write", full)
    standing.touch_on(standing.find("answer")[0])
    await standing.sees("The disk is full.")
    standing.context.shelf.offer(replace(hung, edition="newer"))
    for _ in range(2):
        await standing.second(visits[-1])
        assert "The disk is full." in standing.text()
        assert not visits[-1].leads_away
    await standing.second(visits[-1])
    assert visits[-1].leads_away


async def test_a_poster_that_is_being_replaced_counts_nobody(
    standing: Standing, visits: list[Visit], database: Database
) -> None:
    """Ada touches it while the page goes for a new edition, whose poster asks her anew."""
    await standing.user.open("/")
    hung = standing.context.shelf.first()
    assert hung is not None
    standing.context.shelf.offer(replace(hung, edition="newer"))
    await standing.second(visits[-1])
    assert visits[-1].leads_away
    question = str(standing.find("answers")[0].props["data-asks"])
    await (await touched(partial(standing.touch_on, standing.find("answer")[0])))
    tally = database.read_now(partial(actions.tally_of, question=question))
    assert tally.ballots == 0


async def full(_: object) -> None:
    """A disk that takes nothing."""
    raise Unavailable("The disk is full.", "Nothing was lost. Try again later.")


async def test_a_comment_sent_twice_to_a_slow_disk_is_kept_once(
    standing: Standing, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing happens, and Ada presses again: two voices would have one receipt between them."""
    await standing.open("comment/benches")
    standing.touch("I have read this: write")
    await standing.until(lambda: bool(standing.find("comment-field")), "the field")
    standing.happens(standing.find("comment-field")[0], "input", "A bench in the shade.")
    held = Held(database, monkeypatch)
    sends = partial(standing.touch, "Send for review")
    over = await touched(sends, sends)
    await held.begun.wait()
    held.goes_on.set()
    await over
    await standing.sees("Received. Waiting for review.")
    assert database.read_now(touch_voices.waiting) == ["A bench in the shade."]


async def test_who_leaves_while_a_comment_is_sent_finds_no_draft_of_it(
    standing: Standing, visits: list[Visit], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ada presses “Start” meanwhile; her receipt comes all the same."""
    await standing.open("comment/benches")
    standing.touch("I have read this: write")
    await standing.until(lambda: bool(standing.find("comment-field")), "the field")
    standing.happens(standing.find("comment-field")[0], "input", "A bench in the shade.")
    held = Held(database, monkeypatch)
    over = await touched(partial(standing.touch, "Send for review"))
    await held.begun.wait()
    await visits[-1].go(visits[-1].step.to("home"))
    held.goes_on.set()
    await over
    await standing.sees("Received. Waiting for review.")
    assert not visits[-1].session.drafts


async def test_agreeing_twice_on_a_slow_disk_is_agreeing(
    standing: Standing, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second press meant what the first did: nothing is taken back."""
    voice = says(database, "Where may we sit?")
    await standing.open("voices")
    await standing.sees("Where may we sit?")
    held = Held(database, monkeypatch)
    agrees = partial(standing.touch, "I agree")
    over = await touched(agrees, agrees)
    await held.begun.wait()
    held.goes_on.set()
    await over
    assert standing.has_button("You agree")
    found = database.read_now(partial(comment_actions.published_comment, comment=voice))
    assert found is not None
    assert found.supported == 1


async def test_a_report_pressed_twice_on_a_slow_disk_is_one(
    standing: Standing, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two grounds, even: the first counts."""
    rude = says(database, "A rude voice.")
    await standing.open("voices")
    await standing.sees("A rude voice.")
    standing.touch("Report")
    held = Held(database, monkeypatch)
    assert standing.user.client is not None
    every = list(standing.user.client.layout.descendants())
    grounds = [
        next(e for e in every if e.props.get("data-ground") == each) for each in ("insult", "other")
    ]
    over = await touched(*(partial(standing.touch_on, each) for each in grounds))
    await held.begun.wait()
    held.goes_on.set()
    await over
    assert database.read_now(touch_voices.reported) == [(rude, "insult")]


async def test_what_is_left_beside_its_code_is_found_again(
    standing: Standing, visits: list[Visit]
) -> None:
    """Ben reads the legal notice first, and comes back to his words; taken along, they are gone."""
    await standing.open("comment/benches")
    standing.touch("I have read this: write")
    await standing.until(lambda: bool(standing.find("comment-field")), "the field")
    standing.happens(standing.find("comment-field")[0], "input", "A bench in the shade.")
    standing.touch("Continue on your phone")
    await standing.sees("Your text is there. Go on, then send it.")
    visit = visits[-1]
    await visit.go(visit.step.to("legal", "privacy"))
    await visit.go(visit.step.to("comment", BENCHES))
    await standing.until(lambda: bool(standing.find("comment-field")), "the field")
    assert standing.find("comment-field")[0].props["defaultValue"] == "A bench in the shade."
    standing.touch("Continue on your phone")
    await standing.sees("Your text is there. Go on, then send it.")
    standing.touch("I have it")
    await standing.comes_to("/exhibit/benches")
    assert not visit.session.drafts


async def test_what_was_ticked_outlives_a_full_disk_and_other_words(
    standing: Standing, visits: list[Visit], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two answers are chosen; the disk is full; they are still chosen, in easy language too."""
    await standing.open(f"exhibit/{SEVERAL}")
    several = [e for e in standing.find("answer") if e.props.get("aria-pressed") == "false"]
    standing.touch_on(several[0])
    standing.touch_on(several[1])

    monkeypatch.setattr(database, "write", full)
    standing.touch_on(standing.find("send")[0])
    await standing.sees("The disk is full.")
    assert pressed(standing) == [True, True]
    await standing.in_other_words(visits[-1])
    assert pressed(standing) == [True, True]


def pressed(standing: Standing) -> list[bool]:
    """Which of the first two answers are chosen."""
    return [e.props.get("aria-pressed") == "true" for e in standing.find("answer")[:2]]


async def test_a_draft_on_its_way_to_a_phone_outlives_other_words(
    standing: Standing, visits: list[Visit]
) -> None:
    """Easy language beside the code: it stays, and “Write on here” brings the words back."""
    await standing.open("comment/benches")
    standing.touch("I have read this: write")
    await standing.until(lambda: bool(standing.find("comment-field")), "the field")
    standing.happens(standing.find("comment-field")[0], "input", "A bench in the shade.")
    standing.touch("Continue on your phone")
    await standing.sees("Your text is there. Go on, then send it.")
    await standing.in_other_words(visits[-1])
    await standing.sees("Your text is there. Go on, then send it.")
    standing.touch("Write on here")
    await standing.until(lambda: bool(standing.find("comment-field")), "the field")
    assert session_draft(standing) == "A bench in the shade."


def session_draft(standing: Standing) -> str:
    """What the visit keeps of the draft."""
    (found,) = standing.context.sessions._by_browser.values()
    return found.drafts[BENCHES]
