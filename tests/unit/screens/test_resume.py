"""The thread of a visit: what its screen signed leads on, what anybody else made leads nowhere."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import msgspec
import pytest
from starlette.requests import Request
from starlette.types import Message

from kiosk.screens.touch import resume
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.session import Receipt, Session, Sessions
from kiosk.screens.touch.speaking import handover
from kiosk.screens.touch.step import ATTRACT, COMMENT, Step
from tests.world import StoppedClock

HERE = Step("fr", "vivre-ensemble", COMMENT, "benches")


@dataclass
class Screen:
    """A screen that was switched on an hour ago; its time stands still."""

    key: bytes = bytes(32)
    clock: StoppedClock = field(default_factory=StoppedClock)
    up: float = 3600.0
    idle_after: int = 90
    sessions: Sessions = field(init=False)

    def __post_init__(self) -> None:
        self.sessions = Sessions(lambda: self.up)


def _screen(**said: object) -> TouchContext:
    return cast("TouchContext", Screen(**said))  # type: ignore[arg-type]


@pytest.fixture
def ada() -> Session:
    """Ada, who writes on a comment."""
    made = Session(drafts={"benches": "Un banc à l’ombre."}, privacy_read=True)
    made.arrive(HERE)
    return made


def test_a_thread_says_what_was_signed(ada: Session) -> None:
    """Another process of the same screen reads it."""
    found = resume.read(_screen(), "ada", resume.thread(_screen(), "ada", ada))
    assert found is not None
    assert (found.id, found.trail, found.drafts) == (ada.id, [HERE], ada.drafts)


@pytest.mark.parametrize(
    ("browser", "later", "key"),
    [("ben", 0, 0), ("ada", 5 * 3600, 0), ("ada", -1800, 0), ("ada", 0, 1)],
    ids=["another browser", "hours later", "after the machine was switched on", "another screen"],
)
def test_it_is_worth_nothing_elsewhere(ada: Session, browser: str, later: float, key: int) -> None:
    """Neither in another browser, nor much later, nor at another screen."""
    other = _screen(key=bytes([key]) * 32, up=3600.0 + later)
    assert resume.read(other, browser, resume.thread(_screen(), "ada", ada)) is None


def test_a_forged_one_is_worth_nothing(ada: Session) -> None:
    """Every character of it counts, and so does what stands in it."""
    signed = resume.thread(_screen(), "ada", ada)
    body, _, seal = signed.partition(".")
    other = base64.urlsafe_b64encode(base64.urlsafe_b64decode(body + "==").replace(b"a", b"b"))
    forged = [f"{other.decode().rstrip('=')}.{seal}", body, f"{body}.", f".{seal}", "", "é.é", "a"]
    forged += [signed[:n] + ("A" if signed[n] != "A" else "B") + signed[n + 1 :] for n in (3, -9)]
    assert not [text for text in forged if resume.read(_screen(), "ada", text)]


def test_a_receipt_s_code_leaves_the_thread_with_the_screen(ada: Session) -> None:
    """Twenty seconds on, the page's memory holds the number that anyone may know."""
    ada.receipt = Receipt("7K2D-9QXM", "12-7", "benches", 0.0)
    screen = Screen()
    found = resume.read(_screen(), "ada", resume.thread(cast("TouchContext", screen), "ada", ada))
    assert found is not None
    assert found.receipt is not None
    assert (found.receipt.code, found.receipt.voice_number) == ("", "12-7")


async def test_a_draft_goes_on_that_only_a_phone_s_code_can_take() -> None:
    """Ben writes a page and a half; the line is cut and comes back: nothing of it is cut."""
    screen = _screen()
    ben = screen.sessions.of("ben")
    told = resume.Told(
        thread=resume.thread(screen, "ben", ben),
        subject="benches",
        draft="x" * handover.MOST_OCTETS,
    )

    async def receive() -> Message:
        return {"type": "http.request", "body": msgspec.json.encode(told)}

    request = Request({"type": "http", "method": "POST", "headers": [], "browser": "ben"}, receive)
    answered = await resume.route(screen, lambda _, __: True)(request)
    assert answered.status_code == 204
    assert ben.drafts["benches"] == told.draft


def test_what_was_ended_does_not_go_on() -> None:
    """A visit that ended in this process is over, even for who kept its thread."""
    sessions = Sessions()
    ada = sessions.of("hall")
    sessions.end("hall")
    assert not sessions.resume("hall", Session(id=ada.id))
    assert sessions.resume("hall", Session())


def test_nobody_is_put_out_by_an_earlier_visit() -> None:
    """Ben is in a visit already: Ada's does not come over him; on the attract screen it may."""
    sessions = Sessions()
    ben = sessions.of("hall")
    ben.arrive(Step("fr", "vivre-ensemble", ATTRACT))
    ada = Session()
    assert sessions.resume("hall", ada)
    ada.arrive(HERE)
    assert not sessions.resume("hall", Session())
    assert sessions.of("hall") is ada


def test_the_scripts_store_nothing_in_the_browser() -> None:
    """What a visit leaves in the browser's own stores would be there for the next visitor."""
    folder = Path(resume.__file__).parent
    for script in [*folder.glob("script/*.js"), folder / "back.js", folder.parent / "away.js"]:
        text = script.read_text(encoding="utf-8")
        kept = ("sessionStorage", "localStorage", "indexedDB", "document.cookie", "caches.")
        assert not [each for each in kept if each in text], script.name
